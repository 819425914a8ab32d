/** What somebody did in a channel, whose host was killed before it could say so: done once, on a real log and a real outbox. */
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { ChannelStore, StoredChannel } from '../../../src/contract/channels.ts';
import type { InboundMessage } from '../../../src/contract/plugin/messages.ts';
import { ApprovalTokens, signersOf } from '../../../src/coordinator/channels/approval-tokens.ts';
import type { ChannelWorks } from '../../../src/coordinator/channels/channel-works.ts';
import { openChannelWorks } from '../../../src/coordinator/channels/channel-works.ts';
import type { CompanyCoordinator } from '../../../src/coordinator/company-coordinator.ts';
import { channelRulesSchema } from '../../../src/core/channel/channel-rules.ts';
import type { GateId } from '../../../src/core/ids.ts';
import { openSqliteChannelStore } from '../../../src/log/sqlite/channels/sqlite-channel-store.ts';
import type { RealCompany } from '../../real-company.ts';
import { openRealCompany, smallCompany } from '../../real-company.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const hanna = { id: 'U-hanna', name: 'Hanna' };
const key = Buffer.alloc(32, 7);

interface Life {
  readonly works: ChannelWorks;
  readonly store: ChannelStore;
  end(): Promise<void>;
}

/** A company with hanna, who is linked in the channel `chat`, and hosts that come and go on the same files. */
async function lives(): Promise<{
  readonly real: RealCompany;
  begin(): Life;
  /** The host is killed as soon as the log has what the message led to. */
  cut(message: InboundMessage): Promise<void>;
}> {
  const team = { name: 'people', members: [{ name: 'Hanna', role: 'em', kind: 'human' as const }] };
  const { departments = [], ...rest } = smallCompany();
  const real = await openRealCompany({
    ...rest,
    departments: [...departments, { name: 'qa', teams: [team] }],
  });
  const { coordinator } = real.company;
  const file = join(await temporaryFolder(), 'channels.sqlite');
  const since = await coordinator.read(({ seq }) => seq);
  const stored: StoredChannel = {
    ...{ name: 'chat', plugin: 'chat', enabled: true, settings: {}, secrets: [], consent: null, since },
    rules: channelRulesSchema.parse({}),
  };
  const live = (store: ChannelStore, by: CompanyCoordinator): Life => {
    const works = openChannelWorks({
      ...{ companyId: real.company.id, coordinator: by, carries: true, store },
      carrier: { key, url: () => null },
      channels: () => [{ stored, capabilities: ['text', 'thread', 'inbound'] }],
      ...{ fed: () => undefined, onFault: () => undefined },
    });
    const end = async () => {
      await works.feed?.close();
      store.close();
    };
    return { works, store, end };
  };
  const first = live(openSqliteChannelStore(file), coordinator);
  first.store.link('chat', hanna, (await real.member('Hanna')).id, coordinator.now());
  await first.end();
  return {
    real,
    begin: () => {
      const life = live(openSqliteChannelStore(file), coordinator);
      onTestFinished(life.end);
      return life;
    },
    cut: async (message) => {
      const store = openSqliteChannelStore(file);
      let kill: () => void = () => undefined;
      const killed = new Promise<void>((resolve) => {
        kill = resolve;
      });
      // Nothing of it goes on: no answer ever comes.
      const execute: CompanyCoordinator['execute'] = async (...call) => {
        await coordinator.execute(...call);
        kill();
        return new Promise(() => undefined);
      };
      const dying = new Proxy(coordinator, {
        get: (of, name) => {
          const part: unknown = Reflect.get(of, name, of);
          return name === 'execute' ? execute : typeof part === 'function' ? part.bind(of) : part;
        },
      });
      const works = openChannelWorks({
        ...{ companyId: real.company.id, coordinator: dying, carries: false, store },
        carrier: { key, url: () => null },
        ...{ channels: () => [], fed: () => undefined, onFault: () => undefined },
      });
      void works.inbound.receive('chat', message);
      await killed;
      store.close();
    },
  };
}

const textsOf = async ({ owner }: RealCompany) => {
  const threads = await owner.query('threads', { limit: 50 });
  const read = threads.map(({ thread }) => owner.query('thread', { threadId: thread.id }));
  return (await Promise.all(read)).map(({ messages }) => messages.map(({ text }) => text));
};

it('an answer is written once, in one thread, and does not go back to where it came from', async () => {
  const { real, begin, cut } = await lives();
  const thread = { id: '7', place: 'room', thread: '7' };
  const reply = { kind: 'reply', id: 'message:7', from: hanna, text: 'Pizza', thread } as const;
  await cut(reply);
  const life = begin();
  expect(await life.works.inbound.receive('chat', reply)).toEqual({ ok: true, text: '' });
  expect(await textsOf(real)).toEqual([['Pizza']]);
  // What is written below it later is in the same thread, and the same words again are words of their own.
  const later = { ...reply, id: 'message:8', thread: { ...thread, id: '8' } };
  await life.works.inbound.receive('chat', later);
  // One host carries at a time.
  await life.end();
  await cut({ ...later, id: 'message:9' });
  const last = begin();
  await last.works.inbound.receive('chat', { ...later, id: 'message:9' });
  await real.owner.command({ type: 'thread.start', title: 'Lunch', text: 'From the app.' });
  await expect.poll(() => last.store.next('chat', real.company.coordinator.now())).not.toBeNull();
  expect(last.store.next('chat', real.company.coordinator.now())).toMatchObject({
    rows: [{ notice: { text: 'From the app.' } }],
  });
  expect(await textsOf(real)).toContainEqual(['Pizza', 'Pizza', 'Pizza']);
});

it.each([
  ['approves', 0, 'open', 'You have signed Plan for em.'],
  ['sends back', 1, 'rejected', 'You have sent back Plan for em.'],
] as const)(
  'a button that %s counts, and whoever pressed it is told so',
  async (_does, button, state, told) => {
    const { real, begin, cut } = await lives();
    const { coordinator } = real.company;
    const asked = { type: 'approval.request', title: 'Plan', context: 'May it?', roles: { em: 1 } } as const;
    const { events } = await real.owner.command({ ...asked, selfApproval: 'allowed' });
    const gate = events.map(({ event }) => event).find((event) => event.type === 'gate.asked');
    if (!gate) throw new Error('no gate was asked');
    const { gateId, artifactHash } = gate;
    const life = begin();
    const { id } = await real.member('Hanna');
    const signers = await coordinator.read((current) => signersOf(current, gateId, artifactHash, [id]));
    const tokens = new ApprovalTokens(life.store, key);
    const token =
      tokens.offer('chat', { gateId, artifactHash }, signers, coordinator.now())[button]?.token ?? '';
    await life.end();
    const press = { kind: 'action', id: 'action:1', from: hanna, token, note: 'Too short.' } as const;
    await cut(press);
    const next = begin();
    expect(await next.works.inbound.receive('chat', press)).toEqual({ ok: true, text: told });
    expect((await real.owner.query('gate', { gateId: gateId as GateId })).gate.state).toBe(state);
    // Whoever presses it once more, or has seen the token, is refused as ever.
    const again = await next.works.inbound.receive('chat', { ...press, id: 'action:2' });
    expect(again).toMatchObject({ ok: false, text: expect.stringContaining('used already') });
  },
);
