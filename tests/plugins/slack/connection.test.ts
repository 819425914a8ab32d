/** How the Slack channel stays connected, what it says of itself, and what is checked before its settings are taken. */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkSlackSettings } from '../../../plugins/slack/check-settings.ts';
import slack from '../../../plugins/slack/index.ts';
import { readSettings } from '../../../plugins/slack/slack-settings.ts';
import { openFakeHost } from '../../../src/contract/plugin/fake-host.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { openSlack } from './opened-slack.ts';
import { freePort, SlackWorkspace } from './slack-workspace.ts';

describe('the connection', () => {
  it('is made anew before Slack ends it, and after it broke; what was under way comes again and is taken once', async () => {
    let hold: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      hold = resolve;
    });
    const { host, workspace } = await openSlack({
      answer: async () => {
        await held;
        return { ok: true, text: '' };
      },
    });
    const ref = await host.channel.send(host.message({ text: 'Lunch?' }));
    const thread = await workspace.sees(({ ts }) => ts === ref.id);
    const first = workspace.writes('olga', 'Yes', { thread });
    await host.hasReceived(1);
    workspace.socket.asksToReconnect();
    await workspace.socket.connected(2);
    workspace.socket.breaks();
    await workspace.socket.connected(3);
    hold();
    await first;
    await workspace.writes('olga', 'And you?', { thread });
    expect(new Set(host.received.map(({ id }) => id)).size).toBe(2);
    await expect(host.channel.health?.()).resolves.toEqual({ state: 'ready' });
  });

  it('that can’t be had is tried again, and said', async () => {
    const { host, workspace } = await openSlack();
    workspace.breaks('apps.connections.open', { error: 'internal_error' });
    workspace.socket.breaks();
    while (!host.health.some(({ reason }) => reason?.includes('internal_error'))) await pause(10);
    await workspace.socket.connected(2);
    while (host.health.at(-1)?.state !== 'ready') await pause(10);
    await host.channel.send(host.message());
  });
});

describe('its health', () => {
  it('names what is wrong and what to do', async () => {
    const { host, workspace } = await openSlack();
    const health = async () => (await host.channel.health?.())?.reason ?? '';
    workspace.lets({ scopes: ['chat:write'] });
    expect(await health()).toMatch(/the app lacks .*im:write.*: add it under “OAuth & Permissions”/);
    workspace.lets({ botToken: false });
    expect(await health()).toMatch(/the token has run out: .*“Install App”.*\(token_expired\)/);
    await expect(host.channel.send(host.message())).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    workspace.lets({ botToken: true, appToken: false });
    workspace.socket.breaks();
    while (!host.health.at(-1)?.reason?.includes('app-level token')) await pause(10);
    expect(host.health.at(-1)?.reason).toMatch(
      /nothing arrives from Slack: Slack refuses the app-level token \(invalid_auth\)/,
    );
    // Messages still go out.
    await host.channel.send(host.message({ text: 'Out.' }));
    workspace.lets({ appToken: true });
    await workspace.socket.connected(2);
  });

  it('says that nothing can be reached', async () => {
    const folder = await temporaryFolder();
    const nowhere = {
      botToken: 'xoxb-1',
      appToken: 'xapp-1',
      channel: 'agents',
      apiUrl: `http://127.0.0.1:${await freePort()}/api/`,
    };
    const opened = openFakeHost(slack, { settings: nowhere, folder });
    await expect(opened).rejects.toMatchObject({
      code: 'RETRY',
      message: expect.stringContaining('can’t be reached (ECONNREFUSED)'),
    });
    expect(await checkSlackSettings(readSettings(nowhere))).toEqual([]);
  });
});

describe('settings', () => {
  it('are checked with Slack, field by field', async () => {
    const workspace = await SlackWorkspace.open();
    onTestFinished(() => workspace.close());
    const check = async (change: Record<string, string>) =>
      (await checkSlackSettings(readSettings({ ...workspace.settings, ...change }))).map(
        ({ field, message }) => `${field}: ${message}`,
      );
    const { botToken, appToken } = workspace.settings;
    expect(await check({})).toEqual([]);
    expect(await check({ channel: '#agents' })).toEqual([]);
    expect(await check({ channel: '#agenst' })).toEqual([
      expect.stringContaining('channel: the app sees no channel #agenst'),
    ]);
    expect(await check({ channel: 'C0000000NO' })).toEqual([
      expect.stringContaining('channel: the app sees no channel'),
    ]);
    expect(await check({ channel: '<!here>' })).toEqual([
      expect.stringContaining('channel: it must be the name of one channel'),
    ]);
    expect(await check({ botToken: appToken, appToken: botToken })).toEqual([
      'botToken: a bot token begins with xoxb-; this is the app-level token',
      'appToken: an app-level token begins with xapp-; this is the bot token',
    ]);
    expect(await check({ botToken: 'xoxe.xoxb-1' })).toEqual([expect.stringContaining('token rotation')]);
    const wrong = await check({ botToken: 'xoxb-wrong-secret', appToken: 'xapp-wrong-secret' });
    expect(wrong).toEqual([
      expect.stringMatching(/^botToken: Slack does not know the token.*invalid_auth/),
      expect.stringMatching(/^appToken: Slack refuses the app-level token/),
    ]);
    expect(wrong.join()).not.toContain('wrong-secret');
    workspace.lets({ scopes: ['chat:write'] });
    expect(await check({})).toEqual([expect.stringMatching(/^botToken: the app lacks app_mentions:read/)]);
  });
});
