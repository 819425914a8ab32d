/** What a copy keeps of the entries of its stream: which batch each came from, and which of its groups were taken. */
import type { Database, Statement } from 'better-sqlite3';
import type { Fate } from '../../contract/other-hosts.ts';
import type { Seq } from '../../core/ids.ts';

export interface CopiedEntry {
  /** Its last event. */
  readonly last: Seq;
  /** The batch that it came with, which no other has the name of. */
  readonly by: string;
  /** Which groups of the batch it holds, in their order. */
  readonly places: readonly number[];
}

interface Row {
  readonly last: Seq;
  readonly batch: string;
  readonly places: string;
}

export class StreamEntries {
  readonly #insert: Statement<[number, string, string]>;
  readonly #after: Statement<[number, number], Row>;
  readonly #of: Statement<[string], Row>;
  readonly #ends: Statement<[number, number], Seq>;

  constructor(database: Database) {
    this.#insert = database.prepare('INSERT INTO stream_entries (last, batch, places) VALUES (?, ?, ?)');
    this.#after = database.prepare(
      'SELECT last, batch, places FROM stream_entries WHERE last > ? ORDER BY last LIMIT ?',
    );
    // Asked for after an outage only: an index would cost more than it saves.
    this.#of = database.prepare(
      'SELECT last, batch, places FROM stream_entries WHERE batch IN (SELECT value FROM json_each(?)) ORDER BY last',
    );
    this.#ends = database
      .prepare<[number, number], Seq>(
        'SELECT seq FROM events WHERE seq <= ? AND touches IS NOT NULL ORDER BY seq DESC LIMIT ?',
      )
      .pluck();
  }

  /** Inside the transaction that writes its events. */
  insert({ last, by, places }: CopiedEntry): void {
    this.#insert.run(last, by, JSON.stringify(runsOf(places)));
  }

  /** Those that end after a `seq`, the oldest first, at most `limit`. */
  after(seq: Seq, limit: number): CopiedEntry[] {
    return this.#after.all(seq, limit).map(entryOf);
  }

  /** What became of each of these batches that stands in the copy, up to its last group that was taken. */
  fates(batches: readonly string[]): Map<string, Fate> {
    const fates = new Map<string, (Seq | 'conflict')[]>();
    for (const row of this.#of.all(JSON.stringify(batches))) {
      const { last, by, places } = entryOf(row);
      const ends = this.#ends.all(last, places.length).reverse();
      const fate = fates.get(by) ?? [];
      for (const [n, place] of places.entries()) {
        while (fate.length < place) fate.push('conflict');
        fate[place] = ends[n] ?? 'conflict';
      }
      fates.set(by, fate);
    }
    return fates;
  }
}

function entryOf({ last, batch, places }: Row): CopiedEntry {
  const runs = JSON.parse(places) as [number, number][];
  return {
    last,
    by: batch,
    places: runs.flatMap(([first, count]) => Array.from({ length: count }, (_, n) => first + n)),
  };
}

/** Mostly all of them were taken: one run. */
function runsOf(places: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const place of places) {
    const run = runs.at(-1);
    if (run && place === run[0] + run[1]) run[1] += 1;
    else runs.push([place, 1]);
  }
  return runs;
}
