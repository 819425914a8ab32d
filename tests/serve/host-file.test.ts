/** `host.json` is its owner's alone, and never half there. */
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readHostFile, writeHostFile } from '../../src/serve/host-file.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'agentcoord-host-file-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const file = {
  pid: 4711,
  name: 'agentcoord serve',
  startedAt: '2026-11-22T10:00:00.000Z',
  socket: '/tmp/host.sock',
  url: null,
  token: 'secret',
};

it('is read as it was written, by its owner only, with nothing left beside it', async () => {
  await writeHostFile(dataDir, file);
  await writeHostFile(dataDir, { ...file, pid: 4712 });
  expect(await readHostFile(dataDir)).toEqual({ ...file, pid: 4712 });
  expect((await stat(join(dataDir, 'host.json'))).mode & 0o777).toBe(0o600);
  expect(await readdir(dataDir)).toEqual(['host.json']);
});

it('is as good as absent when it can not be read, or names no place to connect to', async () => {
  expect(await readHostFile(dataDir)).toBeNull();
  await writeFile(join(dataDir, 'host.json'), '{"pid": 47');
  expect(await readHostFile(dataDir)).toBeNull();
  await writeFile(join(dataDir, 'host.json'), JSON.stringify({ pid: 4711, name: 'x', startedAt: 'now' }));
  expect(await readHostFile(dataDir)).toBeNull();
});
