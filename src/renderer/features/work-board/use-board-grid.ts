/** The grid of the live board; made anew only when a row that it shows has changed, however much else goes on. */
import { useMemo, useRef } from 'react';
import type { EpicId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import { useConnection, useLive } from '../../lib/company-context.tsx';
import type { BoardGrid } from './board-grid.ts';
import { boardGrid } from './board-grid.ts';
import type { BoardView } from './board-view.ts';

export function useBoardGrid(view: BoardView, epicId: EpicId | null): BoardGrid {
  const { live } = useConnection();
  const kept = useRef<readonly unknown[]>([]);
  const now = useLive(rowsShown);
  if (!isSame(kept.current, now)) kept.current = now;
  const rows = kept.current;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state is folded in place; its rows are replaced when they change
  return useMemo(() => boardGrid(live.state, view, { ...view, epicId }), [live, rows, view, epicId]);
}

/** All that the grid depends on: tasks, and what they are grouped and found by. */
const rowsShown = ({ tasks, epics, members, roles }: CompanyState): readonly unknown[] => [
  ...tasks.values(),
  ...epics.values(),
  ...members.values(),
  ...roles.values(),
];

/** To compare thousands of rows costs a tenth of a millisecond; to sort them, a frame. */
function isSame(before: readonly unknown[], now: readonly unknown[]): boolean {
  return before.length === now.length && before.every((row, at) => row === now[at]);
}
