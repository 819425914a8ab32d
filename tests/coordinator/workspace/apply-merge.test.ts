/** A merge that stops half way is undone; one that can't be undone is finished at the next start. */
import { mkdirSync, rmSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Change } from '../../../src/coordinator/workspace/apply-merge.ts';
import { applyMerge, StuckMerge } from '../../../src/coordinator/workspace/apply-merge.ts';
import { hashOf } from '../../../src/coordinator/workspace/file-hash.ts';
import { finishMerge } from '../../../src/coordinator/workspace/merge-journal.ts';
import { openPlace } from '../../../src/coordinator/workspace/place.ts';
import type { WorkspaceRoot } from '../../../src/coordinator/workspace/workspace-root.ts';
import { openRoot, stage } from '../../../src/coordinator/workspace/workspace-root.ts';
import type { CompanyId } from '../../../src/core/ids.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

async function change(root: WorkspaceRoot, name: string): Promise<Change> {
  await writeFile(path.join(root.path, name), `old ${name}`);
  const bytes = Buffer.from(`new ${name}`);
  const place = openPlace(root, name, [name], { create: true });
  if (!place) throw new Error('its folder is missing');
  return { place, real: [name], staged: { name: await stage(root, bytes), hash: hashOf(bytes) } };
}

const openCompanyRoot = (folder: string) => openRoot(folder, 'company_1' as CompanyId);
const inFolder = (folder: string, name: string) => readFile(path.join(folder, name), 'utf8');

/** Another program makes a folder of the file, so that no file can be put there. */
function block(folder: string, name: string): void {
  rmSync(path.join(folder, name));
  mkdirSync(path.join(folder, name));
}

/** The same, but right before the file is put in place something happens; it was kept before. */
function disturbed(change: Change, disturb: () => void): Change {
  const { folder } = change.place;
  let asked = 0;
  const entry = (name: string) => {
    asked += 1;
    if (asked === 2) disturb();
    return folder.entry(name);
  };
  return { ...change, place: { ...change.place, folder: { ...folder, entry } } };
}

it('is undone whole when one of its files can not be put in place', async () => {
  const folder = await temporaryFolder();
  const root = openCompanyRoot(folder);
  const second = disturbed(await change(root, 'two'), () => block(folder, 'two'));
  const changes = [await change(root, 'one'), second];
  expect(() => applyMerge(root, changes)).toThrow(expect.objectContaining({ code: 'EISDIR' }));
  expect(await inFolder(folder, 'one')).toBe('old one');
  root.close();
  const next = openCompanyRoot(folder);
  finishMerge(next);
  expect(await inFolder(folder, 'one')).toBe('old one');
  next.close();
});

it('keeps its note when it can not be undone, and is finished by the next start', async () => {
  const folder = await temporaryFolder();
  const root = openCompanyRoot(folder);
  const third = disturbed(await change(root, 'three'), () => {
    // What was put in place of the second is in the way of its undoing.
    for (const name of ['two', 'three']) block(folder, name);
  });
  const changes = [await change(root, 'one'), await change(root, 'two'), third];
  expect(() => applyMerge(root, changes)).toThrow(StuckMerge);
  expect(await inFolder(folder, 'one')).toBe('old one');
  root.close();
  for (const name of ['two', 'three']) await rm(path.join(folder, name), { recursive: true });

  const next = openCompanyRoot(folder);
  finishMerge(next);
  next.close();
  expect(await inFolder(folder, 'one')).toBe('new one');
  expect(await inFolder(folder, 'three')).toBe('new three');
});
