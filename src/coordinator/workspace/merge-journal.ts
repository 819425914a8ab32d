/**
 * Makes several changes of files one: a note says what is to be done before the first of them is, so that a host that
 * dies in between finishes it at the next start, before anybody can lock or write anything.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { artifactHashSchema } from '../../core/ids.ts';
import { hashOf } from './file-hash.ts';
import { statOf } from './held-folder.ts';
import { openPlace, put, remove } from './place.ts';
import type { WorkspaceRoot } from './workspace-root.ts';

const noteName = 'merge.json';

const noteSchema = z.array(
  z.strictObject({
    /** The names from the root to the file, links resolved. */
    real: z.array(z.string()),
    /** What is put there; null: it is removed. */
    staged: z.strictObject({ name: z.string(), hash: artifactHashSchema }).nullable(),
  }),
);

export type MergeNote = z.infer<typeof noteSchema>;

/** Durable when it returns: from then on the merge will be done. */
export function noteMerge({ own }: WorkspaceRoot, note: MergeNote): void {
  const unfinished = `${noteName}.new`;
  writeFileSync(own.entry(unfinished), JSON.stringify(note), { flush: true, mode: 0o600 });
  renameSync(own.entry(unfinished), own.entry(noteName));
  own.sync();
}

/** The merge is done, or was undone: durable when it returns. */
export function forgetMerge({ own }: WorkspaceRoot): void {
  rmSync(own.entry(noteName), { force: true });
  own.sync();
}

/** Finishes what a host noted and did not live to do. What it had put in place already is no longer staged. */
export function finishMerge(root: WorkspaceRoot): void {
  if (!statOf(root.own.entry(noteName))) return;
  const note = noteSchema.parse(JSON.parse(readFileSync(root.own.entry(noteName), 'utf8')));
  for (const { real, staged } of note) {
    const isStaged = staged !== null && isWhole(root, staged);
    if (staged !== null && !isStaged) continue;
    const place = openPlace(root, real.join('/'), real, { create: staged !== null });
    if (!place) continue;
    if (staged) put(place, root.staged.entry(staged.name));
    else remove(place);
    place.folder.sync();
    place.close();
  }
  forgetMerge(root);
}

function isWhole({ staged }: WorkspaceRoot, { name, hash }: { name: string; hash: string }): boolean {
  if (!/^[\w-]+$/.test(name) || !statOf(staged.entry(name))?.isFile()) return false;
  return hashOf(readFileSync(staged.entry(name))) === hash;
}
