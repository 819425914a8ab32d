/** Which cards are selected after one more was picked. Pure. */
import type { TaskId } from '../../../core/ids.ts';

/**
 * @param ids the cards of the column, from top to bottom
 * @param isRange picks all between the card and the nearest selected one of its column
 */
export function selectionAfter(
  selected: ReadonlySet<TaskId>,
  ids: readonly TaskId[],
  picked: TaskId,
  isRange: boolean,
): ReadonlySet<TaskId> {
  const next = new Set(selected);
  if (isRange) {
    const at = ids.indexOf(picked);
    const others = ids.flatMap((id, place) => (selected.has(id) ? [place] : []));
    const nearest = others.sort((a, b) => Math.abs(a - at) - Math.abs(b - at))[0] ?? at;
    for (const id of ids.slice(Math.min(at, nearest), Math.max(at, nearest) + 1)) next.add(id);
  } else if (!next.delete(picked)) next.add(picked);
  return next;
}
