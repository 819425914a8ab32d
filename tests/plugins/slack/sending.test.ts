/** What the Slack channel sends: how it looks there, where it stands, that nothing comes twice, and what happens when Slack refuses. */
import { describe, expect, it } from 'vitest';
import type { OutboundMessage } from '../../../src/contract/plugin/messages.ts';
import { openSlack } from './opened-slack.ts';

const buttons: OutboundMessage['actions'] = [
  { token: 'a'.repeat(90), label: 'Approve as em', style: 'primary', asksForNote: false },
  { token: 'c'.repeat(90), label: 'Request changes as em', style: 'danger', asksForNote: true },
];

describe('a message', () => {
  it('has a headline, its text, fields, buttons, and who wrote it when', async () => {
    const { host, workspace } = await openSlack();
    const ref = await host.channel.send(
      host.message({
        ...{
          title: 'Ship waits for a sign-off',
          text: 'It **needs** [em](https://example.com/em).',
          type: 'QUESTION',
        },
        ...{ priority: 'HIGH', fields: [{ name: 'Epic', value: 'Ship <1>' }], actions: buttons },
        link: 'https://app.example.com/gates/1',
      }),
    );
    const [message] = await workspace.messages();
    expect(ref).toEqual({ id: message?.ts, place: workspace.channel, thread: message?.ts });
    expect(message?.text).toBe('HIGH Ship waits for a sign-off: It **needs** [em](https://example.com/em).');
    const text = (said: string) => ({ type: 'mrkdwn', text: said, verbatim: true });
    const label = (said: string) => ({ type: 'plain_text', text: said, emoji: false });
    const button = (name: string, said: string) => ({ type: 'button', action_id: name, text: label(said) });
    expect(message?.blocks).toEqual([
      { type: 'section', text: text('❓ 🔶 *HIGH* *Ship waits for a sign-off*') },
      { type: 'section', text: text('It *needs* <https://example.com/em|em>.') },
      { type: 'section', fields: [text('*Epic*\nShip &lt;1&gt;')] },
      {
        type: 'actions',
        elements: [
          { ...button('sign:0', 'Approve as em'), value: 'a'.repeat(90), style: 'primary' },
          { ...button('ask:1', 'Request changes as em'), value: 'c'.repeat(90), style: 'danger' },
          { ...button('open', 'Open the app'), url: 'https://app.example.com/gates/1' },
        ],
      },
      {
        type: 'context',
        elements: [
          text(
            'Ada · <!date^1796040000^{date_short_pretty} {time}|2026-11-30T12:00:00.000Z> · <https://app.example.com/gates/1|In the app>',
          ),
        ],
      },
    ]);
  });

  it('mentions nobody, and writes no link but to the web, whatever stands in it', async () => {
    const { host, workspace } = await openSlack();
    const text =
      '<!channel> <@U123> @everyone <javascript:x|y> [z](javascript:alert(1)) \u202Eleft\u0000 & `<!here>`';
    await host.channel.send(
      host.message({ text, title: '<!here>', author: '<@U123>', fields: [{ name: '<!here>', value: text }] }),
    );
    const [message] = await workspace.messages();
    const shown = JSON.stringify(message);
    expect(shown).not.toMatch(/<[!@](?!date)|<javascript|\\u202e|\\u0000|\u202E/i);
    expect(shown).toContain('&lt;!channel&gt; &lt;@U123&gt; @everyone');
    const [call] = workspace.called('chat.postMessage');
    expect(call?.body).toMatchObject({ parse: 'none', link_names: 'false', unfurl_links: 'false' });
  });

  it('that is too long goes on below its beginning, whole and in order', async () => {
    const { host, workspace } = await openSlack();
    const words = Array.from({ length: 8_000 }, (_, n) => `<${n}>`);
    const text = words.join(' ').slice(0, 40_000);
    const ref = await host.channel.send(host.message({ text, actions: buttons }));
    const parts = (await workspace.messages(workspace.channel, ref.id)).filter((one) => one.ts !== ref.id);
    const all = [(await workspace.messages())[0], ...parts];
    expect(all.length).toBeGreaterThan(3);
    const said = all.flatMap((message) =>
      (message?.blocks ?? []).flatMap((block) => {
        const shown = (block['text'] as { text: string } | undefined)?.text ?? '';
        return block['type'] === 'section' && !shown.startsWith('ℹ️') ? [shown] : [];
      }),
    );
    const read = said.join(' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
    expect(read.split(/\s+/)).toEqual(text.split(/\s+/));
    expect(all.filter((message) => JSON.stringify(message?.blocks).includes('"actions"'))).toHaveLength(1);
  });

  it('stands in the thread that it answers, also when that is elsewhere, and in the channel when the thread is gone', async () => {
    const { host, workspace } = await openSlack();
    const question = await host.channel.send(host.message({ text: 'Lunch?' }));
    const answer = await host.channel.send(host.message({ text: 'Yes.', thread: question }));
    expect(answer.thread).toBe(question.id);
    expect(workspace.called('chat.postMessage').at(-1)?.body).toMatchObject({ thread_ts: question.id });
    const gone = { id: '1.000001', place: 'C00000GONE', thread: '1.000001' };
    const again = await host.channel.send(host.message({ text: 'And then?', title: 'Lunch', thread: gone }));
    expect(again).toMatchObject({ place: workspace.channel, thread: again.id });
    expect(JSON.stringify((await workspace.messages()).at(-1)?.blocks)).toContain('Re: Lunch');
  });

  it('for one person goes to them alone, whatever thread it answers', async () => {
    const { host, workspace } = await openSlack();
    const olga = { id: workspace.idOf('olga'), name: 'Olga' };
    const public_ = await host.channel.send(host.message({ text: 'For all.' }));
    const first = await host.channel.send(host.message({ text: 'For you.', to: olga, thread: public_ }));
    const room = await workspace.directWith('olga');
    expect(first).toMatchObject({ place: room, thread: first.id });
    const second = await host.channel.send(host.message({ text: 'More.', to: olga, thread: first }));
    expect(second).toMatchObject({ place: room, thread: first.id });
    expect((await workspace.messages()).map(({ ts }) => ts)).toEqual([public_.id]);
    const nobody = host.channel.send(host.message({ to: { id: 'U0NOBODY00', name: '' } }));
    await expect(nobody).rejects.toMatchObject({
      code: 'REJECTED',
      message: expect.stringContaining('no longer in the workspace'),
    });
  });

  it('is changed where it stands, and keeps no button', async () => {
    const { host, workspace } = await openSlack();
    const ref = await host.channel.send(host.message({ text: 'May it go on?', actions: buttons }));
    await host.channel.edit?.(ref, host.message({ text: 'Signed by Olga.', type: 'SUCCESS' }));
    const [message] = await workspace.messages();
    expect(message?.ts).toBe(ref.id);
    expect(JSON.stringify(message?.blocks)).toContain('Signed by Olga.');
    expect(JSON.stringify(message?.blocks)).not.toContain('"actions"');
    const gone = host.channel.edit?.({ ...ref, id: '1.000001' }, host.message());
    await expect(gone).rejects.toMatchObject({
      code: 'REJECTED',
      message: expect.stringContaining('gone from Slack'),
    });
    workspace.breaks('chat.update', { status: 429, retryAfter: 7 });
    await expect(host.channel.edit?.(ref, host.message())).rejects.toMatchObject({
      code: 'RETRY',
      retryAfterMs: 7_000,
    });
  });
});

describe('sent again', () => {
  it('is the same message, as long as we know of it', async () => {
    const { host, workspace } = await openSlack();
    const message = host.message({ text: 'Once.' });
    const ref = await host.channel.send(message);
    expect(await host.channel.send(message)).toEqual(ref);
    expect(await workspace.messages()).toHaveLength(1);
  });

  it('is found in Slack after a restart, and after the line broke before Slack could answer', async () => {
    const { host, workspace, reopen } = await openSlack();
    const message = host.message({ text: `${'word '.repeat(2_500)}end`, actions: buttons });
    const ref = await host.channel.send(message);
    const parts = (await workspace.messages(workspace.channel, ref.id)).length;
    const after = await reopen();
    expect(await after.channel.send(message)).toEqual(ref);
    expect(await workspace.messages(workspace.channel, ref.id)).toHaveLength(parts);

    const lost = after.message({ text: 'Lost?', key: 'company_test:lost:test' });
    workspace.breaks('chat.postMessage', 'lost');
    await expect(after.channel.send(lost)).rejects.toMatchObject({ code: 'RETRY' });
    const found = await after.channel.send(lost);
    const here = (await workspace.messages()).filter(({ text }) => text.includes('Lost?'));
    expect(here.map(({ ts }) => ts)).toEqual([found.id]);
  });

  it('goes on after the part that arrived last', async () => {
    const { host, workspace } = await openSlack();
    const message = host.message({ text: 'word '.repeat(8_000) });
    workspace.breaks('chat.postMessage', 'works', 'works', { status: 500 });
    const first = host.channel.send(message);
    await expect(first).rejects.toMatchObject({
      code: 'RETRY',
      message: expect.stringContaining('HTTP status 500'),
    });
    const ref = await host.channel.send(message);
    const below = await workspace.messages(workspace.channel, ref.id);
    const keys = below.map((one) => JSON.stringify((one as { metadata?: unknown }).metadata));
    expect(keys).toHaveLength(5);
    expect(new Set(keys).size).toBe(keys.length);
    expect(await workspace.messages()).toHaveLength(1);
  });
});

describe('what Slack refuses', () => {
  it('asks the host for patience when it is too much', async () => {
    const { host, workspace } = await openSlack();
    workspace.breaks('chat.postMessage', { status: 429, retryAfter: 3 });
    const message = host.message({ text: 'First.' });
    await expect(host.channel.send(message)).rejects.toMatchObject({ code: 'RETRY', retryAfterMs: 3_000 });
    await expect(host.channel.health?.()).resolves.toMatchObject({
      state: 'degraded',
      reason: 'Slack wants us to wait for 3 s',
    });
    await host.channel.send(message);
    await host.channel.send(host.message({ text: 'Second.' }));
    expect((await workspace.messages()).map(({ text }) => text)).toEqual(['First.', 'Second.']);
    await expect(host.channel.health?.()).resolves.toEqual({ state: 'ready' });
  });

  it('is told to the host in words, with what is to be done', async () => {
    const { host, workspace } = await openSlack();
    const refusals = [
      ['token_expired', 'UNAUTHORIZED', 'the token has run out'],
      ['channel_not_found', 'RETRY', 'invite the app there'],
      ['not_in_channel', 'RETRY', 'invite the app there'],
      ['is_archived', 'RETRY', 'archived'],
      ['msg_too_long', 'REJECTED', 'too long'],
      ['internal_error', 'RETRY', 'Slack failed (internal_error)'],
      ['never_heard_of', 'REJECTED', 'never_heard_of'],
      ['<html>Your proxy says no</html>', 'RETRY', 'is not Slack'],
    ] as const;
    for (const [error, code, words] of refusals) {
      workspace.breaks('chat.postMessage', { error });
      const refused = host.channel.send(host.message());
      await expect(refused).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
      await expect(refused).rejects.toMatchObject({ message: expect.not.stringContaining('xoxb') });
    }
  });

  it('is final for a direct message whose conversation is closed, so that it holds up nobody else', async () => {
    const { host, workspace } = await openSlack();
    const to = { id: workspace.idOf('olga'), name: 'Olga' };
    await host.channel.send(host.message({ to }));
    workspace.breaks('chat.postMessage', { error: 'channel_not_found' });
    await expect(host.channel.send(host.message({ to }))).rejects.toMatchObject({ code: 'REJECTED' });
    await host.channel.send(host.message({ to, text: 'Open again.' }));
    await host.channel.send(host.message({ text: 'To all.' }));
    expect((await workspace.messages()).map(({ text }) => text)).toContain('To all.');
  });
});
