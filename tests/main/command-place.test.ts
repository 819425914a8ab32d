/** How each copy of the app gives its command: what lies where, that it runs, and that nothing else is overwritten. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { commandState, putCommand, removeCommand } from '../../src/main/command-place.ts';
import type { CommandTarget, Copy } from '../../src/main/command-target.ts';
import { commandTarget } from '../../src/main/command-target.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const run = promisify(execFile);

const copy = (changes: Partial<Copy>): Copy => ({
  ...{ platform: 'linux', isPackaged: true, executable: '/opt/agentcoord-0.1.0/agentcoord-desktop' },
  ...{ appImage: undefined, home: '/home/ann' },
  ...changes,
});

it.each<[string, Partial<Copy>, object | null]>([
  ['a checkout gives none', { isPackaged: false }, null],
  [
    'the deb has it on the PATH',
    { executable: '/usr/lib/agentcoord/agentcoord-desktop' },
    { kind: 'packaged', path: '/usr/bin/agentcoord' },
  ],
  [
    'an unpacked archive is linked to',
    {},
    { kind: 'link', path: '/home/ann/.local/bin/agentcoord', to: '/opt/agentcoord-0.1.0/agentcoord' },
  ],
  [
    'an AppImage gets a script, for it mounts itself anew each time',
    { appImage: '/home/ann/AgentCoord.AppImage', executable: '/tmp/.mount_ab/agentcoord-desktop' },
    { kind: 'script', path: '/home/ann/.local/bin/agentcoord' },
  ],
  [
    'on a Mac it is linked to where every shell looks',
    { platform: 'darwin', executable: '/Applications/AgentCoord.app/Contents/MacOS/AgentCoord' },
    {
      ...{ kind: 'link', path: '/usr/local/bin/agentcoord' },
      to: '/Applications/AgentCoord.app/Contents/Resources/agentcoord',
    },
  ],
  [
    'on Windows it lies beside the program',
    { platform: 'win32', executable: 'C:\\Users\\ann\\Programs\\AgentCoord\\AgentCoord.exe' },
    { kind: 'packaged', path: 'C:\\Users\\ann\\Programs\\AgentCoord\\agentcoord.cmd' },
  ],
])('%s', (_what, changes, expected) => {
  const target = commandTarget(copy(changes));
  if (expected === null) expect(target).toBeNull();
  else expect(target).toMatchObject(expected);
});

/** What a person calls by it prints how it was called. */
async function program(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'agentcoord');
  await writeFile(file, '#!/bin/sh\nfor word; do echo "[$word]"; done\necho "node: $ELECTRON_RUN_AS_NODE"\n');
  await chmod(file, 0o755);
  return file;
}

/** A folder that tries to be more than a word in a shell. */
const hostile = `it's $(touch intruded) "a" \`b\``;

it('links, says so, follows another copy when told, and goes again', async () => {
  const home = await temporaryFolder();
  const [first, second] = [await program(path.join(home, hostile)), await program(path.join(home, 'two'))];
  const target = (to: string): CommandTarget => ({
    kind: 'link',
    path: path.join(home, 'bin/agentcoord'),
    to,
  });
  expect(await commandState(target(first))).toBe('none');
  await putCommand(target(first));
  expect(await commandState(target(first))).toBe('ours');
  expect((await run(target(first).path, ['a b'])).stdout).toContain('[a b]');
  expect(await commandState(target(second))).toBe('elsewhere');
  await putCommand(target(second));
  expect(await readlink(target(second).path)).toBe(second);
  await removeCommand(target(second));
  expect(await commandState(target(second))).toBe('none');
  await removeCommand(target(second));
});

it('calls an AppImage as Node, wherever it lies, with the words as they are; and says when it is gone', async () => {
  const home = await temporaryFolder();
  const appImage = await program(path.join(home, hostile));
  const target = commandTarget(copy({ appImage, home })) as Extract<CommandTarget, { kind: 'script' }>;
  await putCommand(target);
  expect(await commandState(target)).toBe('ours');
  const { stdout } = await run(target.path, ['tasks', '--json', "it's $HOME"], { cwd: home });
  const words = stdout.trim().split('\n');
  expect(words.slice(0, 1)).toEqual(['[--eval]']);
  expect(words.slice(2)).toEqual([
    ...['[--]', '[--no-sandbox]', '[tasks]', '[--json]', "[it's $HOME]", 'node: 1'],
  ]);
  expect(await readFile(path.join(home, 'intruded'), 'utf8').catch(() => 'nothing')).toBe('nothing');

  const moved = commandTarget(copy({ appImage: '/nowhere/A.AppImage', home })) as CommandTarget;
  expect(await commandState(moved)).toBe('elsewhere');
  await putCommand(moved);
  await expect(run(moved.path, [])).rejects.toThrow(/there is no \/nowhere\/A\.AppImage any more/);
});

it.each<[string, (file: string) => Promise<unknown>]>([
  ['a program of somebody else', (file) => writeFile(file, '#!/bin/sh\necho mine\n')],
  ['a link to something else', (file) => symlink('/usr/bin/env', file)],
  ['a folder', (file) => mkdir(file)],
])('leaves %s as it is', async (_what, make) => {
  const home = await temporaryFolder();
  const file = path.join(home, 'agentcoord');
  await make(file);
  const target: CommandTarget = { kind: 'link', path: file, to: '/opt/agentcoord/agentcoord' };
  expect(await commandState(target)).toBe('foreign');
  await expect(putCommand(target)).rejects.toMatchObject({ code: 'WRONG_STATE' });
  await expect(removeCommand(target)).rejects.toMatchObject({ code: 'WRONG_STATE' });
  expect(await commandState(target)).toBe('foreign');
});

it('says what to do where it may not write, or asks as the administrator', async () => {
  // Nobody writes there, not even root.
  const target: CommandTarget = { kind: 'link', path: '/sys/bin/agentcoord', to: "/opt/it's/agentcoord" };
  await expect(putCommand(target)).rejects.toThrow(
    `sudo ln -sfn '/opt/it'\\''s/agentcoord' '/sys/bin/agentcoord'`,
  );
  const asked: object[] = [];
  await putCommand(target, async (one) => void asked.push(one));
  expect(asked).toEqual([target]);
  const file = path.join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  const below: CommandTarget = {
    kind: 'link',
    path: path.join(file, 'bin/agentcoord'),
    to: '/opt/agentcoord',
  };
  await expect(putCommand(below)).rejects.toThrow(/can’t be written: ENOTDIR/);
  const packaged: CommandTarget = { kind: 'packaged', path: '/usr/bin/agentcoord' };
  await expect(putCommand(packaged)).rejects.toThrow(/belongs to the package/);
  await expect(removeCommand(packaged)).rejects.toThrow(/belongs to the package/);
});
