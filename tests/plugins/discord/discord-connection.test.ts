/** The connection of the channel discord: what is wrong with it in words, and that nothing is lost while it is away. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import discord from '../../../plugins/discord/index.ts';
import type { FakeHost } from '../../../src/contract/plugin/fake-host.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import type { DiscordService } from './discord-service.ts';
import { calls, olga, openChannel, openService, texts, until } from './opened-discord.ts';

const reason = async (host: FakeHost) => (await host.channel.health?.())?.reason ?? '';

describe('to open it', () => {
  const another = 'MTE4NzM2Mjk0OTE1MjgyMTMxOA.XxXxXx.this-one-was-reset-a-while-ago-0123456';

  it('says what is wrong with the settings, field by field, and keeps the token to itself', async () => {
    const service = await openService();
    const check = async (settings: object) =>
      (await discord.validateConfig?.({ ...service.settings, ...settings }))?.map(
        ({ field, message }) => `${field}: ${message}`,
      );
    expect(await check({})).toEqual([]);
    for (const [token, why] of [
      [another, 'Discord does not know the bot token'],
      [`Bot ${service.world.token}`, 'leave out the word before it'],
      ['a'.repeat(32), 'client secret'],
      ['a'.repeat(64), 'public key'],
      [service.world.applicationId, 'that is an ID'],
      ['hello', 'three parts'],
    ] as const) {
      const [problem = '', ...others] = (await check({ token })) ?? [];
      expect([problem, others]).toEqual([expect.stringContaining(why), []]);
      expect(problem).toMatch(/^token: /);
      expect(problem).not.toContain(token);
    }
    expect(await check({ channelId: '999999999999999999' })).toEqual([
      expect.stringMatching(/^channelId: Discord knows no channel with this ID/),
    ]);
    service.world.addChannel('888888888888888888', 15, 'forum');
    expect(await check({ channelId: '888888888888888888' })).toEqual([
      'channelId: it is a forum: take a text channel of a server',
    ]);
    // Nobody is kept from setting it up without a network.
    expect(await check({ apiUrl: 'http://127.0.0.1:1/api' })).toEqual([]);
  });

  it('refuses a token that Discord does not know, and tries again where waiting may help', async () => {
    const service = await openService();
    await expect(openChannel(service, { settings: { token: another } })).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
      message: expect.stringContaining('Reset Token'),
    });
    await expect(
      openChannel(service, { settings: { channelId: '999999999999999999' } }),
    ).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
    });
    await expect(
      openChannel(service, { settings: { apiUrl: 'http://127.0.0.1:1/api' } }),
    ).rejects.toMatchObject({
      code: 'RETRY',
      message: expect.stringContaining('Is this machine online'),
    });
    service.world.permissions &= ~PermissionFlagsBits.ViewChannel;
    await expect(openChannel(service)).rejects.toMatchObject({
      code: 'RETRY',
      message: expect.stringContaining(
        `client_id=${service.world.applicationId}&permissions=309237763072&scope=bot+applications.commands`,
      ),
    });
  });
});

describe('its health', () => {
  it('names the intent that is missing, and goes on with buttons and commands', async () => {
    const service = await openService();
    service.world.hasContentIntent = false;
    const host = await openChannel(service);
    expect(await reason(host)).toContain('switch on Message Content Intent');
    // It is called by name: Discord tells of that all the same.
    calls(service, 'can you hear me?');
    await host.hasReceived(1);
    const root = await host.channel.send(host.message());
    service.world.says(
      olga,
      service.world.roomId,
      'and this?',
      service.world.message(service.world.roomId, root.id),
    );
    calls(service, 'last');
    await host.hasReceived(2);
    expect(texts(host)).toEqual(['can you hear me?', 'last']);
  });

  it('goes on without an intent that the gateway refuses', async () => {
    const service = await openService();
    service.gateway.refusesContent = true;
    const host = await openChannel(service);
    expect(await reason(host)).toContain('Message Content Intent');
    expect(service.gateway.did).toEqual(['identify', 'identify']);
    calls(service, 'can you hear me?');
    await host.hasReceived(1);
  });

  it('names the permissions that are missing and what goes without, until they are there', async () => {
    const service = await openService();
    const { EmbedLinks, AttachFiles, SendMessagesInThreads, CreatePublicThreads } = PermissionFlagsBits;
    const all = service.world.permissions;
    service.world.permissions &= ~(EmbedLinks | AttachFiles | SendMessagesInThreads | CreatePublicThreads);
    const host = await openChannel(service);
    await until(async () => (await reason(host)).includes('Embed Links (messages are plain text)'));
    expect(await reason(host)).toContain('Attach Files (long messages are cut off)');
    const root = await host.channel.send(
      host.message({ title: 'T', text: 'word '.repeat(8_000), fields: [{ name: 'Cost', value: '$1' }] }),
    );
    const [sent] = service.sent;
    expect(sent?.embeds).toEqual([]);
    expect(sent?.content).toMatch(
      /^\[STATUS\] \*\*T\*\* \(Ada\)\nword [\s\S]*The rest is left out here[\s\S]*\*\*Cost\*\*: \$1$/,
    );
    await host.channel.send(host.message({ text: 'Below.', thread: root }));
    expect(service.sent.at(-1)).toMatchObject({ message_reference: { message_id: root.id } });
    service.world.permissions = all;
    const [role] = service.world.guild()['roles'] as object[];
    service.gateway.dispatch('GUILD_ROLE_UPDATE', { guild_id: service.world.guildId, role });
    await until(() => host.health.at(-1)?.state === 'ready');
  });

  it('says when the bot is sent away from the server', async () => {
    const service = await openService();
    const host = await openChannel(service);
    await until(async () => (await reason(host)) === '');
    service.gateway.dispatch('GUILD_DELETE', { id: service.world.guildId });
    await until(() => host.health.at(-1)?.reason?.includes('not in the server any more') === true);
  });

  it('says when the token was withdrawn, also while nothing is sent', async () => {
    const service = await openService();
    const host = await openChannel(service);
    service.gateway.close(4004);
    await until(() => host.health.at(-1)?.reason?.includes('does not know the bot token') === true);
    expect(host.health.at(-1)?.state).toBe('degraded');
    // It tries again by itself: the token may have been put right.
    await until(() => host.health.at(-1)?.state === 'ready');
    calls(service, 'are you back?');
    await host.hasReceived(1);
    expect(JSON.stringify([host.health, host.logged])).not.toContain(service.world.token);
  });
});

describe('a connection that ends', () => {
  it.each([
    ['is asked to come back', (service: DiscordService) => service.gateway.askToReconnect()],
    ['is cut', (service: DiscordService) => service.gateway.cut()],
    ['is closed by a fault of Discord', (service: DiscordService) => service.gateway.close(4000)],
    ['has an invalid session that may go on', (service: DiscordService) => service.gateway.invalidate(true)],
  ])('is resumed with what was missed when it %s', async (_what, end) => {
    const service = await openService();
    const host = await openChannel(service);
    calls(service, 'before');
    await host.hasReceived(1);
    end(service);
    await until(() => service.gateway.open.length === 0);
    calls(service, 'meanwhile');
    await service.gateway.hasSeen('resume');
    await host.hasReceived(2);
    calls(service, 'after');
    await host.hasReceived(3);
    expect(texts(host)).toEqual(['before', 'meanwhile', 'after']);
    await until(async () => (await reason(host)) === '');
    expect(service.gateway.did.filter((did) => did === 'identify')).toHaveLength(1);
  });

  it('begins anew and fetches what was said when it can’t be resumed', async () => {
    const service = await openService();
    const host = await openChannel(service);
    const { world, gateway } = service;
    const root = await host.channel.send(host.message({ text: 'A question.' }));
    const direct = await host.channel.send(host.message({ text: 'For you.', to: olga }));
    world.startThread(world.roomId, root.id, 'Theirs', olga.id);
    calls(service, 'before');
    await host.hasReceived(1);
    gateway.invalidate(false);
    calls(service, 'in the room');
    world.says(olga, root.id, 'in the thread');
    world.says(olga, direct.place ?? '', 'in private');
    await host.hasReceived(4);
    calls(service, 'after');
    await host.hasReceived(5);
    expect(texts(host)).toEqual(['before', 'in the room', 'in the thread', 'in private', 'after']);
    expect(gateway.did.filter((did) => did === 'identify')).toHaveLength(2);
  });

  it('is noticed when nothing comes from it any more', async () => {
    const service = await openService();
    service.gateway.heartbeatInterval = 100;
    const host = await openChannel(service);
    await service.gateway.hasSeen('heartbeat');
    service.gateway.isDeaf = true;
    await service.gateway.hasSeen('resume');
    service.gateway.isDeaf = false;
    calls(service, 'hello again');
    await host.hasReceived(1);
  });

  it('misses nothing that is said while its process is away', async () => {
    const service = await openService();
    const folder = await temporaryFolder();
    const before = await openChannel(service, { folder });
    calls(service, 'before');
    await before.hasReceived(1);
    await before.close();
    calls(service, 'while nobody listened');
    const after = await openChannel(service, { folder });
    await after.hasReceived(1);
    // What is older than the last thing that was heard may be news all the same.
    let early = '';
    service.untold(() => {
      early = calls(service, 'never told of').id;
    });
    calls(service, 'after');
    await after.hasReceived(2);
    expect(texts(after)).toEqual(['while nobody listened', 'after']);
    await after.close();
    const late = await openChannel(service, { folder });
    await late.hasReceived(1);
    expect(late.received.map(({ id }) => id)).toEqual([early]);
    await late.close();
    await writeFile(join(folder, 'heard.json'), '{"last":"../../x","conversations":[1]}');
    const damaged = await openChannel(service, { folder });
    calls(service, 'again');
    await damaged.hasReceived(1);
    expect(texts(damaged)).toEqual(['again']);
  });

  it('hears people before Discord has told of their server', async () => {
    const service = await openService();
    service.gateway.holdsGuild = true;
    const host = await openChannel(service);
    calls(service, 'early');
    await host.hasReceived(1);
    service.gateway.tellGuild();
    await until(async () => (await reason(host)) === '');
  });
});
