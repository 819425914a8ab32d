/** What is committed is durable when it is told so, however many ask at once; a disk that refused once is asked no more. */
import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { WalSync } from '../../../src/log/sqlite/wal-sync.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

async function walOf(target?: string): Promise<WalSync> {
  const file = path.join(await temporaryFolder(), 'log.sqlite');
  if (target === undefined) await writeFile(`${file}-wal`, 'frames');
  else await symlink(target, `${file}-wal`);
  const wal = new WalSync(file);
  onTestFinished(() => wal.close().catch(() => undefined));
  return wal;
}

it('answers all who ask, in one turn or while others wait', async () => {
  const wal = await walOf();
  const asked = Array.from({ length: 20 }, () => wal.soon());
  expect(new Set(asked).size).toBe(1);
  const later = Array.from({ length: 20 }, async (_, n) => {
    for (let turn = 0; turn < n; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await wal.soon();
  });
  await Promise.all([...asked, ...later]);
  wal.requireSound();
});

it('has nothing under way any more once it is closed', async () => {
  const wal = await walOf();
  const asked = [wal.soon(), new Promise((resolve) => setImmediate(() => resolve(wal.soon())))];
  await asked[1];
  await wal.close();
  await Promise.all(asked);
});

// It takes no sync at all.
it('tells all who ask that the disk refused, and tries no second time', async () => {
  const wal = await walOf('/dev/full');
  const refused = {
    code: 'LOG_UNAVAILABLE',
    message: expect.stringMatching(/did not keep what was written/),
  };
  await Promise.all([1, 2, 3].map(() => expect(wal.soon()).rejects.toMatchObject(refused)));
  expect(() => wal.requireSound()).toThrow(/did not keep/);
  await expect(wal.soon()).rejects.toMatchObject(refused);
});
