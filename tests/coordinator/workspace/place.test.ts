/** A place that is given up takes away the folders that were made for it, and no others. */
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openPlace } from '../../../src/coordinator/workspace/place.ts';
import { openRoot } from '../../../src/coordinator/workspace/workspace-root.ts';
import type { CompanyId } from '../../../src/core/ids.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

async function placeInNewFolders() {
  const folder = await temporaryFolder();
  const root = openRoot(folder, 'company_1' as CompanyId);
  onTestFinished(() => root.close());
  await mkdir(path.join(folder, 'old'));
  const place = openPlace(root, 'old/new/newer/file', ['old', 'new', 'newer', 'file'], { create: true });
  if (!place) throw new Error('its folders were not made');
  return { place, old: path.join(folder, 'old') };
}

it('takes away all that it made', async () => {
  const { place, old } = await placeInNewFolders();
  expect(await readdir(old)).toEqual(['new']);
  place.abandon();
  expect(await readdir(old)).toEqual([]);
});

it('leaves what somebody has put into one', async () => {
  const { place, old } = await placeInNewFolders();
  await writeFile(path.join(old, 'new/theirs'), '');
  place.abandon();
  expect(await readdir(path.join(old, 'new'))).toEqual(['theirs']);
});

it('leaves a folder that somebody has put in the place of one', async () => {
  const { place, old } = await placeInNewFolders();
  await mkdir(path.join(old, 'theirs'));
  await rename(path.join(old, 'new'), path.join(old, 'away'));
  await rename(path.join(old, 'theirs'), path.join(old, 'new'));
  place.abandon();
  expect((await readdir(old)).sort()).toEqual(['away', 'new']);
});
