/** Files are written under a current lock only, whole, and stay. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Coordination } from '../../../src/contract/rpc.ts';
import { applyMerge } from '../../../src/coordinator/workspace/apply-merge.ts';
import { finishMerge } from '../../../src/coordinator/workspace/merge-journal.ts';
import { openPlace } from '../../../src/coordinator/workspace/place.ts';
import { discard, openRoot, stage, sweepStaged } from '../../../src/coordinator/workspace/workspace-root.ts';
import { sha256 } from '../../../src/coordinator/world.ts';
import type { CompanyId, Seq } from '../../../src/core/ids.ts';
import { seededRandom } from '../../seeded-random.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { createSmall, openSessionHost } from '../session-host.ts';
import { base64, openWorkspace, tokenFor, write } from './kit.ts';
import { mergedFiles } from './merged-files.ts';

const mergingChild = path.join(import.meta.dirname, 'merging-child.ts');
const lockLost = expect.objectContaining({ code: 'LOCK_LOST' });
const notLocked = expect.objectContaining({ code: 'NOT_LOCKED' });

it('reads a large file beside everything else', async () => {
  const { ada, put } = await openWorkspace();
  const bytes = 'large '.repeat(2_000_000);
  await put('large.bin', bytes);
  let turns = 0;
  let isRead = false;
  const reading = ada.readFile({ path: 'large.bin' }).finally(() => {
    isRead = true;
  });
  while (!isRead) {
    await nextTurn();
    turns += 1;
  }
  expect((await reading)?.hash).toBe(sha256(bytes));
  expect(turns).toBeGreaterThan(10);
});

describe('a write', () => {
  it('makes a file with its folders, replaces it, and removes it', async () => {
    const { ada, text, root } = await openWorkspace();
    const token = await tokenFor(ada, 'src/**');
    expect(await write(ada, 'src/deep/app.ts', 'one', token)).toEqual({
      path: 'src/deep/app.ts',
      hash: sha256('one'),
      existed: false,
      bytes: 3,
    });
    expect(await text('src/deep/app.ts')).toBe('one');
    await write(ada, 'src/deep/app.ts', 'two', token);
    expect(await ada.readFile({ path: 'src/deep/app.ts' })).toEqual({
      base64: base64('two'),
      hash: sha256('two'),
    });
    expect(await write(ada, 'src/deep/app.ts', null, token)).toMatchObject({
      hash: null,
      bytes: 0,
      existed: true,
    });
    expect(await ada.readFile({ path: 'src/deep/app.ts' })).toBeNull();
    expect(await write(ada, 'src/not/there.ts', null, token)).toMatchObject({ hash: null, existed: false });
    expect(await readdir(path.join(root, '.agentcoord/staged'))).toEqual([]);
  });

  it('keeps the mode of the file that it replaces', async () => {
    const { ada, put, root } = await openWorkspace();
    await put('run.sh', 'old');
    await chmod(path.join(root, 'run.sh'), 0o755);
    await write(ada, 'run.sh', 'new', await tokenFor(ada, 'run.sh'));
    expect((await stat(path.join(root, 'run.sh'))).mode & 0o777).toBe(0o755);
  });

  it('is refused without a token, under a lock on something else, and with another session’s token', async () => {
    const { ada, bo, text, put } = await openWorkspace();
    await put('src/app.ts', 'old');
    const token = await tokenFor(ada, 'src');
    await expect(write(ada, 'src/app.ts', 'new', null)).rejects.toEqual(notLocked);
    await expect(write(ada, 'docs/a.md', 'new', token)).rejects.toEqual(notLocked);
    await expect(write(bo, 'src/app.ts', 'new', token)).rejects.toEqual(lockLost);
    await expect(write(ada, 'src/app.ts', 'new', (token + 1) as Seq)).rejects.toEqual(lockLost);
    await expect(write(ada, 'src/app.ts', null, null)).rejects.toEqual(notLocked);
    expect(await text('src/app.ts')).toBe('old');
  });

  it('is refused with a token whose time is over, before and after another has written', async () => {
    const { host, ada, bo, text } = await openWorkspace();
    const stale = await tokenFor(ada, 'a.txt', 2_000);
    await write(ada, 'a.txt', 'first', stale);
    host.world.pass(2_000);
    await expect(write(ada, 'a.txt', 'late', stale)).rejects.toEqual(lockLost);
    await write(bo, 'a.txt', 'second', await tokenFor(bo, 'a.txt'));
    await expect(write(ada, 'a.txt', 'late', stale)).rejects.toEqual(lockLost);
    expect(await text('a.txt')).toBe('second');
  });

  it('is refused after the host started anew: whoever held the lock has no session there', async () => {
    const { host, ada, root } = await openWorkspace();
    const token = await tokenFor(ada, 'a.txt');
    await write(ada, 'a.txt', 'first', token);
    await host.companies.close();
    const second = await openSessionHost(host.folder);
    const owner = await second.owner();
    await expect(write(owner, 'a.txt', 'late', token)).rejects.toEqual(lockLost);
    const next = await tokenFor(owner, 'a.txt');
    expect(next).toBeGreaterThan(token);
    await write(owner, 'a.txt', 'second', next);
    expect(await readdir(root)).toContain('a.txt');
  });

  it('of two who write at once lets through whoever holds the lock', async () => {
    const { ada, bo, text } = await openWorkspace();
    const token = await tokenFor(ada, 'a.txt');
    const attempts = Array.from({ length: 40 }, (_, n) =>
      write(n % 2 === 0 ? ada : bo, 'a.txt', `${n}`, token),
    );
    const results = await Promise.allSettled(attempts);
    expect(results.map(({ status }) => status)).toEqual(
      results.map((_, n) => (n % 2 === 0 ? 'fulfilled' : 'rejected')),
    );
    expect(Number(await text('a.txt')) % 2).toBe(0);
  });

  it('wants the file as the writer knew it, when the writer says so', async () => {
    const { ada, put, text } = await openWorkspace();
    const token = await tokenFor(ada, '**');
    const say = (file: string, ifHash: string | null) =>
      ada.writeFile({ path: file, base64: base64('new'), token, ifHash: ifHash as never });
    const changed = expect.objectContaining({ code: 'FILE_CHANGED' });
    await put('a.txt', 'old');
    await expect(say('a.txt', sha256('other'))).rejects.toEqual(changed);
    await expect(say('a.txt', null)).rejects.toEqual(changed);
    await expect(say('b.txt', sha256('old'))).rejects.toEqual(changed);
    await expect(
      ada.writeFile({ path: 'no/b.txt', base64: null, token, ifHash: sha256('old') }),
    ).rejects.toEqual(changed);
    expect(await text('a.txt')).toBe('old');
    await say('a.txt', sha256('old'));
    await say('b.txt', null);
    expect([await text('a.txt'), await text('b.txt')]).toEqual(['new', 'new']);
  });

  it('that is refused leaves no folder behind', async () => {
    const { ada, put, root } = await openWorkspace();
    const token = await tokenFor(ada, 'docs');
    await put('docs/file', 'old');
    const before = (await readdir(root)).sort();
    const changed = { path: 'docs/a/b/c.md', base64: base64('c'), token, ifHash: sha256('other') };
    await expect(ada.writeFile(changed)).rejects.toMatchObject({ code: 'FILE_CHANGED' });
    const made = ['docs/a/one.md', 'docs/a/b/two.md', 'docs/c/three.md'];
    const files = made.map((file) => ({ path: file, base64: base64('new'), token }));
    for (const [path, code] of [
      ['src/unlocked.ts', 'NOT_LOCKED'],
      ['docs/file/below.md', 'NOT_A_FILE'],
      ['docs/d/e/../e.md', 'PATH_OUTSIDE'],
    ] as const) {
      const last = { path, base64: base64('new'), token };
      await expect(ada.mergeFiles({ files: [...files, last] })).rejects.toMatchObject({ code });
    }
    expect(await readdir(path.join(root, 'docs'))).toEqual(['file']);
    expect((await readdir(root)).sort()).toEqual([...before, '.agentcoord'].sort());
    await ada.mergeFiles({ files });
    expect((await readdir(path.join(root, 'docs'))).sort()).toEqual(['a', 'c', 'file']);
  });

  it('is refused when it is too large', async () => {
    const { company, ada } = await openWorkspace();
    const token = await tokenFor(ada, '**');
    const { sessionId } =
      (await company.coordinator.read(({ locks }) => [...locks.values()][0]?.holder)) ?? {};
    if (!sessionId) throw new Error('nothing is locked');
    const bytes = new Uint8Array(20 * 1024 * 1024 + 1);
    await expect(company.workspace.write(sessionId, { path: 'a', bytes, token })).rejects.toMatchObject({
      code: 'TOO_LARGE',
    });
  });
});

describe('a merge', () => {
  it('writes all of its files, each under its lock', async () => {
    const { ada, put, text } = await openWorkspace();
    await put('docs/old.md', 'old');
    const [code, docs] = [await tokenFor(ada, 'src'), await tokenFor(ada, 'docs')];
    const written = await ada.mergeFiles({
      files: [
        { path: 'src/a.ts', base64: base64('a'), token: code },
        { path: 'docs/old.md', base64: null, token: docs },
        { path: 'docs/new.md', base64: base64('n'), token: docs },
      ],
    });
    expect(written.map(({ path: where, hash }) => [where, hash])).toEqual([
      ['src/a.ts', sha256('a')],
      ['docs/old.md', null],
      ['docs/new.md', sha256('n')],
    ]);
    expect([await text('src/a.ts'), await text('docs/old.md'), await text('docs/new.md')]).toEqual([
      'a',
      null,
      'n',
    ]);
  });

  it.each([
    [
      'one lock is lost',
      (token: Seq) => ({ path: 'src/b.ts', base64: base64('b'), token: (token + 9) as Seq }),
    ],
    ['one path is not locked', (token: Seq) => ({ path: 'lib/b.ts', base64: base64('b'), token })],
    [
      'one file has changed',
      (token: Seq) => ({ path: 'src/b.ts', base64: null, token, ifHash: sha256('other') }),
    ],
    ['one path leads out', (token: Seq) => ({ path: '../b.ts', base64: base64('b'), token })],
    ['one place is a folder', (token: Seq) => ({ path: 'src/folder', base64: base64('b'), token })],
    ['one file is named twice', (token: Seq) => ({ path: 'SRC/A.TS', base64: base64('b'), token })],
    ['a file would be a folder', (token: Seq) => ({ path: 'src/a.ts/b.ts', base64: base64('b'), token })],
  ])('writes none when %s', async (_why, second) => {
    const { ada, put, text, root } = await openWorkspace();
    await put('src/a.ts', 'old');
    await put('src/b.ts', 'old');
    await put('src/folder/c.ts', 'old');
    await ada.readFile({ path: 'src/a.ts' });
    const token = await tokenFor(ada, 'src');
    const files = [{ path: 'src/a.ts', base64: base64('new'), token }, second(token)];
    await expect(ada.mergeFiles({ files })).rejects.toThrow();
    expect([await text('src/a.ts'), await text('src/b.ts')]).toEqual(['old', 'old']);
    expect(await readdir(path.join(root, '.agentcoord/staged'))).toEqual([]);
    expect(await readdir(path.join(root, '.agentcoord'))).not.toContain('merge.json');
  });
});

describe('the files of a merge', () => {
  /** Replaces `a`, makes `b`, and then wants to put something there that is gone. */
  it('are as they were when one can not be put in its place', async () => {
    const folder = await temporaryFolder();
    const root = openRoot(folder, 'company_1' as CompanyId);
    onTestFinished(() => root.close());
    await writeFile(path.join(folder, 'a'), 'old');
    const change = async (name: string, isStaged = true) => {
      const place = openPlace(root, name, [name], { create: true });
      if (!place) throw new Error(`${name} has no place`);
      const staged = await stage(root, Buffer.from('new'));
      if (!isStaged) discard(root, staged);
      return { place, real: [name], staged: { name: staged, hash: sha256('new') } };
    };
    const changes = [await change('a'), await change('b'), await change('c', false)];
    expect(() => applyMerge(root, changes)).toThrow('ENOENT');
    for (const { place } of changes) place.close();
    expect((await readdir(folder)).sort()).toEqual(['.agentcoord', 'a']);
    expect(await readFile(path.join(folder, 'a'), 'utf8')).toBe('old');
    expect((await readdir(path.join(folder, '.agentcoord'))).sort()).toEqual([
      '.gitignore',
      'company',
      'staged',
    ]);
  });

  it('are all of one merge after the host was killed at any moment', async () => {
    const folder = await temporaryFolder();
    const random = seededRandom(11);
    const versions = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const child = spawn(process.execPath, [mergingChild, folder, String(round)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      await delay(random() * 40);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const root = openRoot(folder, 'company_1' as CompanyId);
      finishMerge(root);
      sweepStaged(root);
      root.close();
      const texts = await Promise.all(
        mergedFiles.map((name) => readFile(path.join(folder, name), 'utf8').catch(() => '')),
      );
      // Each merge writes all but the last file, which it makes and removes in turn.
      const [version = '', ...others] = texts.slice(0, -1);
      expect(others).toEqual(others.map(() => version));
      expect(texts.at(-1)).toBe(Number(version.split('/')[1]) % 2 === 0 ? version : '');
      versions.add(version);
    }
    expect(versions.size).toBeGreaterThan(6);
  });
});

describe('the folder of a workspace', () => {
  it('is one company’s for good', async () => {
    const first = await openSessionHost();
    const folder = path.join(first.folder, 'shared');
    const [acme, globex] = await withWorkspace(folder, 'Acme', 'Globex');
    const token = await tokenFor(acme, 'a');
    await write(acme, 'a', 'x', token);
    await expect(write(globex, 'a', 'y', await tokenFor(globex, 'a'))).rejects.toMatchObject({
      code: 'WORKSPACE_UNUSABLE',
      message: expect.stringContaining('is that of the company'),
    });
    await expect(globex.readFile({ path: 'a' })).rejects.toMatchObject({ code: 'WORKSPACE_UNUSABLE' });
  });

  it('is said to be unusable when it is', async () => {
    const { company, ada } = await openWorkspace();
    await writeFile(path.join(company.folder, 'workspace'), 'in the way');
    await expect(ada.readFile({ path: 'a' })).rejects.toMatchObject({ code: 'WORKSPACE_UNUSABLE' });
  });

  it('is swept of what was staged and never written, and a merge that was noted is finished', async () => {
    const { host, ada, root, text } = await openWorkspace();
    await write(ada, 'a.txt', 'old', await tokenFor(ada, '**'));
    await host.companies.close();
    const own = path.join(root, '.agentcoord');
    await writeFile(path.join(own, 'staged/left'), 'never let through');
    await writeFile(path.join(own, 'staged/one'), 'new');
    await mkdir(path.join(root, 'docs'));
    await writeFile(path.join(root, 'docs/gone.md'), 'x');
    const note = [
      { real: ['a.txt'], staged: { name: 'one', hash: sha256('new') } },
      { real: ['docs', 'gone.md'], staged: null },
      // Put in its place before the host died.
      { real: ['done.txt'], staged: { name: 'two', hash: sha256('done') } },
    ];
    await writeFile(path.join(own, 'merge.json'), JSON.stringify(note));
    await openSessionHost(host.folder);
    expect([await text('a.txt'), await text('docs/gone.md')]).toEqual(['new', null]);
    expect(await readdir(path.join(own, 'staged'))).toEqual([]);
    expect(await readdir(own)).not.toContain('merge.json');
  });
});

async function withWorkspace(folder: string, ...names: string[]) {
  const host = await openSessionHost(undefined, { folder });
  const sessions: Coordination[] = [];
  for (const name of names) {
    await createSmall(host, name);
    sessions.push(await host.owner(name));
  }
  const [a, b] = sessions;
  if (!a || !b) throw new Error('two companies were asked for');
  return [a, b] as const;
}
