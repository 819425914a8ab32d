/** Members work together: the board, decisions, approvals, and a coordinator that approves nothing unless told to. */
import { expect, it } from 'vitest';
import type { GateView } from '../../src/contract/queries.ts';
import { openClientHost } from './client-host.ts';

it('brings what is written to whom it names', async () => {
  const host = await openClientHost();
  const ann = await host.connect({ member: 'ann' });
  const bob = await host.connect({ member: 'bob' });
  const threadId = await ann.postThread({ title: 'Deploy', message: 'Is it green, @bob?', kind: 'QUESTION' });
  await expect.poll(async () => (await bob.inbox()).messages.length).toBe(1);
  await bob.reply(threadId, 'It is.', { kind: 'SUCCESS' });
  await bob.send('Ann', 'Between us: barely.');
  await expect.poll(async () => (await ann.inbox({ onlyUnread: true })).messages.length).toBe(2);
  await ann.broadcast({ title: 'Kick-off', message: 'Tasks are ready.', priority: 'HIGH' });
  const titles = (await bob.query('threads', {})).map(({ title }) => title);
  expect(titles).toEqual(expect.arrayContaining(['Kick-off', 'Deploy']));
  await expect(ann.send('nobody', 'Hello?')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('puts a decision on record', async () => {
  const host = await openClientHost();
  const ann = await host.connect({ member: 'ann' });
  await ann.logDecision({ kind: 'deployment', context: 'Backend v2.0', reason: 'All tests pass.' });
  const { entries } = await ann.query('audit', { types: ['decision.logged'], limit: 1 });
  expect(entries).toMatchObject([{ actor: { name: 'ann' }, reason: 'All tests pass.' }]);
});

it('waits until an approval is given, or takes it back', async () => {
  const host = await openClientHost();
  const ann = await host.connect({ member: 'ann' });
  const owner = await host.connect();
  const wish = { title: 'Deploy', context: 'v2.0 to production', roles: ['em'], humanRequired: true };
  const asked = ann.requestApproval(wish);
  await expect.poll(async () => (await owner.query('gates', {})).length).toBe(1);
  const [view] = await owner.query('gates', {});
  if (!view?.gate.artifactHash) throw new Error('nothing to sign');
  await owner.command({
    type: 'gate.sign',
    gateId: view.gate.id,
    decision: 'approve',
    artifactHash: view.gate.artifactHash,
  });
  expect(await asked).toMatchObject({ settled: true, gate: { state: 'open' } });

  const stop = new AbortController();
  const withdrawn = ann.requestApproval({ ...wish, signal: stop.signal });
  await expect.poll(async () => (await owner.query('gates', {})).length).toBe(1);
  stop.abort(new Error('changed my mind'));
  await expect(withdrawn).rejects.toThrow('changed my mind');
  expect(await owner.query('gates', {})).toEqual([]);
});

it('orchestrates without approving anything, until it is told to', async () => {
  const host = await openClientHost();
  const ann = await host.connect({ member: 'ann' });
  const owner = await host.connect();
  const asked = await ann.requestApproval({ title: 'Deploy', context: 'v2', roles: ['em'], wait: 0 });
  const { id } = asked.gate;
  const state = async () => (await ann.query('gate', { gateId: id })).gate.state;

  const told: string[] = [];
  const stop = new AbortController();
  const loop = owner.orchestrate({
    interval: 20,
    signal: stop.signal,
    onApprovalNeeded: ({ gate }: GateView) => {
      told.push(gate.name);
      return undefined;
    },
    onStatus: ({ gatesWaiting }) => {
      expect(gatesWaiting).toBe(1);
      if (told.length > 0) stop.abort();
    },
  });
  await loop;
  expect(told).toEqual(['Deploy']);
  expect(await state()).toBe('waiting');

  const signed = new AbortController();
  const approving = owner.orchestrate({ interval: 20, autoApprove: true, signal: signed.signal });
  await expect.poll(state).toBe('open');
  signed.abort();
  await approving;
});

it('approves only what its member may, also when it is told to approve all', async () => {
  const host = await openClientHost();
  const ann = await host.connect({ member: 'ann' });
  const bob = await host.connect({ member: 'bob' });
  const asked = await ann.requestApproval({ title: 'Deploy', context: 'v2', roles: ['em'], wait: 0 });
  let looks = 0;
  const stop = new AbortController();
  await bob.orchestrate({
    interval: 10,
    autoApprove: true,
    signal: stop.signal,
    onStatus: () => {
      looks += 1;
      if (looks > 3) stop.abort();
    },
  });
  expect((await ann.query('gate', { gateId: asked.gate.id })).gate).toMatchObject({
    state: 'waiting',
    signOffs: [],
  });
});

it('gives the verdict of its handler, by a review when it is an agent, and tells of a refusal', async () => {
  const host = await openClientHost();
  const ann = await host.connect({ member: 'ann' });
  const emma = await host.connect({ member: 'emma' });
  const asked = await ann.requestApproval({ title: 'Deploy', context: 'v2', roles: ['em'], wait: 0 });
  const stop = new AbortController();
  const loop = emma.orchestrate({
    interval: 50,
    signal: stop.signal,
    onApprovalNeeded: () => ({ decision: 'request_changes', note: 'Show me the tests.' }),
  });
  const settled = await ann.waitForApproval(asked.gate.id);
  expect(settled.gate).toMatchObject({ state: 'rejected', refusal: { note: 'Show me the tests.' } });
  stop.abort();
  await loop;

  const second = await ann.requestApproval({
    title: 'Again',
    context: 'v3',
    roles: ['em'],
    humanRequired: true,
    wait: 0,
  });
  const refused = new AbortController();
  const codes: string[] = [];
  await emma.orchestrate({
    interval: 10,
    signal: refused.signal,
    onApprovalNeeded: () => ({ decision: 'approve' }),
    onRefused: (_gate, { code }) => {
      codes.push(code);
      refused.abort();
    },
  });
  expect(codes).toEqual(['NOT_ENTITLED']);
  expect((await ann.query('gate', { gateId: second.gate.id })).gate.state).toBe('waiting');
});

it('gives later what its agent is too busy for now, without asking twice, among any number of tasks', async () => {
  const host = await openClientHost();
  const owner = await host.connect();
  const ann = await host.connect({ member: 'ann' });
  const emma = await host.connect({ member: 'emma' });
  const [busy = ''] = await owner.createTasks([{ title: 'First this', roleId: 'em' }]);
  const task = await emma.claimTask({ taskId: busy });
  // More urgent than the review, and more than one page of them.
  await owner.createTasks(Array.from({ length: 300 }, () => ({ title: 'Other', priority: 'URGENT' })));
  const asked = await ann.requestApproval({ title: 'Deploy', context: 'v2', roles: ['em'], wait: 0 });
  let told = 0;
  let looks = 0;
  const refused: string[] = [];
  const stop = new AbortController();
  const loop = emma.orchestrate({
    interval: 20,
    signal: stop.signal,
    onApprovalNeeded: () => {
      told += 1;
      return { decision: 'approve' };
    },
    onStatus: () => {
      looks += 1;
    },
    onRefused: (_gate, { code }) => refused.push(code),
  });
  await expect.poll(() => looks).toBeGreaterThan(3);
  expect((await ann.query('gate', { gateId: asked.gate.id })).gate.state).toBe('waiting');
  await task?.complete();
  expect((await ann.waitForApproval(asked.gate.id, { wait: 10_000 })).gate.state).toBe('open');
  stop.abort();
  await loop;
  expect({ told, refused }).toEqual({ told: 1, refused: [] });
});

it('answers the review that its agent may, not the first', async () => {
  const host = await openClientHost();
  const ann = await host.connect({ member: 'ann' });
  const bob = await host.connect({ member: 'bob' });
  const roles = ['em', 'engineer'];
  const asked = await ann.requestApproval({ title: 'Deploy', context: 'v2', roles, wait: 0 });
  const stop = new AbortController();
  const refused: string[] = [];
  const loop = bob.orchestrate({
    interval: 20,
    signal: stop.signal,
    autoApprove: true,
    onRefused: (_gate, { code }) => refused.push(code),
  });
  const signOffs = async () => (await ann.query('gate', { gateId: asked.gate.id })).gate.signOffs;
  await expect.poll(async () => (await signOffs()).map(({ roleId }) => roleId)).toEqual(['engineer']);
  stop.abort();
  await loop;
  expect(refused).toEqual([]);
});
