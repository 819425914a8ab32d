/** A coding agent that speaks the Agent Client Protocol, in a real worker with a worktree. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { WorkflowFileInput } from '../../src/contract/templates.ts';
import type { CompanyState } from '../../src/core/state.ts';
import { gitProject } from '../git-project.ts';
import { smallCompany } from '../real-company.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { briskPolicy, isAlive, superviseCompany } from './supervised-company.ts';

const agent = path.resolve(import.meta.dirname, '../runners/acp-agent-child.ts');
const workflows: WorkflowFileInput[] = [{ name: 'small', steps: [{ id: 1, title: 'Do', role: 'engineer' }] }];

async function letWork(act: string, argument = '', options: Readonly<Record<string, unknown>> = {}) {
  const project = await gitProject({ 'a.txt': 'one\n' });
  const company = await superviseCompany({
    worktreesOf: project.folder,
    file: smallCompany({ workflows, policy: { ...briskPolicy, max_attempts: 1 } }),
    runner: 'cli-agent',
    options: { agent: 'acp', command: [process.execPath, agent, act, argument], ...options },
  });
  await company.route('Dark mode');
  return { ...company, project };
}

const isOver = (state: CompanyState) =>
  [...state.tasks.values()].some(
    ({ state: is, merge }) => is === 'failed' || merge !== undefined || is === 'done',
  );

async function wordsOf({ task, company }: Awaited<ReturnType<typeof letWork>>): Promise<string> {
  const { submission } = await task('Do');
  const summary = submission?.artifacts.find(({ path: name }) => name === 'summary.md');
  if (!summary) throw new Error(`nothing was said: ${JSON.stringify(await task('Do'))}`);
  return Buffer.from(await company.artifacts.read(summary.hash)).toString();
}

it('changes files of its worktree under locks, and reports what it used', async () => {
  const run = await letWork('edit');
  await run.until(isOver);
  await expect
    .poll(() => run.project.show(run.project.branches()[0] ?? '', 'src/b.txt'), { timeout: 30_000 })
    .toBe('one and more');
  expect(await wordsOf(run)).toBe('I wrote src/b.txt.\n');
  const events = await run.owner.query('events', { after: 0, limit: 1_000 });
  const locked = events.flatMap(({ event }) => (event.type === 'lock.acquired' ? [event.lock.scope] : []));
  expect(locked).toEqual(['src/b.txt']);
  const { rows } = await run.owner.query('usage', { by: 'task' });
  expect(rows).toMatchObject([{ tokensIn: 1_200, money: 250_000 }]);
  expect(run.faults).toEqual([]);
});

it('is told its task, changes files with its own hands, and finds no secret in its environment', async () => {
  const run = await letWork('own');
  await run.until(isOver);
  await expect
    .poll(() => run.project.show(run.project.branches()[0] ?? '', 'own.txt'), { timeout: 30_000 })
    .toBe('mine');
  const told = await wordsOf(run);
  expect(told).toContain('Do this task, then stop: "Do"');
  expect(told).toContain('It is dark. It saves power.');
  const spy = await letWork('environment');
  await spy.until(isOver);
  expect(await wordsOf(spy)).not.toContain('AGENTCOORD');
});

it('asks for permission by an approval, unless the options allow it', async () => {
  const run = await letWork('publish');
  await run.until((state) => [...state.gates.values()].some(({ request }) => request !== null));
  const [gate] = await run.owner.query('gates', {});
  expect(gate?.gate).toMatchObject({ name: 'ann wants to: npm publish', state: 'waiting' });
  await run.owner.command({
    type: 'gate.sign',
    gateId: gate?.gate.id ?? '',
    decision: 'request_changes',
    note: 'not from here',
    artifactHash: gate?.gate.artifactHash ?? ('' as never),
  });
  await run.until(isOver);
  expect(await wordsOf(run)).toBe('answer: no, reading: yes\n');
});

it('neither reads nor writes a file outside of its worktree over the protocol, and each try is on record', async () => {
  const outside = await temporaryFolder();
  await writeFile(path.join(outside, 'secret'), 'not yours');
  const run = await letWork('escape', outside);
  await run.until(isOver);
  const refusals = JSON.parse(await wordsOf(run)) as string[];
  const names = ['../outside.txt', 'absolute', '.git/config', '.GIT/hooks/x', 'way/secret', 'a\0b'];
  const tries = names.flatMap((name) => [`write ${name}`, `read ${name}`]);
  expect(refusals.map((refusal) => refusal.split(':')[0])).toEqual(tries);
  expect(refusals.join('\n')).not.toContain('not yours');

  // What never reaches the host is recorded by the run, the rest by the host: ann's, all of them.
  const types = ['decision.logged', 'command.refused'];
  const { entries } = await run.owner.query('audit', { types, order: 'oldest' });
  const byTheRun = (file: string) => [
    `ann decided refused: wrote no file: ${file}`,
    `ann decided refused: read no file: ${file}`,
  ];
  const byTheHost = ['ann refused writeFile: PATH_OUTSIDE', 'ann refused readFile: PATH_OUTSIDE'];
  expect(entries.map(({ actor, what }) => `${actor.name} ${what}`.replace(/"\/.*\//, '"…/'))).toEqual([
    ...byTheRun('"…/outside.txt"'),
    ...byTheRun('"…/secret"'),
    ...[byTheHost, byTheHost, byTheHost].flat(),
    ...byTheRun('"…/a\\u0000b"'),
  ]);

  // Nothing came of any: also once nobody is at work who could still merge.
  await run.supervisor.stop();
  expect(await readdir(outside)).toEqual(['secret']);
  expect(await readFile(path.join(outside, 'secret'), 'utf8')).toBe('not yours');
  expect(run.project.branches()).toEqual([]);
});

it.each([
  ['crashes', 'crash', /something broke/],
  ['refuses', 'refuse', /did not finish: refusal/],
  ['prints without end', 'flood', /exceeds the configured 33554432 byte limit/],
])('fails the attempt when it %s', async (_how, act, words) => {
  const run = await letWork(act);
  await run.until(isOver);
  expect((await run.task('Do')).attempts[0]?.reason).toMatch(words);
});

/** Ends as `claude -p --output-format stream-json` prints it. */
function claudeSays(words: string): Readonly<Record<string, unknown>> {
  const result = JSON.stringify({
    type: 'result',
    subtype: 'error_during_execution',
    is_error: true,
    result: words,
    total_cost_usd: 0.25,
    usage: {
      input_tokens: 10,
      cache_creation_input_tokens: 20,
      cache_read_input_tokens: 30,
      output_tokens: 5,
    },
  });
  const script = `console.log(${JSON.stringify(result)}); process.exit(1)`;
  return { agent: 'claude', mode: 'headless', command: ['node', '-e', script, '--'] };
}

it.each([
  ['headless', claudeSays('Credit balance is too low'), '', '', 'Credit balance is too low', 15 * 60_000],
  [
    'over the protocol, and says until when',
    {},
    'break',
    'You’ve hit your usage limit. Upgrade to Pro or try again in 2 hours 5 minutes.',
    'hit your usage limit',
    125 * 60_000,
  ],
])('rests when its account has nothing left, %s', async (_how, options, act, argument, words, rest) => {
  const run = await letWork(act, argument, options);
  await run.until(
    (state) => isOver(state) || [...state.members.values()].some(({ pause }) => pause !== null),
  );
  const { pause } = await run.member('ann');
  expect(pause?.reason).toContain(words);
  const ahead = Number(pause?.until) - Date.now();
  expect(ahead).toBeLessThanOrEqual(rest);
  expect(ahead).toBeGreaterThan(rest - 60_000);
  await run.until((state) => state.index.tasksByState.get('leased').size === 0);
  expect(await run.task('Do')).toMatchObject({ state: 'ready', failures: 0 });
});

it.each([
  ['over the protocol, only what came to its context', {}, 'fail', { tokensIn: 2_000, money: 400_000 }],
  ['over the protocol, when it refuses at its end', {}, 'refuse', { tokensIn: 30, tokensOut: 3 }],
  ['headless', claudeSays('API Error: 500'), '', { tokensIn: 60, tokensOut: 5, money: 250_000 }],
])('pays for a run that failed what it came to, %s', async (_how, options, act, booked) => {
  const run = await letWork(act, '', options);
  await run.until(isOver);
  expect((await run.task('Do')).state).toBe('failed');
  const { rows } = await run.owner.query('usage', { by: 'task' });
  expect(rows).toMatchObject([booked]);
});

it('pays nothing for a program that is not there', async () => {
  const run = await letWork('', '', { command: ['/no/such/agent'] });
  await run.until(isOver);
  expect((await run.task('Do')).attempts[0]?.reason).toContain('/no/such/agent');
  const { rows } = await run.owner.query('usage', { by: 'task' });
  expect(rows.filter(({ tokensIn, tokensOut, money }) => tokensIn + tokensOut + money > 0)).toEqual([]);
});

it('takes a permission that was signed', async () => {
  const run = await letWork('publish');
  await run.until((state) => [...state.gates.values()].some(({ request }) => request !== null));
  const [gate] = await run.owner.query('gates', {});
  await run.owner.command({
    type: 'gate.sign',
    gateId: gate?.gate.id ?? '',
    decision: 'approve',
    artifactHash: gate?.gate.artifactHash ?? ('' as never),
  });
  await run.until(isOver);
  expect(await wordsOf(run)).toBe('answer: yes, reading: yes\n');
});

it('fills no log', async () => {
  const run = await letWork('chatter');
  await run.until(isOver);
  const [worker] = await run.workers();
  const log = await run.logOf(worker?.id as never);
  expect(log.split('\n').length).toBeLessThan(2_100);
  expect(log).toContain('the rest is left out');
});

it('is ended with all that it started when its task is taken back', async () => {
  const file = path.join(await temporaryFolder(), 'pid');
  const run = await letWork('wait', file);
  await expect.poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 50_000 }).not.toBe('');
  const pid = Number(await readFile(file, 'utf8'));
  expect(isAlive(pid)).toBe(true);
  const { id } = await run.task('Do');
  await run.owner.command({ type: 'task.cancel', taskId: id, reason: 'no more' });
  await expect.poll(() => isAlive(pid), { timeout: 30_000 }).toBe(false);
}, 120_000);
