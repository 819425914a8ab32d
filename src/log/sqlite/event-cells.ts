/** Events on their way to the thread that writes: one long row of cells is passed on much faster than many short ones. */
import type { PlacedGroup } from '../placement.ts';

/** The columns of an event: `seq`, `at` in ms, `actor`, `type`, `version`, `data` and `touches` as JSON. */
export type EventColumns = readonly [number, number, string | null, string, number, string, string | null];

/** The columns of events, one event after the other. */
export type Cells = readonly (string | number | null)[];

/** How many cells an event has. */
export const eventCells = 7;

/** The cells of a batch's events. What a group touches stands beside its last event. */
export function cellsOf(groups: readonly PlacedGroup[]): Cells {
  const cells: (string | number | null)[] = [];
  for (const { events, touches } of groups) {
    const last = events.at(-1);
    for (const stored of events) {
      const { seq, at, actor, version, event } = stored;
      const touched = stored === last ? JSON.stringify(touches) : null;
      const columns: EventColumns = [seq, at, actor, event.type, version, JSON.stringify(event), touched];
      cells.push(...columns);
    }
  }
  return cells;
}
