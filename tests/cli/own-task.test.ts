/** What a person does by hand: takes a task, hands in files, looks at what was handed in, and gives epics up. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json, Sandbox } from './run-agentcoord.ts';
import { openSandbox, runAgentcoord } from './run-agentcoord.ts';
import { serve } from './serving-host.ts';

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await openSandbox();
  folder = join(sandbox.dataDir, 'mine');
  await mkdir(folder);
  await sandbox.json('init', '--template', 'startup', '--name', 'Acme');
  const host = await serve(sandbox.dataDir, '--workers', '0', '--no-http');
  return async () => {
    await host.end();
    await sandbox.remove();
  };
});

async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

async function newTask(title: string): Promise<string> {
  return (await sandbox.json('task', 'create', '--title', title)).task.id;
}

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

async function refusal(...words: string[]): Promise<string> {
  const { code, stderr } = await sandbox.run(...words);
  expect(code).toBe(1);
  return stderr;
}

describe('a task of one’s own', () => {
  it('is taken, and handed in with files and words', async () => {
    const id = await newTask('Write the guide');
    const taken = await sandbox.json('task', 'take', 'Write the guide');
    expect(taken.task).toMatchObject({ id, state: 'leased', assignee: 'owner' });
    const guide = await file('guide.md', '# Guide\n');
    const { task } = await sandbox.json('task', 'hand-in', id, guide, '--text', 'As wished.');
    expect(task.state).toBe('done');
    expect(task.artifacts).toEqual([
      { path: 'result.md', bytes: 10, sha256: sha256('As wished.') },
      { path: 'guide.md', bytes: 8, sha256: sha256('# Guide\n') },
    ]);
    const { stdout } = await sandbox.run('task', 'show', id);
    expect(stdout).toContain(`guide.md (8 bytes), SHA-256 ${sha256('# Guide\n')}`);
  });

  it('is handed in from a pipe, and words make room for a file of their name', async () => {
    const id = await newTask('Say it');
    await sandbox.json('task', 'take', id);
    const result = await file('result.md', 'the file');
    const args = ['--data-dir', sandbox.dataDir, 'task', 'hand-in', id, result, '--text', '-', '--json'];
    const { stdout } = await runAgentcoord(args, { stdin: 'from a pipe' });
    const paths = JSON.parse(stdout).task.artifacts.map(({ path }: Json) => path);
    expect(paths).toEqual(['words-result.md', 'result.md']);
  });

  it('is given back, with the reason', async () => {
    const id = await newTask('Too much');
    await sandbox.json('task', 'take', id);
    const { task } = await sandbox.json('task', 'give-back', id, '--reason', 'no time');
    expect(task).toMatchObject({ state: 'ready', history: [{ by: 'owner', reason: 'no time' }] });
  });

  it('is more urgent, and kept for somebody', async () => {
    const id = await newTask('Soon');
    expect((await sandbox.json('task', 'prioritize', id, 'urgent')).task.priority).toBe('URGENT');
    expect((await sandbox.json('task', 'assign', id, '--to', 'ada')).task.assignee).toBe('ada');
    expect((await sandbox.run('task', 'prioritize', id, 'soonish')).code).toBe(2);
    expect(await refusal('task', 'assign', id, '--to', 'adda')).toContain('Did you mean “ada”?');
  });

  it('is refused in words, and stays as it was', async () => {
    const id = await newTask('Not mine');
    const twice = await file('guide.md', 'one');
    expect(await refusal('task', 'hand-in', id, twice)).toMatch(
      /^WRONG_STATE: .*is not yours: it is ready\. Take it first: agentcoord task take task_/,
    );
    expect(await refusal('task', 'give-back', id, '--reason', 'x')).toMatch(/^WRONG_STATE: /);
    await sandbox.json('task', 'take', id);
    expect(await refusal('task', 'hand-in', id, join(folder, 'none.md'))).toMatch(/^NOT_FOUND: .*none\.md/);
    expect(await refusal('task', 'hand-in', id, twice, twice)).toMatch(/^BAD_INPUT: Two of the files/);
    expect(await refusal('task', 'hand-in', id, '--text', ' ')).toMatch(/^BAD_INPUT: Nothing was handed in/);
    expect(await refusal('task', 'hand-in', id, folder)).toMatch(/^BAD_INPUT: .*can't be read/);
    expect((await sandbox.run('task', 'hand-in', id)).code).toBe(2);
    expect((await sandbox.json('task', 'show', id)).task).toMatchObject({ state: 'leased', artifacts: [] });
  });
});

describe('an artifact', () => {
  const bytes = Uint8Array.from([0, 255, 1, 254]);
  const hash = sha256(bytes);
  beforeAll(async () => {
    const id = await newTask('Bytes');
    await sandbox.json('task', 'take', id);
    await sandbox.json('task', 'hand-in', id, await file('picture.bin', bytes));
  });

  it('is printed whole, by its hash or the beginning of it', async () => {
    const shown = await sandbox.json('artifact', 'show', hash.slice(0, 8));
    expect(shown).toEqual({
      sha256: hash,
      bytes: 4,
      file: null,
      base64: Buffer.from(bytes).toString('base64'),
    });
    const out = join(folder, 'copy.bin');
    const written = await sandbox.json('artifact', 'show', hash, '--out', out);
    expect(written).toEqual({ sha256: hash, bytes: 4, file: out, base64: null });
    expect(sha256(await readFile(out))).toBe(hash);
  });

  it('goes into a pipe as it is', async () => {
    const text = 'a line\n\u001b[31mred\n';
    const id = await newTask('Words');
    await sandbox.json('task', 'take', id);
    await sandbox.json('task', 'hand-in', id, '--text', text);
    expect((await sandbox.run('artifact', 'show', sha256(text))).stdout).toBe(text);
  });

  it('is asked for in vain', async () => {
    expect(await refusal('artifact', 'show', 'guide.md')).toMatch(/^BAD_INPUT: .*is no SHA-256/);
    expect(await refusal('artifact', 'show', '000000')).toMatch(/^NOT_FOUND: Nothing was handed in/);
    expect(await refusal('artifact', 'show', sha256('never'))).toMatch(/^ARTIFACT_MISSING: /);
    const nowhere = join(folder, 'no', 'such', 'folder');
    expect(await refusal('artifact', 'show', hash, '--out', nowhere)).toMatch(
      /^BAD_INPUT: .*can’t be written/,
    );
  });
});

it('an epic is shown whole, also of the past, and given up', async () => {
  const { epic } = await sandbox.json(
    ...['epic', 'create', '--workflow', 'bug', '--title', 'Login', '--description', 'It fails.'],
  );
  const { head } = await sandbox.json('status');
  const shown = await sandbox.json('epic', 'show', 'Login');
  expect(shown.epic).toMatchObject({ id: epic.id, description: 'It fails.', state: 'pending' });
  expect(shown.tasks).toHaveLength(epic.tasks.total);
  expect(shown.gates.every((gate: Json) => gate.epic.id === epic.id)).toBe(true);
  const { stdout } = await sandbox.run('epic', 'show', 'Login');
  expect(stdout).toContain('It fails.');
  expect(stdout).toContain(shown.tasks[0].id);
  expect(await refusal('epic', 'cancel', 'Logni', '--reason', 'x')).toContain('Did you mean “Login”?');
  expect((await sandbox.run('epic', 'cancel', 'Login')).code).toBe(2);
  const cancelled = await sandbox.json('epic', 'cancel', 'Login', '--reason', 'no need');
  expect(cancelled.epic).toMatchObject({ state: 'cancelled', reason: 'no need' });
  expect(cancelled.tasks.every(({ state }: Json) => state === 'cancelled')).toBe(true);
  const then = await sandbox.json('epic', 'show', epic.id, '--at', String(head));
  expect(then.epic.state).toBe('pending');
});

it('a thread is counted as read', async () => {
  await sandbox.json('board', 'post', 'Hello', '--title', 'Hi');
  expect((await sandbox.json('board', 'read', 'Hi')).thread).toMatchObject({ title: 'Hi', unread: 0 });
  expect(await refusal('board', 'read', 'Ho')).toMatch(/^NOT_FOUND: /);
});
