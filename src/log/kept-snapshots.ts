/** Which snapshots a log keeps: enough that no moment of the past is far from one, and never more than a few. */

export interface KeptSnapshot {
  readonly seq: number;
  readonly version: number;
  readonly bytes: number;
}

/** The newest are what a start needs; the second stands in when the first can't be read. */
const newest = 2;
const mostOlder = 16;
/** What the older ones may take together, in bytes; a company so large that one is larger keeps none. */
const mostBytes = 256 * 1024 * 1024;

/** @returns those that are to be forgotten */
export function superfluous(snapshots: readonly KeptSnapshot[]): number[] {
  const ordered = snapshots.toSorted((a, b) => b.seq - a.seq);
  const version = ordered[0]?.version;
  const kept = ordered.slice(0, newest);
  const older = ordered.slice(newest);
  const dropped = older.filter((snapshot) => snapshot.version !== version);
  const useful = older.filter((snapshot) => snapshot.version === version);
  const bytes = () => useful.reduce((sum, snapshot) => sum + snapshot.bytes, 0);
  while (useful.length > mostOlder || (useful.length > 0 && bytes() > mostBytes)) {
    dropped.push(...useful.splice(leastMissed(useful, kept.at(-1)?.seq ?? 0), 1));
  }
  return dropped.map(({ seq }) => seq);
}

/** The one whose neighbours are the closest to each other. @param useful the newest first */
function leastMissed(useful: readonly KeptSnapshot[], nextNewer: number): number {
  const gap = (place: number) => (useful[place - 1]?.seq ?? nextNewer) - (useful[place + 1]?.seq ?? 0);
  return useful.reduce((best, _, place) => (gap(place) < gap(best) ? place : best), 0);
}
