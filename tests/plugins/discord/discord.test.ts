/** The channel discord with Discord's own SDK, against a server that holds all that is said to the published API. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FakeHost } from '../../../src/contract/plugin/fake-host.ts';
import type { InboundAnswer, InboundMessage } from '../../../src/contract/plugin/messages.ts';
import { DiscordService } from './discord-service.ts';
import { calls, eve, olga, openChannelFor, until } from './opened-discord.ts';

const actions = [
  { token: 'a'.repeat(40), label: 'Approve as em', style: 'primary', asksForNote: false },
  { token: 'c'.repeat(40), label: 'Request changes as em', style: 'danger', asksForNote: true },
] as const;

let service: DiscordService;
let host: FakeHost;
let folder: string;
let answer: (message: InboundMessage) => InboundAnswer | Promise<InboundAnswer> = () => ({
  ok: true,
  text: '',
});

function openChannel(settings: Record<string, string> = {}): Promise<FakeHost> {
  return openChannelFor(service, { settings, folder, answer: (message) => answer(message) });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'agentcoord-test-'));
  service = await DiscordService.open();
  host = await openChannel();
});

afterAll(async () => {
  await host.close();
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

afterEach(() => {
  answer = () => ({ ok: true, text: '' });
  expect(service.violations).toEqual([]);
});

/** Everything that was said before has been heard: this comes after it. */
async function settle(): Promise<void> {
  const ping = `ping ${Math.random()}`;
  answer = () => ({ ok: true, text: '' });
  calls(service, ping);
  await until(() => host.received.some((one) => one.kind === 'reply' && one.text === ping));
}

describe('what is sent', () => {
  it('is an embed that calls nobody', async () => {
    const ref = await host.channel.send(
      host.message({
        title: 'Lunch',
        text: '@everyone <@222222222222222222> pizza?',
        type: 'QUESTION',
        priority: 'HIGH',
        fields: [
          { name: 'Cost', value: '$0.12' },
          { name: 'Empty', value: '' },
        ],
        link: 'http://127.0.0.1:4800/threads/1',
      }),
    );
    expect(ref).toEqual({ id: ref.id, place: service.world.roomId, thread: ref.id });
    const { body } = service.http.requests.at(-1) ?? {};
    expect(body).toMatchObject({
      content: '',
      allowed_mentions: { parse: [] },
      embeds: [
        {
          title: 'Lunch',
          author: { name: 'Ada' },
          description:
            '@everyone <@222222222222222222> pizza?\n\nIn the app: http://127.0.0.1:4800/threads/1',
          footer: { text: 'HIGH · QUESTION' },
          fields: [
            { name: 'Cost', value: '$0.12', inline: true },
            { name: 'Empty', value: '–', inline: true },
          ],
        },
      ],
    });
    expect(body?.['allowed_mentions']).toEqual({ parse: [] });
  });

  it('is there once when it is sent again under its key', async () => {
    const message = host.message({ key: 'company_1:7:chat', text: 'Once.' });
    const first = await host.channel.send(message);
    expect(await host.channel.send(message)).toEqual(first);
    expect(service.sent.filter(({ embeds }) => embeds[0]?.['description'] === 'Once.')).toHaveLength(1);
  });

  it('is there once when its answer was lost on the way', async () => {
    const to = 'post /channels/{channel_id}/messages';
    service.http.troubles.push({ to, status: 0, cuts: 'after' }, { to, status: 0, cuts: 'before' });
    const message = host.message({ text: 'Through a bad line.' });
    for (const _ of ['after', 'before']) {
      await expect(host.channel.send(message)).rejects.toMatchObject({ code: 'RETRY' });
    }
    await host.channel.send(message);
    expect(
      service.sent.filter(({ embeds }) => embeds[0]?.['description'] === 'Through a bad line.'),
    ).toHaveLength(1);
  });

  it('begins a thread with its first answer, and later ones stand there', async () => {
    const root = await host.channel.send(host.message({ title: 'Nightly', text: 'It failed.' }));
    const first = await host.channel.send(host.message({ title: 'Nightly', text: 'Why?', thread: root }));
    const second = await host.channel.send(
      host.message({ title: 'Nightly', text: 'The data.', thread: root }),
    );
    expect([first.thread, second.thread]).toEqual([root.id, root.id]);
    expect(service.world.channels.get(root.id)).toMatchObject({
      name: 'Nightly',
      parent_id: service.world.roomId,
    });
    const inThread = service.sent.filter((message) => message.channel_id === root.id);
    expect(inThread.map(({ embeds }) => embeds[0]?.['description'])).toEqual(['Why?', 'The data.']);
  });

  it('goes on in a thread that somebody has begun, and below the message where there can be none', async () => {
    const root = await host.channel.send(host.message({ text: 'A question.' }));
    service.world.startThread(service.world.roomId, root.id, 'Theirs', olga.id);
    const theirs = await host.channel.send(host.message({ text: 'In it.', thread: root }));
    expect(service.sent.at(-1)).toMatchObject({ id: theirs.id, channel_id: root.id });
    const trouble = { code: 160_006, message: 'Maximum number of active threads reached' };
    const other = await host.channel.send(host.message({ text: 'Another.' }));
    service.http.troubles.push({
      ...{ to: 'post /channels/{channel_id}/messages/{message_id}/threads', status: 400, body: trouble },
    });
    await host.channel.send(host.message({ text: 'Quoted.', thread: other }));
    expect(service.sent.at(-1)).toMatchObject({
      channel_id: service.world.roomId,
      message_reference: { message_id: other.id },
    });
  });

  it('is a file where it is too long, and nothing of it is lost', async () => {
    const text = `${'word '.repeat(7_900)}the end 🚀`;
    const fields = Array.from({ length: 25 }, (_, n) => ({ name: `Field ${n}`, value: `${n}`.repeat(150) }));
    await host.channel.send(host.message({ title: 'Long', text, fields }));
    const sent = service.sent.at(-1);
    expect(String(sent?.embeds[0]?.['description'])).toContain('*All of it is in message.md.*');
    const [file] = service.world.files.get(sent?.id ?? '') ?? [];
    expect(file?.name).toBe('message.md');
    expect(file?.text).toContain('the end 🚀');
    for (const { name, value } of fields) expect(file?.text).toContain(`- ${name}: ${value}`);
  });

  it('is taken whatever stands in it', async () => {
    const texts = ['', '\u0000\u202Etxt.exe\uD800', '🚀'.repeat(20_000), '```'.repeat(1_500), '\n\n \n'];
    for (const text of texts) {
      await host.channel.send(
        host.message({ text, title: text.slice(0, 300), author: text.slice(0, 200) || null }),
      );
    }
    expect(JSON.stringify(service.sent.slice(-texts.length))).not.toMatch(/\\u202e|\\u0000|\u202E/);
  });

  it('calls a role when it is urgent, if one is set, and no other', async () => {
    const other = await openChannel({ urgentRoleId: '444444444444444444' });
    await other.channel.send(other.message({ text: 'Calm, @everyone.' }));
    expect(service.http.requests.at(-1)?.body).toMatchObject({
      content: '',
      allowed_mentions: { parse: [] },
    });
    await other.channel.send(other.message({ text: 'Fire, <@&555555555555555555>!', priority: 'URGENT' }));
    expect(service.http.requests.at(-1)?.body).toMatchObject({
      content: '<@&444444444444444444>',
      allowed_mentions: { parse: [], roles: ['444444444444444444'] },
    });
    await other.close();
  });

  it('reaches one person alone, and answers quote there', async () => {
    const first = await host.channel.send(host.message({ text: 'For you.', to: olga }));
    const second = await host.channel.send(host.message({ text: 'And this.', to: olga, thread: first }));
    expect(second).toMatchObject({ place: first.place, thread: first.id });
    expect(service.world.channels.get(first.place ?? '')).toMatchObject({ type: 1 });
    expect(service.sent.at(-1)).toMatchObject({ message_reference: { message_id: first.id } });
    service.world.closedTo.add(eve.id);
    await expect(host.channel.send(host.message({ to: eve }))).rejects.toMatchObject({
      code: 'REJECTED',
      message: expect.stringContaining('allow messages from its members'),
    });
  });

  it('can be changed: a gate that was decided has no buttons any more', async () => {
    const ref = await host.channel.send(host.message({ text: 'May it?', actions: [...actions] }));
    expect(service.sent.at(-1)?.components[0]?.components.map(({ label }) => label)).toEqual([
      'Approve as em',
      'Request changes as em',
    ]);
    const below = await host.channel.send(host.message({ text: 'Before.', thread: ref }));
    await host.channel.edit?.(ref, host.message({ text: 'Olga has signed it.', type: 'SUCCESS' }));
    await host.channel.edit?.(below, host.message({ text: 'After.' }));
    expect(service.world.message(service.world.roomId, ref.id)).toMatchObject({
      components: [],
      embeds: [{ description: 'Olga has signed it.' }],
    });
    expect(service.world.message(ref.id, below.id)).toMatchObject({ embeds: [{ description: 'After.' }] });
    const gone = { ...ref, id: '999999999999999999', thread: '999999999999999999' };
    await expect(host.channel.edit?.(gone, host.message())).rejects.toMatchObject({
      code: 'REJECTED',
      message: expect.stringContaining('deleted'),
    });
  });
});

describe('limits and failures', () => {
  const to = 'post /channels/{channel_id}/messages';

  it('keeps the order through the bucket of the channel', async () => {
    service.http.limit = { count: 3, windowMs: 300 };
    const texts = Array.from({ length: 9 }, (_, n) => `In order ${n}`);
    await Promise.all(texts.map((text) => host.channel.send(host.message({ text }))));
    service.http.limit = { count: 1_000, windowMs: 1_000 };
    const arrived = service.sent.map(({ embeds }) => String(embeds[0]?.['description']));
    expect(arrived.filter((text) => text.startsWith('In order'))).toEqual(texts);
  });

  it('waits out a short 429, and gives a long one back to the host', async () => {
    service.http.troubles.push({ to, status: 429, retryAfterSeconds: 0.2 });
    const before = service.http.requests.length;
    await host.channel.send(host.message({ text: 'A little later.' }));
    const [refused, again] = service.http.requests.slice(before);
    expect((again?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(200);
    const other = await openChannel();
    service.http.troubles.push({ to, status: 429, retryAfterSeconds: 64, isGlobal: true });
    const late = await other.channel.send(other.message()).catch((error: unknown) => error);
    expect(late).toMatchObject({ code: 'RETRY', message: expect.stringContaining('left alone') });
    expect((late as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(60_000);
    await other.close();
  });

  it.each([
    ['a server that fails', { status: 503 }, 'RETRY', 'fails at the moment: 503'],
    [
      'a channel that is gone',
      { status: 404, body: { code: 10_003, message: 'Unknown Channel' } },
      'UNAUTHORIZED',
      'Set another channel ID',
    ],
    [
      'a bot that was sent away',
      { status: 403, body: { code: 50_001, message: 'Missing Access' } },
      'RETRY',
      'invite it',
    ],
    [
      'a permission that is missing',
      { status: 403, body: { code: 50_013, message: 'Missing Permissions' } },
      'RETRY',
      'lacks a permission',
    ],
    [
      'what Discord will not have',
      { status: 400, body: { code: 50_035, message: 'Invalid Form Body' } },
      'REJECTED',
      'Invalid Form Body (50035)',
    ],
    [
      'a token that was withdrawn',
      { status: 401, body: { code: 0, message: '401: Unauthorized' } },
      'UNAUTHORIZED',
      'Reset Token',
    ],
  ])('says of %s what to do', async (_what, trouble, code, message) => {
    service.http.troubles.push({ to, ...trouble }, ...(trouble.status === 503 ? [{ to, ...trouble }] : []));
    await expect(host.channel.send(host.message())).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    // A 401 does not make the SDK forget the token for good.
    await host.channel.send(host.message({ text: 'Again.' }));
  });
});

describe('what people do', () => {
  it('presses a button, and is told what came of it alone', async () => {
    const ref = await host.channel.send(host.message({ text: 'May it?', actions: [...actions] }));
    answer = () => ({ ok: true, text: 'You have signed. @everyone' });
    const message = service.world.message(service.world.roomId, ref.id);
    expect(await service.presses(olga, message, 'Approve as em')).toEqual({
      text: 'You have signed. @everyone',
      forThemAlone: true,
    });
    expect(host.received.at(-1)).toMatchObject({
      ...{ kind: 'action', from: olga, token: 'a'.repeat(40), note: '' },
    });
    expect(service.http.requests.at(-1)?.body).toMatchObject({ allowed_mentions: { parse: [] } });
  });

  it('says why in a form', async () => {
    const ref = await host.channel.send(host.message({ text: 'May it?', actions: [...actions] }));
    const message = service.world.message(service.world.roomId, ref.id);
    const shown = await service.presses(olga, message, 'Request changes as em');
    const { form } = shown as { form: { custom_id: string; title: string } };
    expect(form.title).toBe('Request changes');
    answer = () => ({ ok: true, text: 'You have sent back.' });
    expect(await service.fills(olga, message, form.custom_id, 'Too short')).toMatchObject({
      text: 'You have sent back.',
    });
    expect(host.received.at(-1)).toMatchObject({ kind: 'action', token: 'c'.repeat(40), note: 'Too short' });
  });

  it('hands on a forged button as it is, so that it is refused and recorded', async () => {
    const ref = await host.channel.send(host.message({ text: 'May it?', actions: [...actions] }));
    const message = service.world.message(service.world.roomId, ref.id);
    answer = ({ kind }) => ({ ok: false, text: kind === 'action' ? 'It is none of ours.' : '' });
    for (const forged of ['sudo approve all', `act:${'z'.repeat(90)}`, 'say:']) {
      expect(await service.pressesForged(eve, message, forged)).toMatchObject({
        text: 'It is none of ours.',
      });
    }
    const tokens = host.received.slice(-3).map((one) => (one.kind === 'action' ? one.token : one.kind));
    expect(tokens).toEqual(['sudo approve all', 'z'.repeat(90), '']);
  });

  it('is left alone where it is meant for others', async () => {
    const ref = await host.channel.send(host.message({ text: 'May it?', actions: [...actions] }));
    const message = service.world.message(service.world.roomId, ref.id);
    const before = host.received.length;
    const asked = service.http.requests.length;
    const id = `act:${'a'.repeat(40)}`;
    void service.pressesForged(eve, message, id, { application_id: '777777777777777777' });
    service.world.addChannel('888888888888888888', 0, 'others');
    void service.pressesForged(eve, message, id, { channel: { id: '888888888888888888' } });
    service.world.says(eve, service.world.roomId, 'Only among us');
    service.world.says({ ...eve, id: String(service.world.bot['id']) }, service.world.roomId, 'Echo');
    await settle();
    expect(host.received.slice(before).map((one) => one.kind)).toEqual(['reply']);
    const answered = service.http.requests
      .slice(asked)
      .filter(({ template }) => template.includes('interaction'));
    expect(answered).toEqual([]);
    expect(host.logged.join('\n')).toContain('meant for another application');
  });

  it('counts once, however often Discord tells of it', async () => {
    const ref = await host.channel.send(host.message({ text: 'May it?', actions: [...actions] }));
    const message = service.world.message(service.world.roomId, ref.id);
    const before = host.received.length;
    service.repeatsNext = true;
    answer = () => ({ ok: true, text: 'Signed.' });
    await service.presses(olga, message, 'Approve as em');
    const said = service.world.says(olga, service.world.roomId, 'Yes', message);
    service.gateway.dispatch('MESSAGE_CREATE', { ...said, guild_id: service.world.guildId });
    await settle();
    expect(host.received.slice(before).map(({ kind }) => kind)).toEqual(['action', 'reply', 'reply']);
  });

  it('waits for a host that is busy, and is told when it stays so', async () => {
    const ref = await host.channel.send(host.message({ text: 'May it?', actions: [...actions] }));
    const message = service.world.message(service.world.roomId, ref.id);
    let tries = 0;
    answer = () => {
      tries += 1;
      if (tries < 3) throw new Error('not now');
      return { ok: true, text: 'Signed at last.' };
    };
    expect(await service.presses(olga, message, 'Approve as em')).toMatchObject({ text: 'Signed at last.' });
  });

  it('commands: the words reach the host', async () => {
    expect(service.world.commands).toMatchObject([{ name: 'agentcoord', guild_id: service.world.guildId }]);
    answer = () => ({ ok: true, text: 'You are Olga from now on.' });
    expect(await service.commands(olga, 'link', { code: '4F7K-2M9QX' })).toMatchObject({
      forThemAlone: true,
    });
    expect(host.received.at(-1)).toMatchObject({ kind: 'command', from: olga, text: 'link 4F7K-2M9QX' });
    await service.commands(olga, 'changes', { why: 'It is too short', token: 'c123' });
    expect(host.received.at(-1)).toMatchObject({ text: 'changes c123 It is too short' });
    await service.commands(olga, 'status');
    expect(host.received.at(-1)).toMatchObject({ text: 'status' });
  });

  it('answers: in a thread, by a quote, in a conversation, and by name', async () => {
    const { world } = service;
    const root = await host.channel.send(host.message({ text: 'A question.' }));
    const message = world.message(world.roomId, root.id);
    world.startThread(world.roomId, root.id, 'Theirs', olga.id);
    const last = () => host.received.at(-1);
    world.says(olga, root.id, 'In the thread');
    await settle();
    expect(host.received.at(-2)).toMatchObject({
      text: 'In the thread',
      thread: { place: world.roomId, thread: root.id },
    });
    world.says(olga, world.roomId, 'By a quote', message);
    await settle();
    expect(host.received.at(-2)).toMatchObject({
      text: 'By a quote',
      thread: { place: world.roomId, thread: root.id },
    });
    const called = world.says(olga, world.roomId, `<@${world.bot['id']}>, look at this`);
    await settle();
    expect(host.received.at(-2)).toMatchObject({
      text: 'look at this',
      from: olga,
      thread: { id: called.id, place: world.roomId, thread: called.id },
    });
    const direct = await host.channel.send(host.message({ text: 'For you.', to: olga }));
    world.says(olga, direct.place ?? '', 'Thanks');
    await settle();
    expect(host.received.at(-2)).toMatchObject({
      text: 'Thanks',
      thread: { place: direct.place, thread: direct.id },
    });
    expect(last()).toBeDefined();
  });

  it('arrives once, as theirs and in its place, in whatever order Discord tells of it', async () => {
    const { world } = service;
    const question = async (text: string) =>
      world.message(world.roomId, (await host.channel.send(host.message({ text }))).id);
    const [lunch, dinner] = [await question('Lunch?'), await question('Dinner?')];
    const before = host.received.length;
    service.backwards(() => {
      const called = world.says(olga, world.roomId, `<@${world.bot['id']}> how far are you?`);
      world.startThread(world.roomId, called.id, 'How far', eve.id);
      world.says(olga, world.roomId, 'Pizza', lunch);
      world.says(eve, called.id, 'I wonder, too');
      world.says(eve, world.roomId, 'Soup', dinner);
    });
    await settle();
    const heard = host.received.slice(before, -1);
    const called = heard.at(-1)?.id;
    expect(
      heard.map((one) => (one.kind === 'reply' ? [one.from.name, one.text, one.thread?.thread] : one)),
    ).toEqual([
      ['Eve', 'Soup', dinner.id],
      ['Eve', 'I wonder, too', called],
      ['Olga', 'Pizza', lunch.id],
      ['Olga', 'how far are you?', called],
    ]);
  });

  it('waits while Discord does not say where it stands', async () => {
    const { world } = service;
    const root = await host.channel.send(host.message({ text: 'A question.' }));
    world.startThread(world.roomId, root.id, 'Theirs', olga.id);
    const failing = { to: 'get /channels/{channel_id}/messages/{message_id}', status: 503 };
    service.http.troubles.push(failing, failing);
    world.says(olga, root.id, 'Below.');
    await settle();
    expect(host.received.at(-2)).toMatchObject({ text: 'Below.', thread: { thread: root.id } });
    expect(service.http.troubles).toEqual([]);
  });

  it('is told in words why not, and not again and again', async () => {
    const root = await host.channel.send(host.message({ text: 'A question.' }));
    const message = service.world.message(service.world.roomId, root.id);
    answer = (one) => ({
      ok: false,
      text: 'You are not linked.',
      ...(one.kind === 'reply' && one.text.startsWith('ping') && { text: '' }),
    });
    const first = service.world.says(eve, service.world.roomId, 'Yes!', message);
    service.world.says(eve, service.world.roomId, 'Yes, yes!', message);
    await service.sees(({ content }) => content === 'You are not linked.');
    await settle();
    const told = service.sent.filter(({ content }) => content === 'You are not linked.');
    expect(told.map(({ message_reference }) => message_reference?.message_id)).toEqual([first.id]);
  });
});
