/** Says in the folder of an installed plugin what it came from, so that nothing takes its place that should not. */
import { lstat, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CoordError } from '../../core/error.ts';
import { invalidPlugin } from '../refusals.ts';

export const installNoteName = '.acplug';

const noteSchema = z.strictObject({
  /** SHA-256 of the archive; null: it came from a folder. */
  sum: z.string().nullable(),
  /** By whose key it was signed, as archives have it; null: by nobody's. */
  signer: z.string().nullable(),
});
export type InstallNote = z.output<typeof noteSchema>;

export async function writeInstallNote(folder: string, note: InstallNote): Promise<void> {
  await writeFile(join(folder, installNoteName), JSON.stringify(note), { mode: 0o600 });
}

/** Null: nothing was installed there. */
export async function readInstallNote(folder: string): Promise<InstallNote | null> {
  const text = await readFile(join(folder, installNoteName), 'utf8').catch(() => null);
  if (text === null) return null;
  // Earlier versions wrote the sum alone, and nothing of who had signed it.
  if (/^[0-9a-f]{64}$/.test(text)) return { sum: text, signer: null };
  try {
    return noteSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export interface Newcomer {
  readonly id: string;
  /** Where it comes from. */
  readonly where: string;
  readonly signer: string | null;
}

/**
 * Refuses what must not take the place of a folder: what somebody put there by hand is theirs alone, and what an author
 * has signed is followed by what the same author has signed.
 * @param mayChangeSigner somebody said that another author, or none, is all right
 * @throws CoordError `PLUGIN_INVALID`
 */
export async function requireMayReplace(
  folder: string,
  newcomer: Newcomer,
  mayChangeSigner: boolean,
): Promise<void> {
  if (!(await lstat(folder).catch(() => null))) return;
  const { id, where, signer } = newcomer;
  const note = await readInstallNote(folder);
  if (note === null) {
    const why = `id: there is a plugin ${id} already, in ${folder}, which was put there by hand. Move that one away, or remove it (agentcoord plugin remove ${id})`;
    throw invalidPlugin(where, why, { fields: ['id'] });
  }
  if (note.signer !== null && note.signer !== signer && !mayChangeSigner)
    throw otherSigner(newcomer, note.signer);
}

function otherSigner({ id, where, signer }: Newcomer, known: string): CoordError {
  const by = signer === null ? 'nobody has signed this one' : `this one is signed by another key, ${signer}`;
  return invalidPlugin(
    where,
    `signature: ${id} is installed as signed by ${known}, and ${by}. It may be of somebody else. If you trust it all the same: agentcoord plugin install --change-signer`,
    { fields: ['signature'] },
  );
}
