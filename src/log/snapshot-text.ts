/** Writes a state as JSON a piece at a time, so that a large company does not stop its host meanwhile. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StateSnapshot } from '../core/state.ts';

/** Rows between two turns of the event loop; about a millisecond's work. */
const rowsAtOnce = 500;

/** The same text as `JSON.stringify(state)`. Rows never change, so it is the state of one moment all the same. */
export async function snapshotText(state: StateSnapshot): Promise<string> {
  const fields: string[] = [];
  for (const [name, value] of Object.entries(state)) {
    const text = Array.isArray(value) ? await arrayText(value) : JSON.stringify(value);
    fields.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${fields.join(',')}}`;
}

async function arrayText(rows: readonly unknown[]): Promise<string> {
  const pieces: string[] = [];
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const piece = JSON.stringify(rows.slice(from, from + rowsAtOnce));
    pieces.push(piece.slice(1, -1));
    await nextTurn();
  }
  return `[${pieces.join(',')}]`;
}
