/** One host at a time: the second is told who the first is, and a dead one is in nobody's way. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockDataDir } from '../../../src/log/sqlite/data-dir-lock.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const child = path.join(import.meta.dirname, 'holding-child.ts');

async function lockedByAChild(dataDir: string) {
  const holding = spawn(process.execPath, [child, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    holding.kill('SIGKILL');
  });
  await once(holding.stdout, 'data');
  return holding;
}

describe('the lock of a data directory', () => {
  it('makes the directory for its owner only, and says who holds it', async () => {
    const dataDir = path.join(await temporaryFolder(), 'a', 'b');
    const lock = await lockDataDir(dataDir, { name: 'agentcoord serve' });
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    const host = path.join(dataDir, 'host.json');
    expect((await stat(host)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(host, 'utf8'))).toEqual(lock.holder);
    expect(lock.holder).toMatchObject({ pid: process.pid, name: 'agentcoord serve' });
    await lock.release();
    await expect(stat(host)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('refuses a second host, naming the first, also inside one process', async () => {
    const dataDir = await temporaryFolder();
    const lock = await lockDataDir(dataDir, { name: 'the app' });
    await expect(lockDataDir(dataDir, { name: 'agentcoord serve' })).rejects.toMatchObject({
      code: 'DATA_DIR_IN_USE',
      message: expect.stringContaining(`by the app (process ${process.pid}, since ${lock.holder.startedAt})`),
    });
    await lock.release();
    const next = await lockDataDir(dataDir, { name: 'agentcoord serve' });
    await next.release();
  });

  it('is held by another process until that is killed', async () => {
    const dataDir = await temporaryFolder();
    const holding = await lockedByAChild(dataDir);
    await expect(lockDataDir(dataDir, { name: 'the app' })).rejects.toMatchObject({
      code: 'DATA_DIR_IN_USE',
      details: { dataDir, pid: holding.pid, name: 'agentcoord serve' },
    });

    holding.kill('SIGKILL');
    await once(holding, 'close');
    const lock = await lockDataDir(dataDir, { name: 'the app' });
    expect(JSON.parse(await readFile(path.join(dataDir, 'host.json'), 'utf8'))).toMatchObject({
      name: 'the app',
    });
    await lock.release();
  });

  it('lets exactly one of many in', async () => {
    const dataDir = await temporaryFolder();
    const tries = Array.from({ length: 8 }, (_, n) => lockDataDir(dataDir, { name: `host ${n}` }));
    const results = await Promise.allSettled(tries);
    const held = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(held).toHaveLength(1);
    for (const lock of held) await lock.release();
  });

  it('refuses a file in the place of the directory', async () => {
    const file = path.join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    for (const dataDir of [file, path.join(file, 'below')]) {
      await expect(lockDataDir(dataDir, { name: 'the app' })).rejects.toMatchObject({
        code: 'DATA_DIR_UNUSABLE',
        message: expect.stringMatching(/a file is in its place.*--data-dir/),
      });
    }
  });

  it.runIf(process.platform === 'linux')(
    'refuses a place where no folder can be made instead of trying for ever',
    { timeout: 5_000 },
    async () => {
      for (const dataDir of ['/proc/agentcoord', '/proc/agentcoord/below/it']) {
        await expect(lockDataDir(dataDir, { name: 'the app' })).rejects.toMatchObject({
          code: 'DATA_DIR_UNUSABLE',
          message: expect.stringMatching(/no folder can be made there.*--data-dir/),
        });
      }
    },
  );

  it('keeps its lock file from the eyes of others, also one that was open to them', async () => {
    const dataDir = await temporaryFolder();
    const file = path.join(dataDir, 'host.lock');
    for (let time = 0; time < 2; time += 1) {
      const lock = await lockDataDir(dataDir, { name: 'the app' });
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      await lock.release();
      await chmod(file, 0o644);
    }
  });

  it('refuses a directory whose lock file can’t be a file', async () => {
    const dataDir = await temporaryFolder();
    await mkdir(path.join(dataDir, 'host.lock'));
    await expect(lockDataDir(dataDir, { name: 'the app' })).rejects.toMatchObject({
      code: 'DATA_DIR_UNUSABLE',
      message: expect.stringContaining('host.lock'),
    });
  });

  it('refuses a directory that may not be written', async () => {
    // Permissions don't stop root; the kernel's own folder does.
    const isRoot = process.getuid?.() === 0;
    const dataDir = isRoot ? '/sys/agentcoord' : await temporaryFolder();
    if (!isRoot) await chmod(dataDir, 0o500);
    await expect(lockDataDir(dataDir, { name: 'the app' })).rejects.toMatchObject({
      code: 'DATA_DIR_UNUSABLE',
      message: expect.stringContaining('--data-dir'),
    });
    if (!isRoot) await chmod(dataDir, 0o700);
  });
});
