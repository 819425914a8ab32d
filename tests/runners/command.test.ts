/** The command runner with real shells: what a command learns, what it hands in, and that nothing of it stays. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCommandRunner } from '../../src/runners/command.ts';
import { fillCommand, quoteForShell } from '../../src/runners/command-environment.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { BriefParts } from './run-context.ts';
import { contextOf, Shelf } from './run-context.ts';

const runner = createCommandRunner();

async function run(command: string, parts: BriefParts = {}, more: Parameters<typeof contextOf>[1] = {}) {
  const options = { command, ...more?.options };
  return runner.run(await contextOf(parts, { ...more, options }));
}

async function filesOf(command: string, parts: BriefParts = {}, more: Parameters<typeof contextOf>[1] = {}) {
  const result = await run(command, parts, more);
  if (result.kind !== 'artifacts') throw new Error('a review came');
  return Object.fromEntries(
    result.files.map(({ path: name, bytes }) => [name, new TextDecoder().decode(bytes)]),
  );
}

describe('a command', () => {
  it('hands in the files of its output folder', async () => {
    const files = await filesOf(
      'mkdir "$AGENTCOORD_OUTPUT/docs"; echo one > "$AGENTCOORD_OUTPUT/a.md"; echo two > "$AGENTCOORD_OUTPUT/docs/b.md"; echo noise',
    );
    expect(files).toEqual({ 'a.md': 'one\n', 'docs/b.md': 'two\n' });
  });

  it('hands in its standard output when it leaves no file', async () => {
    expect(await filesOf('echo hello; echo trouble >&2')).toEqual({ 'output.txt': 'hello\n' });
  });

  it('learns its task from the environment and the brief', async () => {
    const names = 'TASK_ID TITLE KIND STEP ROLE EPIC MEMBER'.split(' ');
    const print = names.map((name) => `printf '%s\\n' "$AGENTCOORD_${name}"`).join(';');
    expect(await filesOf(print)).toEqual({
      'output.txt': 'task_1\nWrite PRD\nstep\n1\npm\nDark mode\nada\n',
    });
    const files = await filesOf('cat "$AGENTCOORD_BRIEF"');
    expect(JSON.parse(files['output.txt'] ?? '')).toMatchObject({
      task: { id: 'task_1' },
      epic: { title: 'Dark mode' },
    });
  });

  it('finds what it builds on, and never outside of its folder', async () => {
    const shelf = new Shelf();
    const artifacts = [shelf.put('prd.md', 'the prd'), shelf.put('../../../escape.md', 'an escape')];
    const files = await filesOf(
      'cd "$AGENTCOORD_INPUTS"; cat 1/prd.md; find . -type f | wc -l; ls ../../escape.md ../escape.md 2>/dev/null; true',
      { inputs: [{ title: 'Write PRD', artifacts }] },
      { shelf },
    );
    expect(files['output.txt']).toMatch(/^the prd\s*2\n$/);
  });

  it.each([
    '$(touch pwned)',
    '`touch pwned`',
    "'; touch pwned; '",
    '"; touch pwned; "',
    '\n touch pwned',
    '\\',
    '-n',
  ])('never runs what a title says: %j', async (title) => {
    const files = await filesOf('printf "%s|" {title} "$AGENTCOORD_TITLE"; ls', { title });
    expect(files['output.txt']).toBe(
      `${title}|${title}|brief.json\nfiles.json\nfiles.sock\ninputs\noutput\n`,
    );
  });

  it('knows the placeholders of its variables only', () => {
    expect(fillCommand('x {title} {nothing} {HOME} {constructor}', { TITLE: "it's" })).toBe(
      `x 'it'\\''s' {nothing} {HOME} {constructor}`,
    );
    expect(quoteForShell('')).toBe(`''`);
  });

  it('sees nothing of the environment of its worker', async () => {
    process.env['AGENTCOORD_TOKEN'] = 'secret-token';
    process.env['MY_API_KEY'] = 'secret-key';
    onTestFinished(() => {
      delete process.env['AGENTCOORD_TOKEN'];
      delete process.env['MY_API_KEY'];
    });
    const files = await filesOf(
      'tr "\\0" "\\n" < /proc/self/environ; env',
      {},
      { options: { env: { GIVEN: 'yes' } } },
    );
    expect(files['output.txt']).toContain('GIVEN=yes');
    expect(files['output.txt']).not.toContain('secret');
  });

  it.each([
    ['exit 3', 'ended with exit code 3'],
    ['echo "no such file" >&2; exit 1', 'no such file'],
    ['true', 'wrote nothing'],
    ['kill -9 $$', 'was killed'],
    ['no-such-program-here', 'exit code 127'],
  ])('that does %j fails, saying why', async (command, words) => {
    await expect(run(command)).rejects.toMatchObject({
      code: 'RUNNER_FAILED',
      message: expect.stringContaining(words),
    });
  });

  it('that runs too long is ended with everything that it started', async () => {
    const file = path.join(await temporaryFolder(), 'pids');
    const command = `sleep 60 & echo $! > ${file}; echo $$ >> ${file}; trap '' TERM; sleep 60; sleep 60`;
    await expect(run(command, {}, { options: { timeout: '0.5s' } })).rejects.toMatchObject({
      message: expect.stringContaining('longer than 0.5 s'),
    });
    await expectGone(file);
  });

  it('whose run is ended is killed with everything that it started', async () => {
    const file = path.join(await temporaryFolder(), 'pids');
    const ending = new AbortController();
    const running = run(
      `sleep 60 & echo $! > ${file}; echo $$ >> ${file}; sleep 60`,
      {},
      { signal: ending.signal },
    );
    setTimeout(() => ending.abort(), 400);
    await expect(running).rejects.toMatchObject({ code: 'RUNNER_FAILED' });
    await expectGone(file);
  });

  it('leaves nothing behind when it ends by itself', async () => {
    const file = path.join(await temporaryFolder(), 'pids');
    expect(await filesOf(`sleep 60 & echo $! > ${file}; echo done`)).toEqual({ 'output.txt': 'done\n' });
    await expectGone(file);
  });

  it('can say a lot: the lines go to the log, and the output is capped', async () => {
    let lines = 0;
    const files = await filesOf('yes 0123456789 | head -c 3000000', {}, { log: () => (lines += 1) });
    expect(files['output.txt']?.length).toBe(1_000_000);
    expect(lines).toBe(272_728);
  });

  it('hands in no links, and not more than a task may', async () => {
    await writeFile(path.join(await temporaryFolder(), 'x'), '');
    expect(
      await filesOf('ln -s /etc/passwd "$AGENTCOORD_OUTPUT/p"; ln -s / "$AGENTCOORD_OUTPUT/root"; echo fine'),
    ).toEqual({ 'output.txt': 'fine\n' });
    await expect(run('cd "$AGENTCOORD_OUTPUT"; for n in $(seq 201); do echo x > $n; done')).rejects.toThrow(
      '201 files',
    );
    await expect(run('head -c 20971521 /dev/zero > "$AGENTCOORD_OUTPUT/big"')).rejects.toThrow(
      '20971521 bytes',
    );
  });

  it('without a command in its options is refused', async () => {
    await expect(runner.run(await contextOf({}))).rejects.toMatchObject({
      message: expect.stringContaining('command'),
    });
  });
});

describe('a command as a reviewer', () => {
  const review = (command: string) => run(command, { kind: 'review', review: { artifacts: [] } });

  it.each([
    ['echo say more; exit 10', { decision: 'request_changes', note: 'say more' }],
    ['echo never; exit 11', { decision: 'veto', note: 'never' }],
    ['exit 10', { decision: 'request_changes', note: 'The command gave no reason; see its log.' }],
    [
      'printf "veto\\nnot like this\\n" > "$AGENTCOORD_DECISION"',
      { decision: 'veto', note: 'not like this' },
    ],
    [
      'echo approve > "$AGENTCOORD_DECISION"; echo noise',
      { decision: 'approve', note: 'The command approved.' },
    ],
  ])('that does %j answers', async (command, answer) => {
    await expect(review(command)).resolves.toEqual({ kind: 'review', ...answer });
  });

  it.each([
    ['exit 2'],
    ['echo maybe > "$AGENTCOORD_DECISION"'],
    ['echo approve > "$AGENTCOORD_DECISION"; exit 1'],
  ])('that does %j fails', async (command) => {
    await expect(review(command)).rejects.toMatchObject({ code: 'RUNNER_FAILED' });
  });

  it.each([['true'], ['echo looks right']])('that does %j has approved nothing', async (command) => {
    await expect(review(command)).rejects.toMatchObject({
      code: 'RUNNER_FAILED',
      message: expect.stringMatching(/made no decision: .*AGENTCOORD_DECISION.*exit code 0 approves nothing/),
    });
  });
});

/** None of the processes whose numbers are in the file lives on, give the kernel a moment. */
async function expectGone(file: string): Promise<void> {
  const pids = (await readFile(file, 'utf8')).trim().split('\n').map(Number);
  expect(pids.every((pid) => pid > 1)).toBe(true);
  for (let tries = 0; tries < 40 && (await anyRuns(pids)); tries += 1) await delay(50);
  expect(await anyRuns(pids)).toBe(false);
}

/** A zombie that nobody has collected yet does not run. */
async function anyRuns(pids: readonly number[]): Promise<boolean> {
  const states = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return states.some((stat) => stat !== '' && !/\) Z /.test(stat));
}
