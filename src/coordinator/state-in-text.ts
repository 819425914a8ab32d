/** Compares a state with the JSON of one, a piece at a time, so that a large company does not stop its host meanwhile. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { StateSnapshot } from '../core/state.ts';

/** Rows between two turns of the event loop; about a millisecond's work. */
const rowsAtOnce = 500;

/** @returns in which of its tables the text differs from the state; null: it is the same state */
export async function firstDifference(text: string, state: StateSnapshot): Promise<string | null> {
  return (await isWrittenOut(text, state)) ? null : await differingTable(text, state);
}

/** Nearly always they are equal letter by letter; then nothing needs to be read, nor written out as a whole. */
async function isWrittenOut(text: string, state: StateSnapshot): Promise<boolean> {
  let at = 0;
  const goesOn = (piece: string) => {
    at += piece.length;
    return text.startsWith(piece, at - piece.length);
  };
  for (const [name, value] of Object.entries(state)) {
    if (!goesOn(`${at === 0 ? '{' : ','}${JSON.stringify(name)}:`)) return false;
    if (!Array.isArray(value)) {
      if (!goesOn(JSON.stringify(value))) return false;
      continue;
    }
    if (!goesOn('[')) return false;
    for (let from = 0; from < value.length; from += rowsAtOnce) {
      const piece = JSON.stringify(value.slice(from, from + rowsAtOnce)).slice(1, -1);
      if (!goesOn(from === 0 ? piece : `,${piece}`)) return false;
      await nextTurn();
    }
    if (!goesOn(']')) return false;
  }
  return goesOn('}') && at === text.length;
}

/** Rows say the same in any order of their fields. */
async function differingTable(text: string, state: StateSnapshot): Promise<string | null> {
  const kept = parsed(text);
  if (kept === null) return 'all tables';
  const names = new Set([...Object.keys(state), ...Object.keys(kept)]);
  for (const name of names) {
    const own = JSON.stringify(state[name as keyof StateSnapshot] ?? null);
    if (!isDeepStrictEqual(JSON.parse(own), kept[name] ?? null)) return name;
    await nextTurn();
  }
  return null;
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
