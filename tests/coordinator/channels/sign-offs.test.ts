/** A button in a channel signs for one member, one role, one artifact, in one channel, once and for a time; what else is done with it is refused and recorded. */
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Action, InboundAnswer } from '../../../src/contract/plugin/messages.ts';
import { ApprovalTokens, signersOf } from '../../../src/coordinator/channels/approval-tokens.ts';
import { IdentityLinks } from '../../../src/coordinator/channels/identity-links.ts';
import { Inbound } from '../../../src/coordinator/channels/inbound.ts';
import type { GateId, MemberId } from '../../../src/core/ids.ts';
import { openSqliteChannelStore } from '../../../src/log/sqlite/channels/sqlite-channel-store.ts';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import { sqliteOptions } from '../../../src/serve/installation.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { claim, complete, openCompany, startWorker } from '../kit.ts';

/** Hanna manages engineering, Quentin leads QA; both are people, and linked in the channel `chat`. */
async function openLinked() {
  const folder = await temporaryFolder();
  const log = openSqliteEventLog(path.join(folder, 'log.sqlite'));
  const company = await openCompany({ log });
  const { coordinator, world } = company;
  const store = openSqliteChannelStore(path.join(folder, 'channels.sqlite'), sqliteOptions);
  onTestFinished(() => store.close());
  for (const [name, role] of [
    ['hanna', 'em'],
    ['quentin', 'qa_lead'],
  ] as const) {
    await company.as('owner', { type: 'member.add', teamId: null, member: { name, role, kind: 'human' } });
    store.link('chat', { id: `U-${name}`, name }, await company.member(name), world.now());
    store.link('other', { id: `U-${name}`, name }, await company.member(name), world.now());
  }
  const tokens = new ApprovalTokens(store, Buffer.alloc(32, 7));
  const inbound = new Inbound({
    ...{ store, coordinator, tokens, links: new IdentityLinks(store), now: world.now },
    feed: { withoutEcho: (_channel, act) => act() },
  });
  let count = 0;
  const presses = (who: string, token: string, channel = 'chat'): Promise<InboundAnswer> => {
    count += 1;
    const from = { id: `U-${who}`, name: who };
    return inbound.receive(channel, { kind: 'action', id: `press-${count}`, from, token, note: 'Because.' });
  };
  const buttons = async (gateId: GateId, ...who: readonly string[]): Promise<Action[]> => {
    const members: MemberId[] = await Promise.all(who.map((name) => company.member(name)));
    return coordinator.read((state) => {
      const artifactHash = state.gates.get(gateId)?.artifactHash;
      if (!artifactHash) throw new Error('the gate waits for nothing');
      const signers = signersOf(state, gateId, artifactHash, members);
      return tokens.offer('chat', { gateId, artifactHash }, signers, world.now());
    });
  };
  const ask = async (roles: Record<string, number>): Promise<GateId> => {
    const asked = { type: 'approval.request', title: 'Plan', context: 'May it go on?', roles } as const;
    const { events } = await company.as('owner', asked);
    for (const { event } of events) if (event.type === 'gate.asked') return event.gateId;
    throw new Error('no gate was asked');
  };
  const refusals = async (): Promise<string> => {
    const events = (await log.read(0 as never)).filter(({ event }) => event.type === 'command.refused');
    return events.map((event) => JSON.stringify(event)).join('\n');
  };
  return { ...company, presses, buttons, ask, refusals };
}

it('is refused to whoever it was not made out to, whatever they hold', async () => {
  const { presses, buttons, ask, refusals } = await openLinked();
  const [approve] = await buttons(await ask({ em: 1, qa_lead: 1 }), 'hanna');
  const answer = await presses('quentin', approve?.token ?? '');
  expect(answer).toMatchObject({ ok: false, text: expect.stringContaining('made out to somebody else') });
  // It was not used up by that.
  expect(await presses('hanna', approve?.token ?? '')).toMatchObject({ ok: true });
  expect(await presses('hanna', approve?.token ?? '')).toMatchObject({
    text: expect.stringContaining('used already'),
  });
  const recorded = await refusals();
  for (const why of ['made out to somebody else', 'used already']) expect(recorded).toContain(why);
});

it('is refused in another channel, with another decision, and when it has run out', async () => {
  const { presses, buttons, ask, refusals, world } = await openLinked();
  const [approve] = await buttons(await ask({ em: 1 }), 'hanna');
  const token = approve?.token ?? '';
  expect(await presses('hanna', token, 'other')).toMatchObject({
    ok: false,
    text: expect.stringContaining('made for the channel chat'),
  });
  expect(await presses('hanna', `c${token.slice(1)}`)).toMatchObject({
    ok: false,
    text: expect.stringContaining('none of ours'),
  });
  world.pass(72 * 3_600_000);
  expect(await presses('hanna', token)).toMatchObject({
    ok: false,
    text: expect.stringContaining('has run out'),
  });
  const recorded = await refusals();
  for (const why of ['made for the channel chat', 'none of ours', 'has run out'])
    expect(recorded).toContain(why);
});

it('is refused to a member who no longer holds the role', async () => {
  const { presses, buttons, ask, refusals, as, member, coordinator } = await openLinked();
  const gateId = await ask({ em: 1 });
  const [approve] = await buttons(gateId, 'hanna');
  await as('owner', { type: 'member.change', memberId: await member('hanna'), member: { role: 'engineer' } });
  expect(await presses('hanna', approve?.token ?? '')).toMatchObject({ ok: false });
  expect(await coordinator.read((state) => state.gates.get(gateId)?.signOffs)).toEqual([]);
  expect(await refusals()).toContain('channel.sign');
});

it('is refused for an artifact that is no longer the one that goes on', async () => {
  const company = await openLinked();
  const { presses, buttons, refusals, as, coordinator } = company;
  await as('owner', { type: 'epic.create', title: 'Ship', workflow: 'small' });
  const worker = await startWorker(company, 'ada');
  const handIn = async (hash: string): Promise<GateId> => {
    const claimed = await claim(company, 'ada', worker);
    if (!claimed) throw new Error('there was nothing to claim');
    const { events } = await complete(company, 'ada', claimed, hash as never);
    for (const { event } of events) if (event.type === 'gate.asked') return event.gateId;
    throw new Error('no gate was asked');
  };
  const gateId = await handIn('a'.repeat(64));
  const [, changes] = await buttons(gateId, 'quentin');
  const [old] = await buttons(gateId, 'hanna');
  expect(await presses('quentin', changes?.token ?? '')).toMatchObject({ ok: true });
  expect(await handIn('b'.repeat(64))).toBe(gateId);
  expect(await presses('hanna', old?.token ?? '')).toMatchObject({ ok: false });
  expect(await coordinator.read((state) => state.gates.get(gateId)?.signOffs)).toEqual([]);
  expect(await refusals()).toContain('APPROVAL_REFUSED');
  for (const name of ['hanna', 'quentin']) {
    const [fresh] = await buttons(gateId, name);
    expect(await presses(name, fresh?.token ?? '')).toMatchObject({ ok: true });
  }
  expect(await coordinator.read((state) => state.gates.get(gateId)?.state)).toBe('open');
});
