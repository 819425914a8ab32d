/** What the cards of a chart share: its colours, its figures, what was found, and what may be done with them. */
import { createContext, use } from 'react';
import type { Colouring } from './colours.ts';
import type { DropStore } from './drop-store.ts';
import type { FiguresBoard } from './member-figures.ts';

export interface ChartView {
  readonly colouring: Colouring;
  readonly board: FiguresBoard;
  readonly drops: DropStore;
  /** Null: nothing is looked for. */
  readonly found: ReadonlySet<string> | null;
  /** What the draft adds and changes, by id. */
  readonly marks: ReadonlyMap<string, 'new' | 'changed'>;
  /** The place of each member's department among all. */
  readonly departmentOf: (id: string) => number;
  readonly onToggle: (id: string) => void;
}

export const ChartViewContext = createContext<ChartView | null>(null);

export function useChartView(): ChartView {
  const view = use(ChartViewContext);
  if (!view) throw new Error('useChartView is called outside of a chart');
  return view;
}
