/** The keys of the drawing: everything that a pointer can do. */
import type { KeyboardEvent } from 'react';
import type { FlowLayout } from '../../canvas/flow.ts';
import { stepId } from '../../canvas/flow.ts';
import type { Arrow } from '../../canvas/walk-flow.ts';
import { isArrow, walkFlow } from '../../canvas/walk-flow.ts';
import type { FlowActs } from './use-flow-acts.ts';

export interface FlowKeysOptions {
  readonly layout: FlowLayout;
  readonly selected: ReadonlySet<string>;
  readonly acts: FlowActs;
  /** From which step a line is being led; null: none is. */
  readonly leadingFrom: string | null;
  readonly onLead: (from: string | null) => void;
  readonly onWalk: (id: string, adds: boolean) => void;
  readonly onSelectAll: () => void;
  readonly onSelectNone: () => void;
  /** Puts the focus into the panel. */
  readonly onEdit: () => void;
}

export function useFlowKeys(options: FlowKeysOptions): (event: KeyboardEvent) => void {
  return (event) => {
    const { target } = event;
    if (target instanceof HTMLElement && target.closest('input, textarea, [role=listbox], [role=menu]'))
      return;
    if (!press(event, options)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** @returns whether the key meant something */
function press(event: KeyboardEvent, options: FlowKeysOptions): boolean {
  const { layout, selected, acts, leadingFrom, onLead, onWalk, onEdit } = options;
  const { key, shiftKey } = event;
  if (event.altKey) return false;
  if (event.ctrlKey || event.metaKey) {
    if (key.toLowerCase() !== 'a') return false;
    options.onSelectAll();
    return true;
  }
  const active = [...selected].at(-1) ?? null;
  const step = layout.byId.get(active ?? '')?.step.id ?? null;
  if (isArrow(key)) return walk(key, options, active, shiftKey);
  switch (key) {
    case 'Enter':
      if (leadingFrom !== null && step !== null) {
        acts.connect(leadingFrom, step);
        onLead(null);
      } else onEdit();
      return true;
    case 'F2':
      onEdit();
      return true;
    case 'Escape':
      if (leadingFrom !== null) onWalk(stepId(leadingFrom as Parameters<typeof stepId>[0]), false);
      else options.onSelectNone();
      onLead(null);
      return true;
    case 'Delete':
    case 'Backspace':
      acts.remove(selected);
      return true;
    case 'n':
      acts.addStep(step);
      return true;
    case 'g':
      if (step !== null) acts.addGate(step);
      return step !== null;
    case 'c':
      if (step !== null) onLead(step);
      return step !== null;
    default:
      return false;
  }
}

function walk(key: Arrow, options: FlowKeysOptions, active: string | null, adds: boolean): boolean {
  const next = walkFlow(options.layout, active, key);
  if (next !== null) options.onWalk(next, adds && options.leadingFrom === null);
  return true;
}
