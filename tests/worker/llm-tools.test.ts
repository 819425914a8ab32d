/** What a model can do with its tools beside reading: what each of them answers, and what comes of it in the company. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ChatCompletionRequest, FixtureResponse } from '@copilotkit/aimock';
import { expect, it } from 'vitest';
import { startMockModel, usageOf, uses } from '../runners/llm/mock-model.ts';
import { openLlmCompany } from './llm-company.ts';

interface Turn {
  /** In what the tool of the turn before answered. */
  readonly heard: string | RegExp;
  readonly next: FixtureResponse | ((heard: string) => FixtureResponse);
}

/** A model that goes on only with what it expects to hear, and remembers what it heard instead. */
function conversation(turns: readonly Turn[]) {
  const strange: string[] = [];
  const says = (_call: number, { messages }: ChatCompletionRequest): FixtureResponse => {
    const answers = messages.filter(({ role }) => role === 'tool');
    const last = JSON.stringify(answers.at(-1)?.content ?? '');
    const turn = turns[answers.length];
    const isHeard =
      turn && (typeof turn.heard === 'string' ? last.includes(turn.heard) : turn.heard.test(last));
    if (!isHeard) {
      strange.push(`turn ${answers.length}: ${last}`);
      return { error: { message: 'not in the recording' }, status: 400 };
    }
    const next = typeof turn.next === 'function' ? turn.next(last) : turn.next;
    return { ...next, usage: usageOf({ in: Math.ceil(JSON.stringify(messages).length / 4), out: 50 }) };
  };
  return { says, strange };
}

const gateIn = (heard: string): string => /gate_[\w-]+/.exec(heard)?.[0] ?? '';
const node = (text: string) => uses('run_command', { program: 'node', args: ['-e', text] });

it('files, the board, colleagues, approvals and commands', { timeout: 120_000 }, async () => {
  const { says, strange } = conversation([
    { heard: '', next: uses('write_file', { path: 'notes/new.md', content: 'one\ntwo\n' }) },
    { heard: 'notes/new.md is written.', next: uses('write_file', { path: 'old.txt', content: 'mine' }) },
    { heard: /write_file was not done.*[Rr]ead/, next: uses('remove_file', { path: 'old.txt' }) },
    { heard: /remove_file was not done/, next: uses('read_file', { path: 'old.txt' }) },
    { heard: /1\\+tsomebody/, next: uses('remove_file', { path: 'old.txt' }) },
    { heard: 'old.txt is removed.', next: uses('patch_file', patchOf('three', 'x')) },
    { heard: 'edit 1 does not stand in it', next: uses('patch_file', patchOf('two', 'TWO')) },
    { heard: 'is changed in one place', next: uses('list_colleagues', {}) },
    {
      heard: /the owner.*pia: agent, pm/,
      next: uses('post_message', { title: 'Plan', text: 'It goes well.' }),
    },
    { heard: /Posted in thread_/, next: (heard) => uses('post_message', replyTo(heard)) },
    { heard: /Posted in thread_/, next: uses('read_board', { words: 'goes' }) },
    { heard: /ann in thread_[\w-]+, “Plan”.*It goes well\./, next: uses('read_board', {}) },
    { heard: 'And better.', next: uses('request_approval', purchase) },
    {
      heard: /Asked for as gate_[\w-]+: waiting/,
      next: (heard) => uses('see_approval', { id: gateIn(heard) }),
    },
    { heard: /gate_[\w-]+: waiting\./, next: node('setInterval(() => undefined, 1_000)') },
    { heard: 'The command was ended after 5 s.', next: node('console.log("x".repeat(100_000) + "end")') },
    {
      heard: /exit code 0.*xxx.*characters left out.*xxxend/,
      next: node('console.log(Object.keys(process.env).sort().join())'),
    },
    { heard: 'CI,HOME,', next: uses('finish', { summary: 'All of it.' }) },
  ]);
  const model = await startMockModel(says);
  const { give, until, put, task, owner, workspace, workers, faults } = await openLlmCompany(model, {
    options: { allowed_commands: ['node -e *'], command_timeout: '5s', model: 'claude-haiku-4-5' },
    file: { policy: { retry_base: '0s', max_attempts: 1 } },
  });
  await put('old.txt', 'somebody’s\n');
  await give('Do all of it');
  await until((state) =>
    [...state.tasks.values()].some(
      ({ title, state: is }) => title === 'Do all of it' && ['done', 'failed'].includes(is),
    ),
  );
  expect(strange).toEqual([]);
  const { state, submission } = await task('Do all of it');
  expect(state).toBe('done');
  expect(submission?.artifacts.map(({ path: name }) => name).sort()).toEqual([
    'files/notes/new.md',
    'summary.md',
  ]);
  expect(await readFile(path.join(workspace, 'notes/new.md'), 'utf8')).toBe('one\nTWO\n');
  await expect(readFile(path.join(workspace, 'old.txt'))).rejects.toMatchObject({ code: 'ENOENT' });
  const [thread] = await owner.query('threads', { limit: 10 });
  const { messages } = await owner.query('thread', {
    threadId: thread?.thread.id ?? ('' as never),
    limit: 10,
  });
  expect(messages.map(({ text }) => text).sort()).toEqual(['And better.', 'It goes well.']);
  // What it asked for waits for a person, and it could not sign that itself.
  const gates = await owner.query('gates', {});
  expect(gates).toMatchObject([{ gate: { name: purchase.title, state: 'waiting', signOffs: [] } }]);
  expect(await owner.query('locks', {})).toEqual([]);
  expect(await workers()).toHaveLength(1);
  expect(faults).toEqual([]);
});

const purchase = {
  title: 'Buy a domain',
  context: 'It is 12 dollars a year.',
  roles: { ceo: 1 },
  by_a_person: true,
};
const patchOf = (old: string, by: string) => ({ path: 'notes/new.md', edits: [{ old, new: by }] });
const replyTo = (heard: string) => ({ thread: /thread_[\w-]+/.exec(heard)?.[0], text: 'And better.' });
