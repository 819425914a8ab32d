/** The owner's programs act for members: an agent is online by the connection and gone with it, and it is on record. */
import { expect, it } from 'vitest';
import type { Coordination } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { SmallHost } from './acting-host.ts';
import { openActingHost } from './acting-host.ts';

async function workers(owner: Coordination) {
  return (await owner.query('workers', {})).map(({ launcher, runner, pid, state }) => ({
    launcher,
    runner,
    pid,
    state,
  }));
}

const pid = 4_711;

async function acting(host: SmallHost, wish: Parameters<Coordination['actAs']>[0]) {
  const line = new AbortController();
  const session = await host.connect(line.signal);
  return { session, line, acting: await session.actAs(wish) };
}

it('makes an agent online until the connection ends, and records it', async () => {
  const host = await openActingHost();
  const { session, line, acting: me } = await acting(host, { member: 'Ann', workingOn: 'the login', pid });
  expect(me).toMatchObject({ name: 'ann', kind: 'agent', workerId: expect.stringMatching(/^worker_/) });
  expect(await workers(host.owner)).toEqual([
    { launcher: 'external', runner: 'script', pid, state: 'ready' },
  ]);
  const { entries } = await host.owner.query('audit', { types: ['session.opened'] });
  expect(entries).toMatchObject([
    {
      actor: { name: 'owner' },
      reason: 'the login',
      what: expect.stringMatching(/^session opened for ann by “.*” \(process 4711\)$/),
      event: { sessionId: me.sessionId, memberId: me.memberId, pid },
    },
  ]);

  await session.command({ type: 'lock.acquire', scope: 'src/**', intent: 'edit' });
  const [lock] = await host.owner.query('locks', {});
  expect(lock?.holder).toMatchObject({
    memberId: me.memberId,
    sessionId: me.sessionId,
    workerId: me.workerId,
  });

  line.abort();
  await host.until(({ workers: all }) => [...all.values()].every(({ endedAt }) => endedAt !== null));
  expect(await workers(host.owner)).toMatchObject([{ state: 'stopped' }]);
  await host.until(({ locks }) => [...locks.values()].length === 0);
});

it('counts the task that it had in its hands as a failed attempt', async () => {
  const host = await openActingHost();
  await host.owner.command({ type: 'task.create', title: 'Dig', roleId: 'engineer' });
  const { session, line, acting: me } = await acting(host, { role: 'engineer', pid });
  await session.command({ type: 'task.claim', workerId: me.workerId });
  line.abort();
  await host.until(({ workers: all }) => [...all.values()].every(({ state }) => state === 'crashed'));
  const [dig] = await host.owner.query('tasks', {});
  expect(dig?.task).toMatchObject({ state: 'blocked', failures: 1 });
});

it('ends with its worker when a person ends that, and says so to whoever comes back', async () => {
  const host = await openActingHost();
  await host.owner.command({ type: 'task.create', title: 'Dig', roleId: 'engineer' });
  const { session, acting: me } = await acting(host, { member: 'ann', pid });
  await session.command({ type: 'task.claim', workerId: me.workerId });
  await session.command({ type: 'lock.acquire', scope: 'src/**', intent: 'edit' });
  const workerId = me.workerId ?? '';
  await host.owner.command({ type: 'worker.end', workerId, outcome: 'stopped', reason: 'it hangs' });
  await host.until(({ locks }) => [...locks.values()].length === 0);
  expect(await host.owner.query('tasks', {})).toMatchObject([{ task: { state: 'ready' } }]);
  const gone = {
    code: 'SESSION_INVALID',
    message: expect.stringMatching(/has ended with its worker .*: it hangs\. .*connect anew/),
  };
  await expect(session.command({ type: 'worker.beat', workerId })).rejects.toMatchObject(gone);
  await expect(session.query('status', {})).rejects.toMatchObject(gone);
  expect((await acting(host, { member: 'ann', pid })).acting.workerId).not.toBe(workerId);
});

it('hears of the end of its worker also while the session opens', async () => {
  const host = await openActingHost();
  const ended: Promise<unknown>[] = [];
  host.onEvent((event) => {
    if (event.type !== 'worker.ready') return;
    const { workerId } = event;
    const end = { type: 'worker.end', workerId, outcome: 'stopped', reason: 'the wrong one' } as const;
    ended.push(host.owner.command(end));
  });
  const { session } = await acting(host, { member: 'ann', pid });
  expect(ended).toHaveLength(1);
  await Promise.all(ended);
  const gone = { code: 'SESSION_INVALID', message: expect.stringContaining(': the wrong one.') };
  await expect(session.query('status', {})).rejects.toMatchObject(gone);
  const lock = { type: 'lock.acquire', scope: 'src/**', intent: 'edit' } as const;
  await expect(session.command(lock)).rejects.toMatchObject(gone);
});

it('ends with a stop of everything, and nobody acts for an agent until it goes on', async () => {
  const host = await openActingHost();
  await host.owner.command({ type: 'task.create', title: 'Dig', roleId: 'engineer' });
  const { session, acting: me } = await acting(host, { member: 'ann', pid });
  await session.command({ type: 'task.claim', workerId: me.workerId });
  const lock = { type: 'lock.acquire', scope: 'src/**', intent: 'edit' } as const;
  await session.command(lock);
  const { session: hera } = await acting(host, { member: 'hera', pid });
  await host.owner.command({ type: 'company.stop', reason: 'a fire' });
  expect(await workers(host.owner)).toMatchObject([{ state: 'stopped' }]);
  expect(await host.owner.query('locks', {})).toEqual([]);
  await expect(session.command(lock)).rejects.toMatchObject({
    code: 'SESSION_INVALID',
    message: expect.stringContaining(': the company was stopped: a fire. What it held is others’ to do'),
  });
  await hera.command(lock);
  await expect(acting(host, { role: 'engineer', pid })).rejects.toMatchObject({ code: 'PAUSED' });
  await host.owner.command({ type: 'company.resume' });
  await acting(host, { member: 'ann', pid });
});

it('gives a member’s own session of an agent no lock while everything is stopped', async () => {
  const host = await openActingHost();
  const ann = await host.connect(new AbortController().signal, await host.member('ann'));
  const lock = { type: 'lock.acquire', scope: 'src/**', intent: 'edit' } as const;
  await ann.command(lock);
  await host.owner.command({ type: 'company.stop', reason: 'a fire' });
  await expect(ann.command(lock)).rejects.toMatchObject({ code: 'PAUSED' });
  await host.owner.command({ type: 'company.resume' });
  await ann.command(lock);
});

it('finds an agent of the role that is free, each time another', async () => {
  const host = await openActingHost();
  const names: string[] = [];
  for (let i = 0; i < 2; i += 1) names.push((await acting(host, { role: 'engineer', pid })).acting.name);
  expect(names).toEqual(['ann', 'bob']);
  // An EM is an engineer too, by inheritance.
  const third = await acting(host, { role: 'engineer', pid });
  expect(third.acting.name).toBe('emma');
  await expect(acting(host, { role: 'engineer', pid })).rejects.toMatchObject({ code: 'AGENT_BUSY' });
});

it('acts for a person without a worker', async () => {
  const host = await openActingHost();
  const { session, acting: me } = await acting(host, { member: 'hera', pid });
  expect(me).toMatchObject({ kind: 'human', workerId: null });
  expect(await workers(host.owner)).toEqual([]);
  await session.command({ type: 'decision.log', kind: 'k', context: 'c', reason: 'r' });
  const { entries } = await host.owner.query('audit', { actor: me.memberId });
  expect(entries).toHaveLength(1);
});

it('signs for nobody but the owner, and says so on record', async () => {
  const host = await openActingHost();
  const { session: ann } = await acting(host, { member: 'ann', pid });
  const wish = { context: 'v2', roles: { em: 1 }, artifacts: [], humanRequired: true };
  for (const title of ['One', 'Two']) await ann.command({ type: 'approval.request', title, ...wish });
  const [one, two] = (await host.owner.query('gates', {})).map(({ gate }) => gate);
  const verdict = (gate: typeof one, decision: 'approve' | 'veto') => ({
    type: 'gate.sign' as const,
    gateId: gate?.id ?? '',
    decision,
    note: 'seen',
    artifactHash: gate?.artifactHash ?? '',
  });
  const { session: hera } = await acting(host, { member: 'hera', pid });
  for (const decision of ['approve', 'veto'] as const) {
    await expect(hera.command(verdict(one, decision))).rejects.toMatchObject({
      code: 'NOT_IN_PERSON',
      message: expect.stringContaining('hera'),
    });
  }
  const { entries } = await host.owner.query('audit', { types: ['command.refused'] });
  expect(entries.map(({ what }) => what)).toEqual([
    'refused gate.sign: NOT_IN_PERSON',
    'refused gate.sign: NOT_IN_PERSON',
  ]);
  const { session: owner } = await acting(host, { member: 'owner', pid });
  await owner.command(verdict(one, 'approve'));
  const own = await host.connect(new AbortController().signal, await host.member('hera'));
  await own.command(verdict(two, 'approve'));
  const states = (await host.owner.query('gates', { all: true })).map(({ gate }) => gate.state);
  expect(states).toEqual(['open', 'open']);
});

it.each([
  ['a member that there is not', { member: 'nobody' }, 'NOT_FOUND'],
  ['a member without the role', { member: 'pia', role: 'engineer' }, 'NOT_ENTITLED'],
  ['a role that no agent has', { role: 'designer' }, 'NOT_FOUND'],
  ['neither a member nor a role', {}, 'BAD_INPUT'],
] as const)('refuses %s', async (_what, wish, code) => {
  const host = await openActingHost();
  await expect(acting(host, { ...wish, pid })).rejects.toMatchObject({ code });
  expect(await workers(host.owner)).toEqual([]);
});

it('is for the owner alone', async () => {
  const host = await openActingHost();
  const ann = await host.member('ann');
  const session = await host.connect(new AbortController().signal, ann);
  await expect(session.actAs({ member: 'hera', pid })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

it('goes back to the owner with the next hello, and the worker ends', async () => {
  const host = await openActingHost();
  const { session } = await acting(host, { member: 'ann', pid });
  await session.hello({ version: rpcVersion, token: host.ownerToken, client: 'script' });
  await host.until(({ workers: all }) => [...all.values()].every(({ state }) => state === 'stopped'));
});

it('ends at the start what was connected to an earlier host', async () => {
  const host = await openActingHost();
  await acting(host, { member: 'ann', pid });
  const again = await host.reopen();
  await again.until(({ workers: all }) => [...all.values()].every(({ endedAt }) => endedAt !== null));
});
