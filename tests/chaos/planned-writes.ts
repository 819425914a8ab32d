/** What the program of the write-point test puts in a log, so that the test knows what must be there after a kill. */
import type { EventGroup } from '../../src/contract/event-log.ts';
import { group, released } from '../log/log-events.ts';

/** Groups of one to three events in batches of one to three groups; those of every other batch need several pages. */
const sizes: readonly (readonly number[])[] = [[1], [2, 3], [1, 2, 1], [3], [2, 2]];
const events = sizes.flat().reduce((sum, size) => sum + size, 0);

export const snapshotVersion = 1;

/** @param base the `seq` that the log has before them */
export function plannedBatches(base: number): readonly (readonly EventGroup[])[] {
  return sizes.map((groups, batch) =>
    groups.map((size, place) => {
      const names = Array.from({ length: size }, (_, n) => `${base}_${batch}_${place}_${n}`);
      return group(base, ...names.map((name) => released(name, name.padEnd(20 + 2_500 * (batch % 2), 'x'))));
    }),
  );
}

/** All that a run of the program writes, in order. */
export function plannedGroups(base: number): readonly EventGroup[] {
  return [...plannedBatches(base), ...plannedBatches(base + events)].flat();
}
