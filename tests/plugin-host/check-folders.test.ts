/** Folders among the settings of a channel: said to be none before anything is opened there. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { manifestSchema } from '../../src/contract/plugin/manifest.ts';
import { folderProblems } from '../../src/plugin-host/check-folders.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const manifest = manifestSchema.parse({
  ...{ id: 'chat', version: '1.0.0', apiVersion: '^1.0.0', displayName: 'Chat', kind: 'channel' },
  capabilities: ['text'],
  configSchema: { type: 'object', properties: { folder: { type: 'string', format: 'folder' } } },
});

it('takes what is a folder or can be made, and makes nothing', async () => {
  const there = await temporaryFolder();
  await mkdir(join(there, 'sub'));
  for (const folder of [there, join(there, 'sub'), join(there, 'new', 'below')])
    expect(await folderProblems(manifest, { folder })).toEqual([]);
  expect(await folderProblems(manifest, {})).toEqual([]);
  expect(await readdir(there)).toEqual(['sub']);
});

it('refuses a file, and what would lie in one, with the field', async () => {
  const file = join(await temporaryFolder(), 'passwd');
  await writeFile(file, '');
  expect(await folderProblems(manifest, { folder: file })).toEqual([
    { field: 'folder', message: `${file} is a file: name a folder` },
  ]);
  expect(await folderProblems(manifest, { folder: join(file, 'a', 'b') })).toEqual([
    { field: 'folder', message: `${file} is a file, so there can be no folder in it` },
  ]);
});
