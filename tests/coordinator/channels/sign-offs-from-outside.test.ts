/** Every way in which a sign-off that comes from a channel is refused: said to whoever sent it, on record, and the gate stays as it was. */
import { expect, it } from 'vitest';
import type { Action } from '../../../src/contract/plugin/messages.ts';
import { ApprovalTokens, signersOf } from '../../../src/coordinator/channels/approval-tokens.ts';
import { IdentityLinks } from '../../../src/coordinator/channels/identity-links.ts';
import { Inbound } from '../../../src/coordinator/channels/inbound.ts';
import type { ArtifactHash, GateId } from '../../../src/core/ids.ts';
import type { Member } from '../../../src/core/org/org.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import type { RealCompany } from '../../real-company.ts';
import { openRealCompany, smallCompany } from '../../real-company.ts';
import { openStore } from './carried-outbox.ts';

const [hanna, otto] = [
  { id: 'U-hanna', name: 'Hanna' },
  { id: 'U-otto', name: 'Otto' },
];
const hour = 3_600_000;

interface Outside {
  readonly real: RealCompany;
  readonly gateId: GateId;
  readonly hanna: Member;
  readonly tokens: ApprovalTokens;
  /** The two buttons of hanna: approve, request changes. */
  readonly buttons: readonly Action[];
  /** Somebody presses one in a channel, so many hours from now. */
  press(
    token: string,
    more?: { from?: typeof hanna; channel?: string; hours?: number },
  ): Promise<{ ok: boolean; text: string }>;
  offer(artifactHash: ArtifactHash): Action[];
}

/** A gate waits for an em; hanna, who is one, and the owner, as otto, are linked in two channels. */
async function outside(): Promise<Outside> {
  const team = { name: 'people', members: [{ name: 'Hanna', role: 'em', kind: 'human' as const }] };
  const { departments = [], ...rest } = smallCompany();
  const real = await openRealCompany({
    ...rest,
    departments: [...departments, { name: 'qa', teams: [team] }],
  });
  const { coordinator } = real.company;
  const asked = { type: 'approval.request', title: 'Plan', context: 'May it?', roles: { em: 1 } } as const;
  const { events } = await real.owner.command({ ...asked, selfApproval: 'allowed' });
  const gate = events.map(({ event }) => event).find((event) => event.type === 'gate.asked');
  if (!gate) throw new Error('no gate was asked');
  const { gateId, artifactHash } = gate;
  const store = await openStore();
  const member = await real.member('Hanna');
  const ownerId = await coordinator.read(({ company }) => company?.ownerId ?? member.id);
  const now = coordinator.now();
  for (const channel of ['chat', 'other']) {
    store.link(channel, hanna, member.id, now);
    store.link(channel, otto, ownerId, now);
  }
  const tokens = new ApprovalTokens(store, Buffer.alloc(32, 7));
  const signers = await coordinator.read((state) => signersOf(state, gateId, artifactHash, [member.id]));
  const offer = (hash: ArtifactHash) => tokens.offer('chat', { gateId, artifactHash: hash }, signers, now);
  let count = 0;
  return {
    ...{ real, gateId, hanna: member, tokens, offer, buttons: offer(artifactHash) },
    press: (token, { from = hanna, channel = 'chat', hours = 0 } = {}) => {
      count += 1;
      const later = () => (coordinator.now() + hours * hour) as EpochMs;
      const feed = {
        withoutEcho: <R>(_channel: string, act: () => Promise<R>) => act(),
        noteEcho: () => undefined,
      };
      const inbound = new Inbound({
        store,
        coordinator,
        tokens,
        links: new IdentityLinks(store),
        feed,
        now: later,
      });
      return inbound.receive(channel, { kind: 'action', id: `press-${count}`, from, token, note: 'Fine.' });
    },
  };
}

const tokenOf = ({ buttons }: Outside): string => buttons[0]?.token ?? '';
const changed = (token: string): string => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;

it.each<[string, (outside: Outside) => Promise<{ ok: boolean; text: string }>, string]>([
  ['a forged signature', (at) => at.press(changed(tokenOf(at))), 'none of ours, or was changed'],
  [
    'the token of one decision made that of the other',
    (at) => at.press(`c${tokenOf(at).slice(1)}`),
    'none of ours, or was changed',
  ],
  ['no token at all', (at) => at.press('approve it!'), 'none of ours, or was changed'],
  ['the token of another member', (at) => at.press(tokenOf(at), { from: otto }), 'made out to somebody else'],
  [
    'a token of another channel',
    (at) => at.press(tokenOf(at), { channel: 'other' }),
    'made for the channel chat',
  ],
  ['a token that has expired', (at) => at.press(tokenOf(at), { hours: 73 }), 'has run out'],
  [
    'an account that nobody linked',
    (at) => at.press(tokenOf(at), { from: { id: 'U-eve', name: 'Hanna' } }),
    'not linked to a member',
  ],
  [
    'a role that its member has no more',
    async (at) => {
      await at.real.owner.command({
        type: 'member.change',
        memberId: at.hanna.id,
        member: { role: 'qa_eng' },
      });
      return at.press(tokenOf(at));
    },
    'entitled',
  ],
  [
    'another artifact than what is asked',
    (at) => at.press(at.offer('b'.repeat(64) as ArtifactHash)[0]?.token ?? ''),
    'another artifact',
  ],
])('%s is refused and on record', async (_what, press, why) => {
  const at = await outside();
  const answer = await press(at);
  expect(answer).toMatchObject({ ok: false, text: expect.stringContaining(why) });
  const { gate } = await at.real.owner.query('gate', { gateId: at.gateId });
  expect(gate).toMatchObject({ state: 'waiting', signOffs: [] });
  const { entries } = await at.real.owner.query('audit', { types: ['command.refused'], limit: 10 });
  expect(JSON.stringify(entries)).toContain(why);
  expect(JSON.stringify(entries)).toContain('channel.sign');
});

it('a gate that was decided already, and a token that was used, are refused and on record', async () => {
  const at = await outside();
  const again = at.offer(
    (await at.real.owner.query('gate', { gateId: at.gateId })).gate.artifactHash as ArtifactHash,
  );
  expect(await at.press(tokenOf(at))).toMatchObject({ ok: true });
  expect(await at.press(tokenOf(at))).toMatchObject({
    ok: false,
    text: expect.stringContaining('used already'),
  });
  expect(await at.press(again[0]?.token ?? '')).toMatchObject({
    ok: false,
    text: expect.stringContaining('it is open already'),
  });
  const { entries } = await at.real.owner.query('audit', { types: ['command.refused'], limit: 10 });
  for (const why of ['used already', 'it is open already']) expect(JSON.stringify(entries)).toContain(why);
  const { gate } = await at.real.owner.query('gate', { gateId: at.gateId });
  expect(gate.signOffs).toHaveLength(1);
});
