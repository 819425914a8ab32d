/** Whatever a path says and whatever is put in its way, nothing outside the workspace is read or written. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Coordination } from '../../../src/contract/rpc.ts';
import { namesOf } from '../../../src/coordinator/workspace/workspace-path.ts';
import { CoordError } from '../../../src/core/error.ts';
import type { Seq } from '../../../src/core/ids.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import type { WorkspaceKit } from './kit.ts';
import { openWorkspace, tokenFor, write } from './kit.ts';

/** A workspace, a lock on all of it, and a folder outside with a secret in it. */
async function besides(): Promise<
  WorkspaceKit & { token: Seq; outside: string; secret: () => Promise<string> }
> {
  const kit = await openWorkspace();
  const outside = await temporaryFolder();
  await writeFile(path.join(outside, 'secret'), 'untouched');
  const token = await tokenFor(kit.ada, '**');
  await write(kit.ada, 'inside/file.txt', 'inside', token);
  return { ...kit, token, outside, secret: () => readFile(path.join(outside, 'secret'), 'utf8') };
}

const code = (error: unknown) => (error instanceof CoordError ? error.code : error);
const refusals = async (session: Coordination, file: string, token: Seq) => [
  await write(session, file, 'evil', token).then(() => 'written', code),
  await write(session, file, null, token).then(() => 'removed', code),
  await session.readFile({ path: file }).then((found) => (found ? 'read' : null), code),
];

describe('a path', () => {
  it.each([
    ['../secret', 'PATH_OUTSIDE'],
    ['inside/../../secret', 'PATH_OUTSIDE'],
    ['..', 'PATH_OUTSIDE'],
    ['/etc/passwd', 'PATH_OUTSIDE'],
    ['C:\\secret', 'PATH_OUTSIDE'],
    ['C:/secret', 'PATH_OUTSIDE'],
    ['\\\\host\\share', 'PATH_OUTSIDE'],
    ['inside\\..\\..\\secret', 'PATH_OUTSIDE'],
    ['inside/file.txt\0.png', 'PATH_OUTSIDE'],
    ['in\nside', 'PATH_OUTSIDE'],
    ['half\ud800', 'PATH_OUTSIDE'],
    ['.agentcoord/company', 'PATH_OUTSIDE'],
    ['.AgentCoord/company', 'PATH_OUTSIDE'],
    ['.git/hooks/pre-commit', 'PATH_OUTSIDE'],
    ['vendor/.GIT/config', 'PATH_OUTSIDE'],
    ['.', 'BAD_INPUT'],
    ['./inside/file.txt', 'BAD_INPUT'],
    ['inside//file.txt', 'BAD_INPUT'],
    ['inside/', 'BAD_INPUT'],
    [`inside/${'x'.repeat(256)}`, 'BAD_INPUT'],
    [`inside/${'é'.repeat(128)}`, 'BAD_INPUT'],
    ['x'.repeat(1_001), 'BAD_INPUT'],
    ['', 'BAD_INPUT'],
    ['inside', 'NOT_A_FILE'],
    ['inside/file.txt/below', 'NOT_A_FILE'],
  ])('%j is refused with %s', async (file, expected) => {
    const { ada, token } = await besides();
    expect(await refusals(ada, file, token)).toEqual([expected, expected, expected]);
  });

  it('may be as long as the system lets it be', async () => {
    const { ada, token, text } = await besides();
    const file = Array.from({ length: 3 }, () => 'x'.repeat(255)).join('/');
    await write(ada, file, 'deep', token);
    expect(await text(file)).toBe('deep');
  });

  it.each([
    ['con', 'BAD_INPUT'],
    ['src/nul.txt', 'BAD_INPUT'],
    ['src/file.txt:stream', 'BAD_INPUT'],
    ['src/file.', 'BAD_INPUT'],
    ['src/file ', 'BAD_INPUT'],
    ['src/file?', 'BAD_INPUT'],
    ['GIT~1/config', 'BAD_INPUT'],
    ['src/LONGNA~12.TXT', 'BAD_INPUT'],
    ['src/gitea~', null],
    ['src/~1a.md', null],
    ['src/console.ts', null],
  ])('%j on Windows: %s', (file, expected) => {
    const read = () => namesOf('write', file, 'win32');
    if (expected === null) expect(read()).toEqual(file.split('/'));
    else expect(read).toThrow(expect.objectContaining({ code: expected }));
    expect(namesOf('write', file, 'linux')).toEqual(file.split('/'));
  });
});

describe('one name in other letters', () => {
  it.each([
    ['README.md', 'readme.MD'],
    ['caf\u00e9.md', 'cafe\u0301.md'],
    ['\u00c5.md', '\u212b.md'],
  ])('keeps %j from whoever holds %j', async (mine, theirs) => {
    const { ada, bo, text } = await openWorkspace();
    const token = await tokenFor(ada, mine);
    await expect(tokenFor(bo, theirs)).rejects.toMatchObject({ code: 'LOCK_HELD' });
    await expect(write(bo, theirs, 'theirs', token)).rejects.toMatchObject({ code: 'LOCK_LOST' });
    await write(ada, mine, 'mine', token);
    expect(await text(mine)).toBe('mine');
  });
});

describe('a link', () => {
  it.each([
    ['to a file outside', 'link', (outside: string) => path.join(outside, 'secret'), 'link'],
    ['to a folder outside', 'link', (outside: string) => outside, 'link/secret'],
    ['out by ..', 'link', () => '../../..', 'link/secret'],
    ['to a link that leads out', 'a', () => 'link', 'a/secret'],
    ['to what is not there, outside', 'link', (outside: string) => path.join(outside, 'fresh'), 'link'],
    ['in a circle', 'link', () => 'link', 'link'],
    ['to the workspace itself', 'link', () => '.', 'link'],
    ['into what belongs to AgentCoord', 'link', () => '.agentcoord', 'link/company'],
  ])('%s is refused', async (_what, name, target, file) => {
    const { ada, token, root, outside, secret } = await besides();
    if (name === 'a') await symlink(outside, path.join(root, 'link'));
    await symlink(target(outside), path.join(root, name));
    expect(await refusals(ada, file, token)).toEqual(Array(3).fill('PATH_OUTSIDE'));
    expect(await secret()).toBe('untouched');
    expect(await readdir(outside)).toEqual(['secret']);
  });

  it('to somewhere inside is followed, and wants a lock on where it leads', async () => {
    const { ada, bo, root, text } = await openWorkspace();
    await mkdir(path.join(root, 'real'), { recursive: true });
    await symlink('real', path.join(root, 'link'));
    await symlink(path.join(root, 'real/b.txt'), path.join(root, 'b'));
    const onLink = await tokenFor(bo, 'link');
    await expect(write(bo, 'link/a.txt', 'x', onLink)).rejects.toMatchObject({ code: 'NOT_LOCKED' });
    const onReal = await tokenFor(ada, 'real');
    expect(await write(ada, 'link/a.txt', 'followed', onReal)).toMatchObject({ path: 'real/a.txt' });
    expect(await write(ada, 'b', 'made', onReal)).toMatchObject({ path: 'real/b.txt' });
    expect([await text('real/a.txt'), await text('real/b.txt')]).toEqual(['followed', 'made']);
    expect(await readlink(path.join(root, 'b'))).toContain('real/b.txt');
    expect(Buffer.from((await ada.readFile({ path: 'link/a.txt' }))?.base64 ?? '', 'base64').toString()).toBe(
      'followed',
    );
  });

  it('that is put in the place of a folder during the writes never wins', async () => {
    const { ada, token, root, outside, secret } = await besides();
    await mkdir(path.join(root, 'flip'));
    const flipper = spawn(process.execPath, [flippingChild, root, outside], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(async () => {
      const exit = once(flipper, 'exit');
      if (flipper.kill('SIGKILL')) await exit;
    });
    await once(flipper.stdout, 'data');
    const outcomes = new Map<unknown, number>();
    for (const deadline = performance.now() + 4_000; performance.now() < deadline; ) {
      expect(flipper.exitCode).toBeNull();
      const attempts = Array.from({ length: 20 }, (_, n) => write(ada, `flip/file-${n}`, 'evil', token));
      const reads = Array.from({ length: 20 }, () => ada.readFile({ path: 'flip/secret' }));
      for (const result of await Promise.allSettled([...attempts, ...reads])) {
        const outcome = result.status === 'rejected' ? code(result.reason) : 'done';
        if (result.status === 'fulfilled') expect(result.value === null || 'path' in result.value).toBe(true);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    }
    expect(await readdir(outside)).toEqual(['secret']);
    expect(await secret()).toBe('untouched');
    // Both happened often: the race was run.
    expect(outcomes.get('done')).toBeGreaterThan(50);
    expect(outcomes.get('PATH_OUTSIDE')).toBeGreaterThan(20);
    expect([...outcomes.keys()].sort()).toEqual(['PATH_OUTSIDE', 'done']);
  });
});

describe('what is no plain file', () => {
  it.each([
    ['a pipe', (place: string) => execFileSync('mkfifo', [place])],
    ['a device', (place: string) => symlink('/dev/null', place)],
    ['a folder', (place: string) => mkdir(place)],
  ])('is neither read nor written: %s', async (what, make) => {
    const { ada, token, root } = await besides();
    const place = path.join(root, 'odd');
    await make(place);
    const before = await lstat(place);
    const expected = what === 'a device' ? 'PATH_OUTSIDE' : 'NOT_A_FILE';
    expect(await refusals(ada, 'odd', token)).toEqual([expected, expected, expected]);
    expect((await lstat(place)).ino).toBe(before.ino);
  });

  it('is not made the place of what waits to be written', async () => {
    const kit = await openWorkspace();
    const outside = await temporaryFolder();
    await mkdir(kit.root);
    await symlink(outside, path.join(kit.root, '.agentcoord'));
    const token = await tokenFor(kit.ada, '**');
    await expect(write(kit.ada, 'a', 'x', token)).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
    expect(await readdir(outside)).toEqual([]);
  });
});

const flippingChild = path.join(import.meta.dirname, 'flipping-child.ts');
