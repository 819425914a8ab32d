/** The name of a host: one for each data directory, kept, and never that of a copy. */
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hostIdOf } from '../../src/serve/host-id.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agentcoord-host-id-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('stays the same, and is for its owner alone', async () => {
  const id = await hostIdOf(folder);
  expect(id).toMatch(/^host_[a-z0-9]{10}$/);
  expect(await hostIdOf(folder)).toBe(id);
  expect((await stat(join(folder, 'host-id.json'))).mode & 0o077).toBe(0);
});

it('is another one in a copy of the folder', async () => {
  const id = await hostIdOf(folder);
  const copy = `${folder}-copy`;
  await cp(folder, copy, { recursive: true });
  try {
    const other = await hostIdOf(copy);
    expect(other).not.toBe(id);
    expect(await hostIdOf(copy)).toBe(other);
    expect(await hostIdOf(folder)).toBe(id);
  } finally {
    await rm(copy, { recursive: true });
  }
});

it('is refused when its file is not ours, and the file stays', async () => {
  const file = join(folder, 'host-id.json');
  await writeFile(file, '{"id":');
  await expect(hostIdOf(folder)).rejects.toMatchObject({ code: 'DATA_DIR_UNUSABLE' });
  expect(await readFile(file, 'utf8')).toBe('{"id":');
});
