/** The board: who may write where, when a thread waits or is resolved, whom a message reaches, and what is read. */
import { describe, expect, it } from 'vitest';
import type { Thread } from '../../../src/core/board/board.ts';
import { directKey, directPair, readUpTo } from '../../../src/core/board/board.ts';
import type { CommandInput } from '../../../src/core/command.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';
import { only, typesOf } from '../kit.ts';

/** A thread of ann's, with one message. */
function newThread(more: object = {}) {
  const world = company();
  const command = { type: 'thread.start', title: 'Lunch', text: 'Who comes?', ...more } as CommandInput;
  const started = only(world.do('ann', command), 'thread.started');
  const threadId = started.thread.id;
  return {
    world,
    threadId,
    thread: () => threadIn(world, threadId),
    post: (who: string, text: string, rest: object = {}) =>
      world.do(who, { type: 'message.post', threadId, text, ...rest } as CommandInput),
    change: (who: string, type: string, rest: object = {}) =>
      world.do(who, { type, threadId, ...rest } as unknown as CommandInput),
  };
}

function threadIn(world: World, id: Thread['id']): Thread {
  const thread = world.state.threads.get(id);
  if (!thread) throw new Error(`there is no thread ${id}`);
  return thread;
}

const idsOf = (world: World, ...names: string[]) => names.map((name) => world.member(name).id);

describe('a thread', () => {
  it('starts with its first message, and the state keeps none of the words', () => {
    const { world, thread } = newThread({ kind: 'QUESTION', priority: 'HIGH', text: 'Who comes, @bob?' });
    expect(thread()).toEqual({
      id: expect.any(String),
      title: 'Lunch',
      state: 'active',
      priority: 'HIGH',
      createdBy: world.member('ann').id,
      createdAt: world.now,
      between: null,
      participants: idsOf(world, 'ann', 'bob'),
      messages: 1,
      last: world.state.seq,
      lastAt: world.now,
      lastBy: world.member('ann').id,
      note: null,
      readMarks: [{ memberId: world.member('ann').id, upTo: world.state.seq }],
    });
    expect(world.events.at(-1)?.event).toMatchObject({
      type: 'message.posted',
      kind: 'QUESTION',
      priority: 'HIGH',
      text: 'Who comes, @bob?',
      mentions: idsOf(world, 'bob'),
      unknownNames: [],
    });
  });

  it('takes everybody in who writes or is mentioned, and tells of names that nobody has', () => {
    const { world, thread, post } = newThread();
    const posted = only(post('emma', '@bob, @zoe?'), 'message.posted');
    expect(posted.unknownNames).toEqual(['zoe']);
    post('bob', 'yes');
    expect(thread().participants).toEqual(idsOf(world, 'ann', 'emma', 'bob'));
    expect(thread()).toMatchObject({ messages: 3, lastBy: world.member('bob').id });
  });

  it.each([
    ['that of the thread', {}, 'HIGH'],
    ['its own', { priority: 'LOW' }, 'LOW'],
  ])('gives a message %s as its priority', (_whose, more, priority) => {
    const { post } = newThread({ priority: 'HIGH' });
    expect(only(post('bob', 'x', more), 'message.posted').priority).toBe(priority);
  });

  it.each<[string, 'thread.wait' | 'thread.resolve' | null, string, string, string[]]>([
    ['goes on when it is active', null, 'bob', 'active', ['message.posted']],
    ['still waits when the one who waits writes', 'thread.wait', 'ann', 'waiting', ['message.posted']],
    [
      'is active again when another answers',
      'thread.wait',
      'bob',
      'active',
      ['thread.reopened', 'message.posted'],
    ],
    [
      'that was resolved is opened again',
      'thread.resolve',
      'ann',
      'active',
      ['thread.reopened', 'message.posted'],
    ],
  ])('%s', (_rule, set, who, state, happened) => {
    const { thread, post, change } = newThread();
    if (set) change('ann', set, { note: 'until noon' });
    expect(typesOf(post(who, 'hm'))).toEqual(happened);
    expect(thread().state).toBe(state);
    expect(thread().note === null).toBe(state === 'active');
  });

  it('is resolved with a note, resolved anew with another, and reopened by anybody', () => {
    const { world, thread, change } = newThread();
    const { id: ann } = world.member('ann');
    expect(typesOf(change('ann', 'thread.resolve', { note: 'done' }))).toEqual(['thread.resolved']);
    expect(thread()).toMatchObject({ state: 'resolved', note: { by: ann, note: 'done', at: world.now } });
    expect(change('ann', 'thread.resolve', { note: 'done' })).toEqual([]);
    expect(typesOf(change('owner', 'thread.resolve', { note: 'indeed' }))).toEqual(['thread.resolved']);
    expect(typesOf(change('tara', 'thread.reopen'))).toEqual(['thread.reopened']);
    expect(change('tara', 'thread.reopen')).toEqual([]);
  });

  it('has a priority that can be changed', () => {
    const { thread, change } = newThread();
    expect(change('ann', 'thread.prioritize', { priority: 'NORMAL' })).toEqual([]);
    change('ann', 'thread.prioritize', { priority: 'URGENT' });
    expect(thread().priority).toBe('URGENT');
  });

  it('that is not there is told so', () => {
    const { world } = newThread();
    for (const type of ['message.post', 'thread.resolve', 'thread.reopen', 'board.mark_read'] as const) {
      const more = type === 'message.post' ? { text: 'x' } : {};
      const command = { type, threadId: 'thread_none', ...more } as unknown as CommandInput;
      expect(world.refusal('ann', command)).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it.each([
    ['no title', { title: ' ' }],
    ['no words', { text: ' \n' }],
    ['another kind', { kind: 'RUMOUR' }],
    ['too many words', { text: 'x'.repeat(20_001) }],
  ])('does not start with %s', (_what, more) => {
    expect(() => newThread(more)).toThrow();
  });
});

describe('a direct message', () => {
  const send = (world: World, from: string, to: string, text = 'psst') =>
    world.do(from, { type: 'message.send', to: world.member(to).id, text });

  it('goes into the one thread that two members have, whoever writes', () => {
    const world = company();
    expect(typesOf(send(world, 'ann', 'bob'))).toEqual(['thread.started', 'message.posted']);
    expect(typesOf(send(world, 'bob', 'ann', 'what, @emma?'))).toEqual(['message.posted']);
    const [thread, ...others] = world.state.threads.dump();
    expect(others).toEqual([]);
    const pair = directPair(world.member('bob').id, world.member('ann').id);
    expect(thread).toMatchObject({ title: '', between: pair, messages: 2 });
    expect(thread?.participants).toEqual(idsOf(world, 'ann', 'bob'));
    expect([...world.state.index.directThreads.get(directKey(pair))]).toEqual([thread]);
    send(world, 'ann', 'emma');
    expect(world.state.threads.size).toBe(2);
  });

  it('is between the two alone', () => {
    const world = company();
    const { thread } = only(send(world, 'ann', 'bob'), 'thread.started');
    const command: CommandInput = { type: 'message.post', threadId: thread.id, text: 'me too' };
    expect(world.refusal('owner', command)).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('it is between ann and bob'),
    });
    expect(typesOf(world.do('bob', command))).toEqual(['message.posted']);
  });

  it('needs another member who is there', () => {
    const world = company();
    const to = (memberId: string) => ({ type: 'message.send', to: memberId, text: 'x' }) as CommandInput;
    expect(world.refusal('ann', to(world.member('ann').id))).toMatchObject({ code: 'BAD_INPUT' });
    expect(world.refusal('ann', to('member_none'))).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('what is read', () => {
  it('is what a member marked, and whatever they wrote or what came before it', () => {
    const { world, thread, post, change } = newThread();
    const { id: bob } = world.member('bob');
    expect(readUpTo(thread(), bob)).toBe(0);
    const first = thread().last;
    post('ann', 'anybody?');
    change('bob', 'board.mark_read', { upTo: first });
    expect(readUpTo(thread(), bob)).toBe(first);
    post('bob', 'me');
    expect(readUpTo(thread(), bob)).toBe(thread().last);
  });

  it('never becomes unread again, and is not marked twice', () => {
    const { world, thread, change } = newThread();
    const { id: bob } = world.member('bob');
    change('bob', 'board.mark_read');
    const read = readUpTo(thread(), bob);
    expect(read).toBeGreaterThanOrEqual(thread().last);
    expect(change('bob', 'board.mark_read')).toEqual([]);
    expect(change('bob', 'board.mark_read', { upTo: 1 })).toEqual([]);
    expect(readUpTo(thread(), bob)).toBe(read);
  });

  it('cannot be what nobody has written yet', () => {
    const { world, thread, post, change } = newThread();
    change('bob', 'board.mark_read', { upTo: 1_000_000 });
    post('ann', 'later');
    expect(readUpTo(thread(), world.member('bob').id)).toBeLessThan(thread().last);
  });

  it('may be all that concerns a member, and nothing else', () => {
    const { world, thread, post } = newThread();
    post('emma', 'for @bob');
    const other = only(
      world.do('ann', { type: 'thread.start', title: 'Other', text: 'x' }),
      'thread.started',
    );
    world.do('tara', { type: 'message.send', to: world.member('bob').id, text: 'hi' });
    const { threadIds } = only(world.do('bob', { type: 'board.mark_read' }), 'thread.read');
    expect(threadIds).toHaveLength(2);
    expect(threadIds).toContain(thread().id);
    expect(threadIds).not.toContain(other.thread.id);
    expect(world.do('bob', { type: 'board.mark_read' })).toEqual([]);
  });
});
