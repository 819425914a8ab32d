/** Where the cards of the board stand, and which one an arrow key leads to: by the grid, for most cards are not in the page. Pure. */
import type { TaskId } from '../../../core/ids.ts';
import type { BoardColumn, BoardGrid } from './board-grid.ts';

export type Step = 'up' | 'down' | 'left' | 'right';

export interface CardPlace {
  readonly lane: number;
  /** The keys of its lane and its column. */
  readonly laneKey: string;
  readonly columnKey: string;
  readonly row: number;
  readonly taskId: TaskId;
}

/** @param folded keys of lanes whose cards are not shown; @param from null: no card has the focus. @returns null: there is none */
export function cardTowards(
  grid: BoardGrid,
  folded: ReadonlySet<string>,
  from: TaskId | null,
  step: Step,
): CardPlace | null {
  const cells = grid.lanes.flatMap((lane, at) =>
    folded.has(lane.key) ? [] : lane.columns.map((column) => ({ lane: at, laneKey: lane.key, column })),
  );
  type Cell = (typeof cells)[number];
  const place = (cell: Cell | undefined, row: number): CardPlace | null => {
    const task = cell?.column.tasks[row];
    if (!cell || !task) return null;
    return { lane: cell.lane, laneKey: cell.laneKey, columnKey: cell.column.key, row, taskId: task.id };
  };
  const nearest = (cell: Cell | undefined, row: number) =>
    place(cell, Math.min(row, (cell?.column.tasks.length ?? 0) - 1));
  const isFilled = ({ column }: Cell) => column.tasks.length > 0;
  const at = from === null ? -1 : cells.findIndex(({ column }) => rowOf(column, from) >= 0);
  const cell = cells[at];
  if (!cell || from === null) return place(cells.find(isFilled), 0);
  const row = rowOf(cell.column, from);
  switch (step) {
    case 'down':
      return place(cell, row + 1);
    case 'up':
      return place(cell, row - 1);
    case 'right':
      return nearest(cells.slice(at + 1).find(isFilled), row);
    case 'left':
      return nearest(cells.slice(0, at).findLast(isFilled), row);
  }
}

const rowOf = ({ tasks }: BoardColumn, id: TaskId): number => tasks.findIndex((task) => task.id === id);
