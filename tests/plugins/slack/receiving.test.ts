/** What people do in Slack: it reaches the host once, as theirs, in order; and they are told what became of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { InboundMessage, OutboundMessage } from '../../../src/contract/plugin/messages.ts';
import { openSlack } from './opened-slack.ts';
import type { SlackButton, SlackMessage } from './slack-workspace.ts';
import { teamId } from './slack-workspace.ts';

const actions: OutboundMessage['actions'] = [
  { token: 'a-token', label: 'Approve as em', style: 'primary', asksForNote: false },
  { token: 'c-token', label: 'Request changes as em', style: 'danger', asksForNote: true },
];

function buttonsOf(message: SlackMessage): [SlackButton, SlackButton] {
  const found = (message.blocks ?? []).find(({ type }) => type === 'actions');
  const [approve, changes] = (found?.['elements'] ?? []) as SlackButton[];
  if (!approve || !changes) throw new Error('the message has no buttons');
  return [approve, changes];
}

/** What is acknowledged was taken; some of it only after that. */
async function until(is: () => boolean): Promise<void> {
  while (!is()) await pause(5);
}

describe('what somebody writes', () => {
  it('in a thread of ours becomes a reply, once, however often Slack brings it', async () => {
    const { host, workspace } = await openSlack();
    const ref = await host.channel.send(host.message({ text: 'Lunch?' }));
    const question = await workspace.sees(({ ts }) => ts === ref.id);
    const { ts } = await workspace.writes('olga', 'Yes &amp; <https://a.example|soup>, <@U123>', {
      thread: question,
      times: 3,
    });
    const ours = host.received.map((message) => message.id);
    expect(new Set(ours)).toEqual(new Set([`message:${workspace.channel}:${ts}`]));
    expect(host.received[0]).toEqual({
      kind: 'reply',
      id: `message:${workspace.channel}:${ts}`,
      from: { id: workspace.idOf('olga'), name: 'olga' },
      text: 'Yes & [soup](https://a.example), @U123',
      thread: { id: ref.id, place: workspace.channel, thread: ref.id },
    });
  });

  it('to nobody, in threads of others, or as an app, is none of ours', async () => {
    const { host, workspace } = await openSlack();
    const theirs = await workspace.writes('eve', 'Just chatting');
    await workspace.writes('olga', 'Me too', { thread: theirs });
    const bot = { type: 'message', bot_id: 'B1', user: workspace.idOf('eve'), text: 'x', ts: '1.1' };
    await workspace.tells({ ...bot, channel: workspace.channel, channel_type: 'im', team: teamId });
    const changed = { type: 'message', subtype: 'message_changed', channel: workspace.channel, ts: '1.2' };
    await workspace.tells({
      ...changed,
      user: workspace.idOf('eve'),
      text: 'x',
      channel_type: 'im',
      team: teamId,
    });
    expect(host.received).toEqual([]);
  });

  it('that mentions the app begins a thread that stays ours, also after a restart', async () => {
    const { workspace, reopen, host } = await openSlack();
    const asked = await workspace.writes('olga', `<@${workspace.idOf('agentcoord')}> how far are you?`);
    await workspace.writes('olga', 'Hello?', { thread: asked });
    const thread = { id: asked.ts, place: workspace.channel, thread: asked.ts };
    expect(host.received).toMatchObject([
      { text: 'how far are you?', thread },
      { text: 'Hello?', thread },
    ]);
    const after = await reopen();
    await workspace.writes('olga', 'Still there?', { thread: asked });
    expect(after.received).toMatchObject([{ text: 'Still there?', thread }]);
  });

  it('directly to the app is a reply, and its refusal is said there', async () => {
    const answer = { ok: false, text: 'You are not linked to a member of the company yet' };
    const { host, workspace } = await openSlack({ answer: () => answer });
    const room = await workspace.directWith('eve');
    await workspace.writes('eve', 'link AAAAA-AAAAA', { channel: room });
    expect(host.received).toMatchObject([
      { kind: 'reply', text: 'link AAAAA-AAAAA', from: { id: workspace.idOf('eve') } },
    ]);
    await until(() => workspace.called('chat.postMessage').length > 0);
    expect(workspace.called('chat.postMessage').at(-1)?.body).toMatchObject({
      channel: room,
      text: answer.text,
    });
  });

  it('is refused in the thread to them alone', async () => {
    const { host, workspace } = await openSlack({ answer: () => ({ ok: false, text: 'Not linked.' }) });
    const ref = await host.channel.send(host.message({ text: 'Lunch?' }));
    workspace.breaks('chat.postEphemeral', { status: 429, retryAfter: 0 });
    await workspace.writes('eve', 'Me too', { thread: await workspace.sees(({ ts }) => ts === ref.id) });
    await until(() => workspace.called('chat.postEphemeral').length > 0);
    expect(workspace.called('chat.postEphemeral')[0]?.body).toMatchObject({
      ...{ channel: workspace.channel, user: workspace.idOf('eve'), text: 'Not linked.', thread_ts: ref.id },
    });
  });

  it('is brought again until the host takes it, and in a thread what came later waits for it', async () => {
    let refusals = 2;
    const answer = (message: InboundMessage) => {
      if (message.kind === 'reply' && message.text === 'One' && refusals > 0) {
        refusals -= 1;
        throw new Error('the log is not there');
      }
      return { ok: true, text: '' };
    };
    const { host, workspace } = await openSlack({ answer });
    const ref = await host.channel.send(host.message());
    const thread = await workspace.sees(({ ts }) => ts === ref.id);
    const said = ['One', 'Two', 'Three'].map((text) => workspace.writes('olga', text, { thread }));
    await Promise.all(said);
    const texts = host.received.map((message) => (message.kind === 'reply' ? message.text : ''));
    const one = texts.lastIndexOf('One');
    expect(texts.filter((text) => text === 'One')).toHaveLength(3);
    expect(texts.indexOf('Two') > one || texts.indexOf('Two') < texts.indexOf('One')).toBe(true);
    expect(texts.indexOf('Three') > one || texts.indexOf('Three') < texts.indexOf('One')).toBe(true);
  });

  it('below what is still being sent waits until the host knows its name', async () => {
    const order: string[] = [];
    const { host, workspace } = await openSlack({
      answer: () => {
        order.push('answered');
        return { ok: true, text: '' };
      },
    });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    workspace.breaks('chat.postMessage', { until: held });
    const sent = host.channel.send(host.message({ text: 'Lunch?' })).then(() => order.push('named'));
    const thread = await workspace.sees(({ text }) => text === 'Lunch?');
    const written = workspace.writes('olga', 'Yes', { thread });
    // The name of who wrote is the last that is asked before it is handed over.
    await until(() => workspace.called('users.info').length > 0);
    release();
    await Promise.all([sent, written]);
    expect(order).toEqual(['named', 'answered']);
  });

  it('by somebody of another workspace, in a shared channel, is not theirs to say', async () => {
    const { host, workspace } = await openSlack();
    const ref = await host.channel.send(host.message({ actions }));
    const message = await workspace.sees(({ ts }) => ts === ref.id);
    const below = { thread_ts: ref.id, parent_user_id: message.user };
    const foreign = {
      type: 'message',
      user: workspace.idOf('olga'),
      text: 'approve x',
      ts: '2.1',
      channel: workspace.channel,
    };
    await workspace.tells({ ...foreign, ...below, user_team: 'T0FOREIGN' });
    const stranger = { user: { id: workspace.idOf('olga'), username: 'olga', team_id: 'T0FOREIGN' } };
    await workspace.presses('olga', message, buttonsOf(message)[0], { fields: stranger });
    expect(await workspace.commands('olga', 'status', { team_id: 'T0FOREIGN' })).toContain('only to members');
    expect(host.received).toEqual([]);
    await until(() => workspace.whispers.length > 0);
    expect(workspace.whispers[0]?.text).toContain('only to members of the workspace');
  });
});

describe('what Slack brings in another order than it was written', () => {
  const replies = (received: readonly InboundMessage[]) =>
    received.flatMap((one) => (one.kind === 'reply' ? [[one.from.name, one.text, one.thread?.thread]] : []));

  it('arrives once, as theirs, in its thread', async () => {
    const { host, workspace } = await openSlack();
    const threads: SlackMessage[] = [];
    for (const text of ['Lunch?', 'Dinner?']) {
      const { id } = await host.channel.send(host.message({ text }));
      threads.push(await workspace.sees(({ ts }) => ts === id));
    }
    const [lunch, dinner] = threads;
    if (!lunch || !dinner) throw new Error('there are no threads');
    const written = [
      await workspace.posts('olga', 'Pizza', { thread: lunch }),
      await workspace.posts('quentin', 'Soup', { thread: dinner }),
      await workspace.posts('eve', 'Cake', { thread: lunch }),
    ];
    for (const event of [...written].reverse()) await workspace.tells(event);
    // And once more, as when an acknowledgement was lost.
    for (const event of written) await workspace.tells(event);
    const expected = [
      ['eve', 'Cake', lunch.ts],
      ['quentin', 'Soup', dinner.ts],
      ['olga', 'Pizza', lunch.ts],
    ];
    expect(replies(host.received).slice(0, 3)).toEqual(expected);
    // What comes again has the name that it had: the host takes it once.
    expect(new Set(host.received.map(({ id }) => id)).size).toBe(3);
  });

  it('waits for the message to the app below which it stands, and nothing is taken that was not meant for it', async () => {
    const { host, workspace } = await openSlack();
    const call = `<@${workspace.idOf('agentcoord')}>`;
    const root = await workspace.posts('olga', `${call} how far are you?`);
    const later = [
      await workspace.posts('eve', 'I wonder, too', { thread: root }),
      await workspace.posts('olga', 'Well?', { thread: root }),
    ];
    for (const event of [...later].reverse()) await workspace.tells(event);
    expect(host.received).toEqual([]);
    await workspace.tells(root);
    await host.hasReceived(3);
    expect(replies(host.received)).toEqual([
      ['olga', 'how far are you?', root.ts],
      ['eve', 'I wonder, too', root.ts],
      ['olga', 'Well?', root.ts],
    ]);

    const theirs = await workspace.writes('eve', 'Just among us');
    await workspace.writes('olga', 'Of course', { thread: theirs });
    const called = await workspace.posts('eve', `${call} what do you say?`, { thread: theirs });
    await workspace.writes('olga', 'Good question', { thread: theirs });
    await workspace.tells(called);
    await host.hasReceived(5);
    expect(replies(host.received).slice(3)).toEqual([
      ['eve', 'what do you say?', theirs.ts],
      ['olga', 'Good question', theirs.ts],
    ]);
  });
});

describe('a button', () => {
  it('brings its token, once a click, and the answer comes to whoever pressed', async () => {
    const { host, workspace } = await openSlack({ answer: () => ({ ok: true, text: 'You have signed.' }) });
    const ref = await host.channel.send(host.message({ actions }));
    const message = await workspace.sees(({ ts }) => ts === ref.id);
    await workspace.presses('olga', message, buttonsOf(message)[0], { times: 2 });
    await until(() => workspace.whispers.length === 2);
    expect(new Set(host.received.map(({ id }) => id)).size).toBe(1);
    expect(host.received[0]).toMatchObject({
      ...{ kind: 'action', token: 'a-token', note: '', from: { id: workspace.idOf('olga'), name: 'olga' } },
    });
    expect(workspace.whispers[0]).toEqual({ user: workspace.idOf('olga'), text: 'You have signed.' });
    await workspace.presses('olga', message, buttonsOf(message)[0]);
    expect(new Set(host.received.map(({ id }) => id)).size).toBe(2);
  });

  it('that asks for a note opens a form, which says what is wrong and stays until it was taken', async () => {
    let isRefused = true;
    const answer = () =>
      isRefused ? { ok: false, text: 'The gate waits no longer.' } : { ok: true, text: 'Sent back.' };
    const { host, workspace } = await openSlack({ answer });
    const ref = await host.channel.send(host.message({ actions }));
    const message = await workspace.sees(({ ts }) => ts === ref.id);
    await workspace.presses('olga', message, buttonsOf(message)[1]);
    await until(() => workspace.called('views.open').length > 0);
    expect(host.received).toEqual([]);
    expect(await workspace.submits('olga', '   ')).toMatchObject({
      response_action: 'errors',
      errors: { note: expect.any(String) },
    });
    expect(await workspace.submits('olga', 'Too short')).toEqual({
      ...{ response_action: 'errors', errors: { note: 'The gate waits no longer.' } },
    });
    isRefused = false;
    expect(await workspace.submits('olga', 'Too short')).toEqual({});
    expect(host.received).toMatchObject([
      { kind: 'action', token: 'c-token', note: 'Too short' },
      { kind: 'action', token: 'c-token', note: 'Too short' },
    ]);
    await until(() => workspace.called('chat.postEphemeral').length > 0);
    expect(workspace.called('chat.postEphemeral')[0]?.body).toMatchObject({
      text: 'Sent back.',
      thread_ts: ref.id,
    });
  });

  it('pressed too long ago for a form says so', async () => {
    const { host, workspace } = await openSlack();
    const ref = await host.channel.send(host.message({ actions }));
    const message = await workspace.sees(({ ts }) => ts === ref.id);
    await workspace.presses('olga', message, buttonsOf(message)[1], { fields: { trigger_id: 'old' } });
    await until(() => workspace.whispers.length > 0);
    expect(workspace.whispers[0]?.text).toContain('press again');
    expect(host.received).toEqual([]);
  });
});

describe('/agentcoord', () => {
  it('explains itself, and hands over the rest', async () => {
    const { host, workspace } = await openSlack({
      answer: (message) => ({ ok: true, text: message.kind === 'command' ? `Heard: ${message.text}` : '' }),
    });
    expect(await workspace.commands('olga', '')).toContain('/agentcoord link CODE');
    expect(await workspace.commands('olga', 'help')).toContain('/agentcoord link CODE');
    expect(host.received).toEqual([]);
    expect(await workspace.commands('olga', 'link 4F7K-2M9Q')).toBe('Heard: link 4F7K-2M9Q');
    expect(await workspace.commands('olga', 'request-changes tok Too short')).toBe(
      'Heard: changes tok Too short',
    );
    expect(host.received[0]).toMatchObject({ from: { id: workspace.idOf('olga'), name: 'olga' } });
  });
});

describe('what nobody would send', () => {
  it('ends nothing: broken frames, forged payloads, a megabyte of text', async () => {
    const { host, workspace } = await openSlack();
    const frames = [
      '',
      'null',
      '[]',
      '{',
      '"x"',
      '{"type":"events_api"}',
      '{"type":"events_api","envelope_id":"1"}',
    ];
    for (const frame of [
      ...frames,
      '{"type":"hello"}',
      JSON.stringify({ type: 'events_api', envelope_id: '2', payload: { event: 7 } }),
    ])
      workspace.socket.raw(frame);
    const odd = ['block_actions', 'view_submission', 'shortcut'].map((type) => ({
      type,
      team: { id: teamId },
    }));
    const strange = [
      ...odd,
      { type: 'block_actions', team: { id: teamId }, actions: [{ action_id: 'sign:0', value: 7 }] },
    ];
    for (const payload of [null, 7, [], {}, ...strange])
      await workspace.socket.deliver('interactive', payload);
    await workspace.socket.deliver('slash_commands', null);
    await workspace.socket.deliver('something_new', { x: 1 });
    expect(host.received).toEqual([]);

    const text = 'x'.repeat(1_000_000);
    const ref = await host.channel.send(host.message({ actions }));
    const message = await workspace.sees(({ ts }) => ts === ref.id);
    const long = {
      type: 'message',
      user: workspace.idOf('eve'),
      channel: workspace.channel,
      ts: '3.1',
      team: teamId,
    };
    await workspace.tells({ ...long, text, thread_ts: ref.id, parent_user_id: message.user });
    await workspace.commands('eve', `approve ${text}`);
    await workspace.presses('eve', message, { ...buttonsOf(message)[0], value: text });
    expect(host.received.map((one) => (one.kind === 'action' ? one.token : one.text).length)).toEqual([
      40_000, 4_000, 200,
    ]);
  });

  it('is not answered to an address that is not Slack’s, and no secret is logged', async () => {
    const { host, workspace } = await openSlack({ answer: () => ({ ok: true, text: 'Signed.' }) });
    const ref = await host.channel.send(host.message({ actions }));
    const message = await workspace.sees(({ ts }) => ts === ref.id);
    await workspace.presses('eve', message, buttonsOf(message)[0], {
      fields: { response_url: 'file:///etc/passwd' },
    });
    await workspace.presses('eve', message, buttonsOf(message)[0], {
      fields: { response_url: 'http://127.0.0.1:9/' },
    });
    await until(() => host.logged.some((line) => line.includes('was not told')));
    expect(workspace.whispers).toEqual([]);
    expect(host.logged.join('\n')).not.toMatch(/xoxb|xapp|ticket/);
  });
});
