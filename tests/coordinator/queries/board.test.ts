/** The board as each member sees it: threads, pages, inboxes and search, at once after what was written. */
import { describe, expect, it } from 'vitest';
import type { Coordination, Receipt } from '../../../src/contract/rpc.ts';
import type { CommandInput } from '../../../src/core/command.ts';
import { forgetOldest } from '../../../src/core/forget.ts';
import type { MemberId, ThreadId } from '../../../src/core/ids.ts';
import type { SessionHost } from '../session-host.ts';
import { createSmall, openSessionHost } from '../session-host.ts';

type Name = 'owner' | 'ada' | 'bo' | 'eve';

async function board() {
  const host: SessionHost = await openSessionHost();
  const company = await createSmall(host, 'Acme');
  const sessions = new Map<Name, Coordination>([['owner', await host.owner()]]);
  for (const name of ['ada', 'bo', 'eve'] as const) sessions.set(name, await host.member(company, name));
  const as = (name: Name): Coordination => {
    const session = sessions.get(name);
    if (!session) throw new Error(`${name} has no session`);
    return session;
  };
  const ids = await company.coordinator.read(
    ({ members }) => new Map([...members.values()].map(({ id, name }) => [name, id])),
  );
  const idOf = (name: Name) => ids.get(name) as MemberId;
  const start = async (name: Name, title: string, text: string) =>
    threadOf(await as(name).command({ type: 'thread.start', title, text }));
  const reply = (name: Name, threadId: ThreadId, text: string) =>
    as(name).command({ type: 'message.post', threadId, text });
  const send = async (from: Name, to: Name, text: string) =>
    threadOf(await as(from).command({ type: 'message.send', to: idOf(to), text }));
  const inbox = async (name: Name, more: object = {}) => {
    const { messages, unread } = await as(name).query('inbox', more);
    return { unread, messages: messages.map(({ message }) => [message.reason, message.text, message.read]) };
  };
  return { host, company, as, idOf, start, reply, send, inbox };
}

function threadOf({ events }: Receipt): ThreadId {
  const posted = events.find(({ event }) => event.type === 'message.posted')?.event;
  if (posted?.type !== 'message.posted') throw new Error('nothing was posted');
  return posted.threadId;
}

describe('threads', () => {
  it('are listed by their newest message, those of a state, or one’s own', async () => {
    const { as, start, reply } = await board();
    const lunch = await start('ada', 'Lunch', 'When?');
    const wings = await start('bo', 'Wings', 'How long?');
    await reply('eve', lunch, 'Now');
    await as('bo').command({ type: 'thread.resolve', threadId: wings, note: 'two metres' });
    const titles = async (name: Name, question: object) =>
      (await as(name).query('threads', question)).map(({ title }) => title);
    expect(await titles('eve', {})).toEqual(['Lunch', 'Wings']);
    expect(await titles('eve', { state: 'resolved' })).toEqual(['Wings']);
    expect(await titles('bo', { mine: true })).toEqual(['Wings']);
    expect(await titles('eve', { limit: 1 })).toEqual(['Lunch']);
  });

  it('have UUIDs', async () => {
    const { start } = await board();
    expect(await start('ada', 'Lunch', 'When?')).toMatch(
      /^thread_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
  });

  it('come page by page', async () => {
    const { as, start, reply } = await board();
    const threadId = await start('ada', 'Count', '1');
    for (const n of [2, 3, 4, 5]) await reply('bo', threadId, String(n));
    const page = await as('eve').query('thread', { threadId, limit: 2 });
    expect(page).toMatchObject({ title: 'Count', more: true, messages: [{ text: '4' }, { text: '5' }] });
    const before = page.messages[0]?.seq ?? null;
    const older = await as('eve').query('thread', { threadId, limit: 3, before });
    expect(older).toMatchObject({ more: false, messages: [{ text: '1' }, { text: '2' }, { text: '3' }] });
  });

  it('between two are shown to them and to the owner alone', async () => {
    const { as, send } = await board();
    const threadId = await send('ada', 'bo', 'a secret');
    for (const name of ['ada', 'bo', 'owner'] as const) {
      expect(await as(name).query('threads', {})).toMatchObject([{ title: 'ada, bo' }]);
      expect((await as(name).query('thread', { threadId })).messages).toHaveLength(1);
      expect(await as(name).query('searchBoard', { text: 'secret' })).toHaveLength(1);
    }
    expect(await as('eve').query('threads', {})).toEqual([]);
    expect(await as('eve').query('searchBoard', { text: 'secret' })).toEqual([]);
    await expect(as('eve').query('thread', { threadId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(as('eve').query('thread', { threadId: 'thread_x' as ThreadId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('an inbox', () => {
  it('tells of a budget that soon stops work: the member, and who may set it', async () => {
    const { as, idOf } = await board();
    await as('owner').command({
      type: 'budget.set',
      scope: { kind: 'member', memberId: idOf('bo') },
      tokens: 0,
    });
    const seen = { scope: 'member', name: 'bo', limit: { tokens: 0 }, state: 'used_up' };
    expect(await as('bo').query('inbox', {})).toMatchObject({ budgets: [seen] });
    expect(await as('owner').query('inbox', {})).toMatchObject({ budgets: [seen] });
    expect(await as('ada').query('inbox', {})).toMatchObject({ budgets: [] });
    const { entries } = await as('owner').query('audit', { types: ['budget'] });
    expect(entries).toMatchObject([{ what: 'budget of bo set: 0 tokens' }]);
  });

  it('has what reached a member, and loses nothing by being read', async () => {
    const { as, start, reply, send, inbox } = await board();
    const threadId = await start('ada', 'Wings', 'Look, @bo');
    await send('eve', 'bo', 'psst');
    expect(await inbox('bo')).toEqual({
      unread: 2,
      messages: [
        ['direct', 'psst', false],
        ['mention', 'Look, @bo', false],
      ],
    });
    await reply('bo', threadId, 'Nice');
    expect(await inbox('ada')).toEqual({ unread: 1, messages: [['reply', 'Nice', false]] });
    await as('ada').command({ type: 'board.mark_read' });
    expect(await inbox('ada')).toEqual({ unread: 0, messages: [['reply', 'Nice', true]] });
    expect(await inbox('ada', { onlyUnread: true })).toEqual({ unread: 0, messages: [] });
    expect(await inbox('bo', { limit: 1 })).toMatchObject({
      unread: 1,
      messages: [['direct', 'psst', false]],
    });
  });

  it('of another is open to the owner alone', async () => {
    const { as, send, inbox, idOf } = await board();
    await send('ada', 'bo', 'psst');
    expect(await inbox('owner', { memberId: idOf('bo') })).toMatchObject({ unread: 1 });
    await expect(as('eve').query('inbox', { memberId: idOf('bo') })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('has the approvals that wait for this person and for no agent', async () => {
    const { as, host } = await board();
    const ask = (title: string, more: object) => {
      host.world.pass(1_000);
      return as('ada').command({
        type: 'approval.request',
        title,
        context: 'x',
        roles: { em: 1 },
        ...more,
      } as CommandInput);
    };
    const approvals = async (name: Name) =>
      (await as(name).query('inbox', {})).approvals.map(({ gate }) => gate.name);
    await ask('by an agent', {});
    await ask('by a human', { humanRequired: true });
    await ask('by both', { humanRequired: true, roles: { em: 1, qa_lead: 1 } });
    expect(await approvals('owner')).toEqual(['by a human', 'by both']);
    expect(await approvals('eve')).toEqual([]);
    const [gate] = await as('owner').query('gates', {});
    expect(gate?.gate.name).toBe('by an agent');
    await as('owner').command({
      type: 'gate.sign',
      gateId: gate?.gate.id as never,
      decision: 'veto',
      note: 'stop',
      artifactHash: gate?.gate.artifactHash as never,
    });
    // Whoever may arbitrate is needed for that.
    expect(await approvals('owner')).toEqual(['by an agent', 'by a human', 'by both']);
  });
});

it('passes over threads that left the state, in what is found, what is unread and what fills a page', async () => {
  const { as, company, start, inbox } = await board();
  const texts = async (question: object) =>
    (await as('ada').query('searchBoard', { text: 'wings', ...question })).map(({ message }) => message.text);
  await start('bo', 'Old', '@ada old wings');
  const forgotten: ThreadId[] = [];
  for (const n of [1, 2, 3]) forgotten.push(await start('bo', 'Wings', `@ada wings, wings ${n}`));
  for (const threadId of forgotten) await as('bo').command({ type: 'thread.resolve', threadId });
  expect(await texts({ limit: 2 })).toEqual(['@ada wings, wings 3', '@ada wings, wings 2']);
  const seq = await company.coordinator.actOn((state) => {
    const kept = { tasks: 0, approvals: 0, workers: 0 };
    for (let threads = 2; threads >= 0; threads -= 1) forgetOldest(state, { ...kept, threads });
    return state.seq;
  });

  expect(await texts({ limit: 1 })).toEqual(['@ada old wings']);
  expect(await inbox('ada', { limit: 1 })).toEqual({
    unread: 1,
    messages: [['mention', '@ada old wings', false]],
  });
  expect(await as('ada').query('inbox', { limit: 1 })).toMatchObject({ more: false });
  // At an earlier moment they were there.
  await start('bo', 'Later', 'no word of it');
  expect(await texts({ limit: 1, at: { seq } })).toEqual(['@ada wings, wings 3']);
});

it('shows the board of an earlier moment: what was said by then, and what was unread', async () => {
  const { as, start, reply, company } = await board();
  const threadId = await start('ada', 'Wings', 'Look, @bo');
  await reply('eve', threadId, 'early');
  const seq = await company.coordinator.read((state) => state.seq);
  const at = { seq };
  await as('bo').command({ type: 'board.mark_read' });
  await reply('ada', threadId, 'late');
  await as('ada').command({ type: 'thread.resolve', threadId });
  const texts = async (moment: typeof at | null) =>
    (await as('bo').query('thread', { threadId, at: moment })).messages.map(({ text }) => text);
  expect(await texts(at)).toEqual(['Look, @bo', 'early']);
  expect(await texts(null)).toEqual(['Look, @bo', 'early', 'late']);
  expect(await as('bo').query('threads', { state: 'active', at })).toMatchObject([{ unread: null }]);
  expect(await as('bo').query('threads', { state: 'active' })).toEqual([]);
  const unreadAt = async (moment: typeof at | null) =>
    (await as('bo').query('inbox', { onlyUnread: true, at: moment })).messages.map(
      ({ message }) => message.text,
    );
  expect(await unreadAt(at)).toEqual(['early', 'Look, @bo']);
  expect(await unreadAt(null)).toEqual(['late']);
  expect(await as('eve').query('searchBoard', { text: 'late', at })).toEqual([]);
  expect(await as('eve').query('searchBoard', { text: 'late' })).toHaveLength(1);
});

it('finds what was written a moment ago, with where it stands', async () => {
  const { as, start, reply } = await board();
  const threadId = await start('ada', 'Release', 'We ship on Friday');
  await Promise.all(Array.from({ length: 20 }, (_, n) => reply('bo', threadId, `step ${n} of the rollout`)));
  const hits = await as('eve').query('searchBoard', { text: 'rollout step 1', limit: 100 });
  expect(hits).toHaveLength(11);
  expect(hits[0]).toMatchObject({
    thread: { title: 'Release' },
    snippet: expect.arrayContaining([{ text: 'rollout', hit: true }]),
  });
  expect(await as('eve').query('searchBoard', { text: '") OR 1 --' })).toEqual([]);
});
