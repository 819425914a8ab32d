/** `agentcoord board`: written, answered, found and set aside, with no host running. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, Sandbox } from './run-agentcoord.ts';
import { openSandbox, runAgentcoord } from './run-agentcoord.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
  await sandbox.json('init', '--template', 'startup', '--name', 'Acme');
});
afterAll(() => sandbox.remove());

const board = (...args: readonly string[]) => sandbox.json('board', ...args);
let agent: string;
beforeAll(async () => {
  const { members } = await sandbox.json('status');
  agent = members.find(({ kind }: Json) => kind === 'agent').name;
});

describe('a thread', () => {
  it('starts, is listed and shown', async () => {
    expect(await board('list')).toEqual({ threads: [], next: null });
    const { thread, message, unknownNames } = await board(
      ...['post', `Who ships on Friday, @${agent} or @zoe?`, '--title', 'Friday'],
      ...['--kind', 'question', '--priority', 'high'],
    );
    expect(thread).toMatchObject({
      id: expect.stringMatching(/^thread_[0-9a-f-]{36}$/),
      title: 'Friday',
      state: 'active',
      priority: 'HIGH',
      between: null,
      createdBy: 'owner',
      participants: ['owner', agent],
      messages: 1,
      note: null,
      unread: 0,
    });
    expect(message).toMatchObject({ author: 'owner', kind: 'QUESTION', priority: 'HIGH', mentions: [agent] });
    expect(unknownNames).toEqual(['zoe']);
    expect((await sandbox.json('board')).threads).toEqual([thread]);
    expect(await board('show', 'Friday')).toEqual({ thread, messages: [message], more: false });
    const { stdout } = await sandbox.run('board', 'show', thread.id.slice(0, 12));
    expect(stdout).toContain(`  Who ships on Friday, @${agent} or @zoe?`);
  });

  it('is answered, also from the standard input, and read page by page', async () => {
    expect((await board('reply', 'Friday', 'Nobody yet')).message).toMatchObject({
      text: 'Nobody yet',
      priority: 'HIGH',
    });
    const piped = await runAgentcoord(['--data-dir', sandbox.dataDir, 'board', 'reply', 'Friday', '-'], {
      stdin: 'line one\nline two\n\u001b[31mred',
    });
    expect(piped.stdout).toMatch(/^Written in “Friday”, thread_[0-9a-f]{8}\.$/m);
    const { messages, more } = await board('show', 'Friday', '--limit', '1');
    expect(more).toBe(true);
    expect(messages[0].text).toBe('line one\nline two\n\u001b[31mred');
    const { stdout, stderr } = await sandbox.run('board', 'show', 'Friday', '--limit', '1');
    expect(stdout).toContain('  line one\n  line two\n  red');
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toContain(`--before ${messages[0].seq}`);
    const older = await board('show', 'Friday', '--before', String(messages[0].seq));
    expect(older.messages.map(({ text }: Json) => text).at(-1)).toBe('Nobody yet');
  });

  it('tells on stderr of names that nobody has', async () => {
    const { stderr } = await sandbox.run('board', 'reply', 'Friday', 'and @yan?');
    expect(stderr).toContain('Nobody here is called yan');
  });

  it('waits, is resolved, prioritized and reopened', async () => {
    const { thread } = await board('wait', 'Friday', '--note', 'for an answer');
    expect(thread).toMatchObject({ state: 'waiting', note: { by: 'owner', note: 'for an answer' } });
    expect((await board('resolve', 'Friday', '--note', 'we all do')).thread.state).toBe('resolved');
    expect((await board('prioritize', 'Friday', 'low')).thread.priority).toBe('LOW');
    expect((await board('list', '--state', 'active')).threads).toEqual([]);
    expect((await board('reopen', 'Friday')).thread).toMatchObject({ state: 'active', note: null });
  });

  it('is found by what was said', async () => {
    const { hits } = await board('search', 'nobody', 'ye');
    expect(hits).toMatchObject([{ thread: { title: 'Friday' }, text: 'Nobody yet', author: 'owner' }]);
    expect(hits[0].snippet).toContainEqual({ text: 'Nobody', hit: true });
    expect((await sandbox.run('board', 'search', 'friday')).stdout).toContain('Friday');
    expect(await board('search', '"(')).toEqual({ hits: [] });
  });
});

it('sends a direct message, which is a thread of two', async () => {
  const { thread } = await board('send', agent, 'A word with you');
  expect(thread).toMatchObject({
    between: [agent, 'owner'].sort(),
    title: [agent, 'owner'].sort().join(', '),
  });
  expect((await board('send', agent, 'Another')).thread).toMatchObject({ id: thread.id, messages: 2 });
  const { code, stderr } = await sandbox.run('board', 'send', 'owner', 'me?');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^BAD_INPUT: owner can't write to themselves/);
});

it('is shown as it was at an earlier moment', async () => {
  const { message } = await board('post', 'before', '--title', 'Then');
  await board('reply', 'Then', 'after');
  await board('resolve', 'Then');
  const at = ['--at', String(message.seq)];
  const then = await board('show', 'Then', ...at);
  expect(then.messages.map(({ text }: Json) => text)).toEqual(['before']);
  expect(then.thread).toMatchObject({ state: 'active', messages: 1, unread: null });
  expect((await board('list', '--state', 'resolved', ...at)).threads).toEqual([]);
  expect((await board('search', 'after', ...at)).hits).toEqual([]);
  const { code, stderr } = await sandbox.run('board', 'inbox', '--mark-read', ...at);
  expect(code).toBe(2);
  expect(stderr).toContain('leave --at out');
  expect((await sandbox.run('board', 'reopen', 'Then', ...at)).code).toBe(2);
});

it('has no inbox of a moment before its member, and says so', async () => {
  const { code, stderr } = await sandbox.run('board', 'inbox', '--at', '1');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^NOT_FOUND: There was no inbox of member_\w+ after event 1: the member was not in/);
});

it('has an inbox with what one must approve', async () => {
  await sandbox.json(
    ...['approvals', 'request', '--title', 'Rent a truck', '--context', 'x', '--role', 'em', '--allow-self'],
    '--human',
  );
  const inbox = await board('inbox', '--mark-read');
  expect(inbox).toMatchObject({
    messages: [],
    more: false,
    unread: 0,
    approvals: [{ name: 'Rent a truck' }],
  });
  const { stdout } = await sandbox.run('board', 'inbox');
  expect(stdout).toMatch(/^Nothing is unread\.[\s\S]*agentcoord approve gate_/);
});

it.each([
  ['a thread that there is not', ['reply', 'Saturday', 'x'], 1, /NOT_FOUND: No thread is called “Saturday”/],
  ['a member that there is not', ['send', 'zoe', 'x'], 1, /NOT_FOUND: No member is called “zoe”/],
  ['nothing said', ['post', ' ', '--title', 'x'], 1, /BAD_INPUT: .*says nothing/],
  ['no title', ['post', 'x'], 2, /--title/],
  ['another kind', ['post', 'x', '--title', 'y', '--kind', 'rumour'], 2, /ANNOUNCEMENT/],
  ['another priority', ['prioritize', 'Friday', 'soon'], 2, /URGENT/],
  ['nothing to look for', ['search'], 2, /words/],
] as const)('refuses %s', async (_what, args, exit, words) => {
  const { code, stderr } = await sandbox.run('board', ...args);
  expect(code).toBe(exit);
  expect(stderr).toMatch(words);
});
