/** The keys of the chart, for the canvas and the list alike: everything that a pointer can do. */
import type { KeyboardEvent } from 'react';
import type { ChartLayout } from './chart-layout.ts';
import type { ChartActs } from './use-chart-acts.ts';
import type { Moving } from './use-moving.ts';
import type { Selection } from './use-selection.ts';
import { isArrow, walk } from './walk-chart.ts';

export interface ChartKeysOptions {
  readonly layout: ChartLayout;
  readonly selection: Selection;
  readonly moving: Moving;
  readonly acts: ChartActs;
  readonly isList: boolean;
  /** Walks there; the item is brought into sight and read out. */
  readonly onWalk: (id: string, adds: boolean) => void;
  readonly onToggle: (id: string) => void;
  /** Puts the focus into the inspector. */
  readonly onEdit: () => void;
  readonly onShow: (id: string) => void;
}

export function useChartKeys(options: ChartKeysOptions): (event: KeyboardEvent) => void {
  return (event) => {
    const { target } = event;
    if (
      target instanceof HTMLElement &&
      target.closest('input, textarea, select, [role=listbox], [role=menu]')
    )
      return;
    if (press(event, options)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
}

/** @returns whether the key meant something */
function press(event: KeyboardEvent, options: ChartKeysOptions): boolean {
  const { moving } = options;
  return moving.picked ? pressWhileMoving(event, options) : pressAtRest(event, options);
}

function pressWhileMoving({ key }: KeyboardEvent, { moving, onShow }: ChartKeysOptions): boolean {
  if (isArrow(key)) {
    const place = moving.aim(key);
    if (place !== null) onShow(place);
  } else if (key === 'Enter' || key === ' ') moving.letGo();
  else if (key === 'Escape') moving.putBack();
  else return false;
  return true;
}

function pressAtRest(event: KeyboardEvent, options: ChartKeysOptions): boolean {
  const { layout, selection, moving, acts, isList, onWalk, onToggle, onEdit } = options;
  const { key, shiftKey } = event;
  if (event.ctrlKey || event.metaKey) return pressWithControl(key, options);
  if (event.altKey) return false;
  if (isArrow(key)) {
    const next = isList ? walkList(layout, selection.active, key) : walk(layout, selection.active, key);
    if (next !== null) onWalk(next, shiftKey);
    return true;
  }
  switch (key) {
    case 'm':
      moving.pickUp(selection.ids);
      return true;
    case 'Enter':
    case 'F2':
      onEdit();
      return true;
    case ' ':
      if (selection.active !== null) onToggle(selection.active);
      return true;
    case 'Delete':
    case 'Backspace':
      acts.remove();
      return true;
    case 'Escape':
      selection.set(new Set());
      return true;
    case 'a':
      acts.addMember();
      return true;
    default:
      return false;
  }
}

function pressWithControl(key: string, { layout, selection, acts }: ChartKeysOptions): boolean {
  switch (key.toLowerCase()) {
    case 'a':
      selection.set(new Set(layout.items.filter(({ kind }) => kind === 'member').map(({ id }) => id)));
      return true;
    case 'c':
      acts.copy();
      return true;
    case 'x':
      acts.cut();
      return true;
    case 'v':
      acts.paste();
      return true;
    case 'd':
      acts.duplicate();
      return true;
    default:
      return false;
  }
}

function walkList(layout: ChartLayout, from: string | null, key: string): string | null {
  const at = layout.items.findIndex(({ id }) => id === from);
  const step = key === 'ArrowUp' || key === 'ArrowLeft' ? -1 : 1;
  return layout.items[Math.max(0, Math.min(layout.items.length - 1, at + step))]?.id ?? null;
}
