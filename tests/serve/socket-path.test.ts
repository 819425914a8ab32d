/** A host's socket lies beside its data, or in a private folder when that path is too long for the system. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { socketPathFor } from '../../src/serve/socket-path.ts';

it('lies in the data directory', async () => {
  expect(await socketPathFor('/data/here')).toBe('/data/here/host.sock');
});

it('moves to a private folder when the path is too long', async () => {
  const base = await mkdtemp(join(tmpdir(), 'agentcoord-socket-'));
  const dataDir = join(base, 'x'.repeat(120));
  const path = await socketPathFor(dataDir);
  expect(Buffer.byteLength(path)).toBeLessThan(104);
  expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
  expect(await socketPathFor(dataDir)).toBe(path);
  expect(await socketPathFor(`${dataDir}y`)).not.toBe(path);
  await rm(base, { recursive: true });
});
