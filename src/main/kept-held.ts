/** Keeps which notifications are held back until the quiet hours end, so that a restart in the night loses none. */
import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

/** Keys, no texts: what they stand for is read from the log again. */
const heldSchema = z.array(z.string().max(500)).max(10_000);

/** A file that can't be read counts as none: what waits is told anyway, if not of last night. */
export function readHeld(file: string): readonly string[] {
  try {
    return heldSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}

/** @returns keeps the keys, one writing after the other; all of them or those before */
export function heldKeeper(file: string): (keys: readonly string[]) => Promise<void> {
  let last = Promise.resolve();
  return (keys) => {
    const next = `${file}.next`;
    last = last
      .catch(() => undefined)
      .then(() => writeFile(next, JSON.stringify(keys), { mode: 0o600 }))
      .then(() => rename(next, file));
    return last;
  };
}
