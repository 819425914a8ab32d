/** Work is sent back from a channel and handed in again: the buttons of what was handed in before sign nothing, and a gate opens by those of its people. */
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
  }
  const tokens = new ApprovalTokens(store, Buffer.alloc(32, 7));
  const inbound = new Inbound({
    ...{ store, coordinator, tokens, links: new IdentityLinks(store), now: world.now },
    feed: { withoutEcho: (_channel, act) => act(), noteEcho: () => undefined },
  });
  let count = 0;
  const presses = (who: string, token: string): Promise<InboundAnswer> => {
    count += 1;
    const from = { id: `U-${who}`, name: who };
    return inbound.receive('chat', { kind: 'action', id: `press-${count}`, from, token, note: 'Because.' });
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
  const refusals = async (): Promise<string> => {
    const events = (await log.read(0 as never)).filter(({ event }) => event.type === 'command.refused');
    return events.map((event) => JSON.stringify(event)).join('\n');
  };
  return { ...company, presses, buttons, refusals };
}

it('signs only what is handed in now', async () => {
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
