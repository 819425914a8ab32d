/** Channels of a real host with a real plugin: what is said gets out, people answer and sign from there, and nobody else does. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelView } from '../../src/contract/channels.ts';
import type { InboundMessage } from '../../src/contract/plugin/messages.ts';
import type { Coordination } from '../../src/contract/rpc.ts';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { GateId } from '../../src/core/ids.ts';
import type { Host } from '../../src/serve/open-host.ts';
import { openHost } from '../../src/serve/open-host.ts';
import { smallCompany } from '../real-company.ts';
import { memoryKeychain, PaperChat } from './paper-chat.ts';

let dataDir: string;
let host: Host;
let owner: Coordination;
let chat: PaperChat;
const keychain = memoryKeychain();
const olga = { id: 'U-olga', name: 'Olga' };
const eve = { id: 'U-eve', name: 'Eve' };
let count = 0;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'agentcoord-test-'));
  chat = new PaperChat(join(dataDir, 'service'));
  await PaperChat.install(dataDir);
  host = await openHost({
    dataDir,
    name: 'test',
    workers: 0,
    channelParts: { keychain, env: {}, limits: { callMs: 3_000 } },
  });
  owner = host.connect();
  await owner.hello({ version: rpcVersion, token: host.token, company: null, client: 'test' });
  const team = { name: 'people', members: [{ name: 'Hanna', role: 'em', kind: 'human' as const }] };
  const file = smallCompany();
  await owner.createCompany({
    from: { file: { ...file, departments: [...(file.departments ?? []), { name: 'qa', teams: [team] }] } },
  });
});

afterAll(async () => {
  await host.close();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

const settings = () => ({ folder: chat.folder, password: 'correct-horse' });

async function channel(name: string): Promise<ChannelView | undefined> {
  return (await owner.channels()).find((one) => one.name === name);
}

type Done = InboundMessage extends infer One ? (One extends InboundMessage ? Omit<One, 'id'> : never) : never;
const done = (message: Done) => {
  count += 1;
  return chat.does({ ...message, id: `m${count}` } as InboundMessage);
};

async function audit(): Promise<string[]> {
  const { entries } = await owner.query('audit', { types: ['command.refused'], limit: 50 });
  return entries.map((entry) => JSON.stringify(entry));
}

async function askForApproval(title: string): Promise<{ gateId: GateId; artifactHash: string }> {
  const { events } = await owner.command({
    type: 'approval.request',
    title,
    context: `May ${title} go on?`,
    roles: { em: 1 },
    selfApproval: 'allowed',
  });
  for (const { event } of events) if (event.type === 'gate.asked') return event;
  throw new Error('no gate was asked');
}

describe('to set up a channel', () => {
  it('names what is wrong with its settings, field by field', async () => {
    const call = owner.setChannel({
      name: 'chat',
      plugin: 'paper-chat',
      settings: { folder: 'here', colour: 'red' },
    });
    await expect(call).rejects.toMatchObject({
      code: 'BAD_INPUT',
      details: {
        faults: [
          { field: 'colour', message: 'there is no such setting; there are folder, password, mood' },
          { field: 'folder', message: 'it must be the whole path of a folder' },
          { field: 'password', message: 'it is needed' },
        ],
      },
    });
    await expect(owner.setChannel({ name: 'chat', plugin: 'nothing' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(owner.setChannel({ name: 'dashboard' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    const quiet = { from: '22:00', to: '07:00', zone: 'Mars/Olympus' };
    const rules = { routes: { task: 'HIGH' as const }, quiet };
    await expect(owner.setChannel({ name: 'chat', plugin: 'paper-chat', rules })).rejects.toThrow(
      'the zone of quiet of rules is no time zone: use one as IANA names it',
    );
  });

  it('waits until somebody agrees to what the plugin asks for', async () => {
    const view = await owner.setChannel({ name: 'chat', plugin: 'paper-chat', settings: settings() });
    expect(view).toMatchObject({
      state: 'installed',
      asksFor: { hosts: [], capabilities: expect.arrayContaining(['inbound']) },
    });
  });

  it('asks the plugin itself', async () => {
    const wrong = { ...settings(), password: 'wrong-password' };
    await expect(owner.setChannel({ name: 'chat', consent: true, settings: wrong })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('password: the service does not know it'),
    });
  });

  it('opens it then, and keeps its secret in the keychain alone', async () => {
    await owner.setChannel({ name: 'chat', consent: true });
    await owner.testChannel({ name: 'chat' });
    expect(await channel('chat')).toMatchObject({ state: 'ready', asksFor: null, secrets: ['password'] });
    await expect(chat.sees(({ title }) => title === 'A test message')).resolves.toMatchObject({
      text: 'The channel chat works.',
    });
    expect([...keychain.kept.values()]).toEqual(['correct-horse']);
    const [company] = await owner.companies();
    const stored = await readFile(join(dataDir, 'companies', company?.id ?? '', 'channels.json'), 'utf8');
    expect(stored).not.toContain('correct-horse');
    expect(JSON.stringify(await owner.channels())).not.toContain('correct-horse');
    expect(JSON.stringify(await owner.query('events', { after: 0, limit: 1_000 }))).not.toContain(
      'correct-horse',
    );
  });
});

describe('what is said', () => {
  it('reaches the channel in order, and answers stand in its thread', async () => {
    const { events } = await owner.command({
      type: 'thread.start',
      title: 'Lunch',
      text: 'Pizza?',
      kind: 'QUESTION',
    });
    const posted = events.find(({ event }) => event.type === 'message.posted');
    const threadId = posted?.event.type === 'message.posted' ? posted.event.threadId : ('' as never);
    await owner.command({ type: 'message.post', threadId, text: 'Or soup.' });
    const first = await chat.sees(({ text }) => text === 'Pizza?');
    const answer = await chat.sees(({ text }) => text === 'Or soup.');
    expect(first).toMatchObject({ title: 'Lunch', type: 'QUESTION', thread: null, category: 'message' });
    expect(first.key).toBe(`${(await owner.companies())[0]?.id}:${posted?.seq}:chat`);
    expect(answer.thread).toMatchObject({ thread: first.key });
  });

  it('goes only to the channels that it is addressed to', async () => {
    await owner.setChannel({
      name: 'other',
      plugin: 'paper-chat',
      consent: true,
      settings: { ...settings(), folder: `${chat.folder}-2` },
    });
    const other = new PaperChat(`${chat.folder}-2`);
    await owner.command({ type: 'channel.post', channels: ['other'], title: 'Only there', text: 'Here.' });
    await owner.command({ type: 'channel.post', channels: null, title: 'Everywhere', text: 'There.' });
    await other.sees(({ text }) => text === 'There.');
    await chat.sees(({ text }) => text === 'There.');
    expect((await other.sent()).map(({ text }) => text)).toEqual(['Here.', 'There.']);
    expect((await chat.sent()).map(({ text }) => text)).not.toContain('Here.');
    // A thread that spans both goes on in both, each where it began there.
    const { events } = await owner.command({
      type: 'channel.post',
      channels: ['chat', 'other'],
      title: 'Both',
      text: 'Begins.',
    });
    for (const { event } of events) {
      if (event.type !== 'message.posted') continue;
      await owner.command({ type: 'message.post', threadId: event.threadId, text: 'Goes on.' });
    }
    for (const there of [chat, other]) {
      const first = await there.sees(({ text }) => text === 'Begins.');
      expect((await there.sees(({ text }) => text === 'Goes on.')).thread).toMatchObject({ id: first.key });
    }
    await owner.removeChannel({ name: 'other' });
    expect(await channel('other')).toBeUndefined();
  });

  it('has what waited for the end of quiet hours as soon as there are none', async () => {
    const service = new PaperChat(`${chat.folder}-quiet`);
    const quiet = { from: '00:00', to: '23:59', zone: 'UTC' };
    const rules = { routes: { message: 'LOW' as const }, quiet };
    const own = { ...settings(), folder: service.folder };
    await owner.setChannel({ name: 'late', plugin: 'paper-chat', consent: true, settings: own, rules });
    await owner.command({ type: 'thread.start', title: 'Night', text: 'Sleep well.' });
    await expect.poll(async () => (await channel('late'))?.outbox).toBe(1);
    await owner.setChannel({ name: 'late', rules: { ...rules, quiet: null } });
    await service.sees(({ text }) => text === 'Sleep well.');
    await owner.removeChannel({ name: 'late' });
  });

  it('waits for a channel that is switched off, and goes there in order once it is on again', async () => {
    const service = new PaperChat(`${chat.folder}-off`);
    const own = { ...settings(), folder: service.folder };
    await owner.setChannel({ name: 'off', plugin: 'paper-chat', consent: true, settings: own });
    const off = await owner.setChannel({ name: 'off', enabled: false });
    expect(off).toMatchObject({ state: 'disabled', reason: 'it is switched off' });
    await owner.command({ type: 'thread.start', title: 'One', text: 'First.' });
    await owner.command({ type: 'thread.start', title: 'Two', text: 'Second.' });
    await expect.poll(async () => (await channel('off'))?.outbox).toBe(2);
    await owner.setChannel({ name: 'off', enabled: true });
    await service.sees(({ text }) => text === 'Second.');
    expect((await service.sent()).map(({ text }) => text)).toEqual(['First.', 'Second.']);
    await owner.removeChannel({ name: 'off' });
  });

  it('is not kept up by a channel that hangs', async () => {
    const stuck = { ...settings(), folder: `${chat.folder}-3`, mood: 'slow' };
    await owner.setChannel({ name: 'stuck', plugin: 'paper-chat', consent: true, settings: stuck });
    await owner.command({ type: 'thread.start', title: 'Quick', text: 'Now.' });
    await chat.sees(({ text }) => text === 'Now.');
    expect(await channel('stuck')).toMatchObject({ outbox: 1 });
    await owner.removeChannel({ name: 'stuck' });
  });
});

describe('what people do there', () => {
  it('is refused as long as nobody knows them', async () => {
    const answer = await done({ kind: 'reply', from: eve, text: 'Hi', thread: null });
    expect(answer).toMatchObject({ ok: false, text: expect.stringContaining('You are not linked') });
    expect(await done({ kind: 'command', from: eve, text: 'link AAAAA-AAAAA' })).toMatchObject({ ok: false });
    expect((await audit()).join('\n')).toContain('The code is wrong');
  });

  it('is theirs once they have sent their code, and the code works once', async () => {
    const { code } = await owner.linkChannel({ name: 'chat' });
    expect(await done({ kind: 'command', from: olga, text: `link ${code.toLowerCase()}` })).toMatchObject({
      ok: true,
    });
    expect(await done({ kind: 'command', from: eve, text: `link ${code}` })).toMatchObject({ ok: false });
    expect((await channel('chat'))?.linked.map(({ person }) => person)).toEqual([olga]);
  });

  it('may be a colleague’s, by a code from the owner that is on record; not an agent’s, nor one that somebody else asks for', async () => {
    const members = await owner.query('members', {});
    const memberOf = (kind: 'human' | 'agent') =>
      members.find(({ member }) => member.kind === kind && member.name !== 'owner')?.member;
    const [colleague, agent] = [memberOf('human'), memberOf('agent')];
    if (!colleague || !agent) throw new Error('the company lacks a human or an agent');
    await expect(owner.linkChannel({ name: 'chat', memberId: agent.id })).rejects.toThrow('is an agent');
    const nobody = 'member_zzzzzzzzzz' as typeof agent.id;
    await expect(owner.linkChannel({ name: 'chat', memberId: nobody })).rejects.toThrow('There is no member');
    const { code } = await owner.linkChannel({ name: 'chat', memberId: colleague.id });
    const cora = { id: 'U-CORA', name: 'Cora' };
    expect(await done({ kind: 'command', from: cora, text: `link ${code}` })).toMatchObject({ ok: true });
    const linked = (await channel('chat'))?.linked.find(({ person }) => person.id === cora.id);
    expect(linked?.memberId).toBe(colleague.id);
    const given = await owner.query('audit', { types: ['decision'], text: 'a code by which', limit: 5 });
    expect(JSON.stringify(given.entries)).toContain(`${colleague.name} is linked in the channel chat`);
    await owner.unlinkChannel({ name: 'chat', person: cora.id });
  });

  it('becomes a message in the thread, once, and is not sent back', async () => {
    const first = await chat.sees(({ text }) => text === 'Pizza?');
    const thread = { id: 'x', place: 'room', thread: first.key };
    const reply: InboundMessage = { kind: 'reply', id: 'same', from: olga, text: 'Pizza, please', thread };
    const answers = await Promise.all([chat.does(reply), chat.does(reply)]);
    expect(answers).toEqual([
      { ok: true, text: '' },
      { ok: true, text: '' },
    ]);
    const [lunch] = await owner.query('threads', { called: 'Lunch' });
    const { messages } = await owner.query('thread', { threadId: lunch?.thread.id ?? ('' as never) });
    expect(messages.map(({ text }) => text)).toEqual(['Pizza?', 'Or soup.', 'Pizza, please']);
    await owner.command({ type: 'message.post', threadId: lunch?.thread.id ?? ('' as never), text: 'Good.' });
    await chat.sees(({ text }) => text === 'Good.');
    expect((await chat.sent()).map(({ text }) => text)).not.toContain('Pizza, please');
  });
});

describe('a gate', () => {
  it('is signed by a linked person, once', async () => {
    const { gateId } = await askForApproval('Plan A');
    const asked = await chat.sees(({ title, actions }) => title.startsWith('Plan A') && actions.length > 0);
    const [approve] = asked.actions;
    expect(asked.actions.map(({ label }) => label)).toEqual(['Approve as em', 'Request changes as em']);
    const token = approve?.token ?? '';
    expect(token.length).toBeLessThanOrEqual(90);

    expect(await done({ kind: 'action', from: eve, token, note: '' })).toMatchObject({ ok: false });
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    expect(await done({ kind: 'action', from: olga, token: forged, note: '' })).toMatchObject({
      text: expect.stringContaining('none of ours'),
    });
    expect(await done({ kind: 'action', from: olga, token, note: 'Fine.' })).toEqual({
      ok: true,
      text: 'You have signed Plan A for em.',
    });
    // Nobody is asked any more where it was asked.
    const said = await chat.says(asked.key, 'Plan A is open');
    expect(said).toMatchObject({ type: 'SUCCESS', actions: [], text: expect.stringContaining(' for em.') });
    expect(said.key).toMatch(`${asked.key}:edit-`);
    const gate = await owner.query('gate', { gateId });
    expect(gate.gate).toMatchObject({ state: 'open', signOffs: [{ roleId: 'em', note: 'Fine.' }] });
    expect(await done({ kind: 'action', from: olga, token, note: '' })).toMatchObject({
      text: expect.stringContaining('used already'),
    });
    const refusals = (await audit()).join('\n');
    for (const why of ['not linked', 'none of ours', 'used already']) expect(refusals).toContain(why);
  });

  it('is sent back with a reason, and not without one', async () => {
    const { gateId } = await askForApproval('Plan B');
    const asked = await chat.sees(({ title, actions }) => title.startsWith('Plan B') && actions.length > 0);
    const token = asked.actions[1]?.token ?? '';
    expect(await done({ kind: 'command', from: olga, text: 'status' })).toEqual({
      ...{ ok: true, text: expect.stringMatching(/^You are .*\. One gate waits for you:\n- Plan B, as em$/) },
    });
    expect(await done({ kind: 'command', from: eve, text: 'status' })).toMatchObject({ ok: false });
    expect(await done({ kind: 'command', from: olga, text: `changes ${token}` })).toMatchObject({
      ok: false,
    });
    expect(await done({ kind: 'command', from: olga, text: `changes ${token} Too short` })).toMatchObject({
      ok: true,
    });
    expect((await owner.query('gate', { gateId })).gate.refusal).toMatchObject({ note: 'Too short' });
    const said = await chat.says(asked.key, 'Plan B was sent back, by owner');
    expect(said).toMatchObject({ text: 'Too short', actions: [] });
  });

  it('that is no longer asked is not signed, and that is on record', async () => {
    const { gateId } = await askForApproval('Plan C');
    const asked = await chat.sees(({ title, actions }) => title.startsWith('Plan C') && actions.length > 0);
    await owner.command({ type: 'approval.cancel', gateId });
    expect(await chat.says(asked.key, 'Plan C is no longer asked')).toMatchObject({ actions: [] });
    const token = asked.actions[0]?.token ?? '';
    expect(await done({ kind: 'action', from: olga, token, note: '' })).toMatchObject({ ok: false });
    expect((await audit()).join('\n')).toContain("can't be signed");
  });
});
