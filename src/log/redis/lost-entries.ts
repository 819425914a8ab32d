/** What a copy has beyond the end of its stream, in the entries in which it stood there. */
import type { Seq } from '../../core/ids.ts';
import type { PlacedGroup } from '../placement.ts';
import type { SqliteEventLog } from '../sqlite/sqlite-event-log.ts';
import { groupsOfEntry } from './append-script.ts';
import type { LostEntry } from './stream-calls.ts';

/** Groups that are put back at once, at least, if there are as many. */
const pageGroups = 500;

/**
 * The next ones after a `seq`; none at the end of the copy. What never was in a stream is named by its place in the hash
 * chain, so that it has the same name from whichever host it comes.
 */
export async function lostEntries(copy: SqliteEventLog, after: Seq): Promise<LostEntry[]> {
  // Twice what an entry holds: so whatever belongs to an entry that ends later is in the second half.
  const groups = copy.readGroups(after, 2 * groupsOfEntry);
  const rows = copy.entries.after(after, groups.length + 1);
  const found: LostEntry[] = [];
  let taken = 0;
  let counted = 0;
  const add = (entry: LostEntry) => {
    found.push(entry);
    counted += entry.groups.length;
  };
  const addUnnamed = async (until: number) => {
    for (; taken < until && counted < pageGroups; taken += pageGroups) {
      add(await unnamed(copy, groups.slice(taken, Math.min(until, taken + pageGroups))));
    }
    taken = Math.min(taken, until);
  };
  for (const { last, by, places } of rows) {
    let end = taken;
    while (end < groups.length && lastOf(groups[end]) < last) end += 1;
    if (end === groups.length) {
      if (groups.length === 2 * groupsOfEntry) await addUnnamed(groups.length - groupsOfEntry);
      return found;
    }
    end += 1;
    await addUnnamed(Math.max(taken, end - places.length));
    if (counted >= pageGroups) return found;
    const own = groups.slice(taken, end);
    const ownPlaces = places.slice(-own.length);
    add({ by, groups: own.map((group, n) => ({ ...group, place: ownPlaces[n] ?? n })) });
    taken = end;
    if (counted >= pageGroups) return found;
  }
  await addUnnamed(groups.length);
  return found;
}

async function unnamed(copy: SqliteEventLog, groups: readonly PlacedGroup[]): Promise<LostEntry> {
  const last = lastOf(groups.at(-1));
  const [record] = await copy.readRecords((last - 1) as Seq, 1);
  return { by: `copy:${record?.chain ?? last}`, groups: groups.map((group, place) => ({ ...group, place })) };
}

function lastOf(group: PlacedGroup | undefined): Seq {
  return group?.events.at(-1)?.seq ?? (0 as Seq);
}
