/** Writes events into their table and links each to the one before it: several rows by one statement, which halves its cost. */
import type { Database, Statement } from 'better-sqlite3';
import { nextLink } from '../chain.ts';
import type { PlacedGroup } from '../placement.ts';

type Cell = string | number | null;

/** More rows in one statement gain nothing. */
const rowsAtOnce = 8;

export class EventInserts {
  readonly #one: Statement<Cell[]>;
  readonly #several: Statement<Cell[]>;

  constructor(database: Database) {
    this.#one = database.prepare(insertOf(1));
    this.#several = database.prepare(insertOf(rowsAtOnce));
  }

  /**
   * Inside a transaction.
   * @param previous the link of the event before them
   * @returns the link of the last of them
   */
  insert(groups: readonly PlacedGroup[], previous: string): string {
    let chain = previous;
    let cells: Cell[] = [];
    let rows = 0;
    for (const { events, texts, touches } of groups) {
      const last = events.length - 1;
      for (const [n, { seq, at, actor, version, event }] of events.entries()) {
        const data = texts[n] ?? '';
        chain = nextLink(chain, { seq, at, actor, version, data });
        const touched = n === last ? JSON.stringify(touches) : null;
        cells.push(seq, at, actor, event.type, version, data, touched, chain);
        rows += 1;
        if (rows < rowsAtOnce) continue;
        this.#several.run(...cells);
        cells = [];
        rows = 0;
      }
    }
    const width = cells.length / Math.max(1, rows);
    for (let from = 0; from < cells.length; from += width) this.#one.run(...cells.slice(from, from + width));
    return chain;
  }
}

function insertOf(rows: number): string {
  const row = '(?, ?, ?, ?, ?, ?, ?, ?)';
  return `INSERT INTO events (seq, at, actor, type, version, data, touches, chain) VALUES ${Array(rows).fill(row).join(', ')}`;
}
