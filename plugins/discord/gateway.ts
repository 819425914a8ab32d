/** The connection on which Discord tells what people do: kept up as long as the channel is open, and why it is not, in words. */
import { setTimeout as pause } from 'node:timers/promises';
import type { APIInteraction, GatewayMessageCreateDispatchData } from 'discord.js';
import {
  Client,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  Options,
  PermissionFlagsBits,
} from 'discord.js';
import type { Means } from './message-body.ts';
import { badToken, Refusal, refusalOf } from './refusal.ts';
import type { Room } from './room.ts';
import { invitation, neededPermissions, permissionNames } from './room.ts';
import type { DiscordSettings } from './settings.ts';

export interface GatewayParts {
  readonly settings: DiscordSettings;
  readonly room: Room;
  readonly onMessage: (message: GatewayMessageCreateDispatchData) => void;
  readonly onInteraction: (interaction: APIInteraction) => void;
  /** A session has begun that knows nothing of what happened before. */
  readonly onFreshSession: () => void;
  /** Its condition is another one. */
  readonly onChange: () => void;
  readonly log: (text: string) => void;
}

/** In ms. */
const openWithin = 20_000;
const firstWait = 5_000;
const longestWait = 300_000;

const noContent =
  'it can’t read what people write: switch on Message Content Intent at discord.com/developers/applications, page Bot, and set the channel off and on again; buttons and commands work';

export class Gateway {
  readonly #parts: GatewayParts;
  readonly #ended = new AbortController();
  #client: Client | null = null;
  #readsContent: boolean;
  /** Null: it is connected. */
  #outage: string | null = 'it is not connected yet';

  constructor(parts: GatewayParts) {
    this.#parts = parts;
    this.#readsContent = parts.room.readsContent;
  }

  /** Resolves once Discord has begun a session. @throws Refusal */
  async open(): Promise<void> {
    const late = pause(openWithin, 'late' as const, { signal: this.#ended.signal, ref: false });
    const opened = await Promise.race([this.#login(), late]);
    if (opened !== 'late') return;
    await this.close();
    throw new Refusal(
      'RETRY',
      'Discord’s gateway does not answer: may this machine reach gateway.discord.gg?',
    );
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#client?.destroy();
  }

  /** What is wrong, for a person; empty: nothing is. */
  get fault(): string {
    if (this.#outage !== null) return `what people do there is not heard: ${this.#outage}`;
    const { room } = this.#parts;
    const guild = this.#client?.guilds.cache.get(room.guildId);
    if (!guild)
      return `the bot is not in the server any more: invite it with ${invitation(room.applicationId)}`;
    if (!guild.available) return '';
    const missing = this.#missing();
    const lacks = missing.map((name) => `${spelled(name)} (${neededPermissions[name]})`).join(', ');
    return [
      missing.length === 0 ? '' : `the bot lacks permissions in the channel: ${lacks}`,
      this.#readsContent ? '' : noContent,
    ]
      .filter((part) => part !== '')
      .join('; ');
  }

  get means(): Means {
    const missing = this.#missing();
    return { embeds: !missing.includes('EmbedLinks'), files: !missing.includes('AttachFiles') };
  }

  /** The channel in which a thread stands; null: it is none that the cache knows. */
  parentOf(threadId: string): string | null {
    const channel = this.#client?.channels.cache.get(threadId);
    return channel?.isThread() ? channel.parentId : null;
  }

  #missing(): (typeof permissionNames)[number][] {
    const { room } = this.#parts;
    const guild = this.#client?.guilds.cache.get(room.guildId);
    const channel = guild?.channels.cache.get(room.id);
    const me = guild?.members.me;
    if (!guild?.available || !me) return [];
    const has = channel?.permissionsFor(me);
    return permissionNames.filter((name) => !has?.has(PermissionFlagsBits[name]));
  }

  /** One client; when Discord sends it away for good, there is another one after a while. */
  async #login(): Promise<void> {
    const { settings, log } = this.#parts;
    const client = this.#makeClient(this.#readsContent);
    this.#client = client;
    let closedWith = 0;
    const goneForGood = (code: number) => {
      closedWith = code;
      if (code === GatewayCloseCodes.DisallowedIntents) this.#readsContent = false;
    };
    client.on(Events.ShardDisconnect, ({ code }) => goneForGood(code));
    try {
      await client.login(settings.token);
    } catch (error) {
      if (
        closedWith === GatewayCloseCodes.DisallowedIntents &&
        client.options.intents.has(GatewayIntentBits.MessageContent)
      ) {
        log('Discord refused the Message Content Intent: going on without it');
        return await this.#login();
      }
      throw closedWith === 0 ? loginRefusal(error) : new Refusal(...wordsOfClose(closedWith));
    }
    this.#turn(null);
    client.on(Events.ShardDisconnect, ({ code }) => {
      const [, words] = wordsOfClose(code);
      this.#turn(words);
      void this.#comeBack();
    });
  }

  async #comeBack(): Promise<void> {
    for (let wait = firstWait; ; wait = Math.min(longestWait, wait * 2)) {
      try {
        await pause(wait, undefined, { signal: this.#ended.signal, ref: false });
        await this.#client?.destroy();
        await this.#login();
        return;
      } catch (error) {
        if (this.#ended.signal.aborted) return;
        this.#turn(refusalOf(error).message);
      }
    }
  }

  #makeClient(readsContent: boolean): Client {
    const { settings, onMessage, onInteraction, onFreshSession, log } = this.#parts;
    const client: Client = new Client({
      intents: [
        GatewayIntentBits.Guilds,
        GatewayIntentBits.GuildMessages,
        GatewayIntentBits.DirectMessages,
        ...(readsContent ? [GatewayIntentBits.MessageContent] : []),
      ],
      rest: { api: settings.apiUrl, timeout: 8_000, retries: 1 },
      // It remembers where it may write, and nothing that people said.
      makeCache: Options.cacheWithLimits({
        ...Options.DefaultMakeCacheSettings,
        ...{
          MessageManager: 0,
          ReactionManager: 0,
          PresenceManager: 0,
          VoiceStateManager: 0,
          UserManager: 100,
        },
        ...{ GuildEmojiManager: 0, GuildStickerManager: 0, GuildInviteManager: 0, StageInstanceManager: 0 },
        GuildMemberManager: {
          maxSize: 100,
          keepOverLimit: ({ id }): boolean => id === this.#parts.room.userId,
        },
      }),
    });
    const whileOpen =
      <Said>(tell: (said: Said) => void) =>
      (said: Said) => {
        if (!this.#ended.signal.aborted && this.#client === client) tell(said);
      };
    // As they come: the SDK drops what happens in places that it does not know yet.
    client.ws.on(GatewayDispatchEvents.MessageCreate, whileOpen(onMessage));
    client.ws.on(GatewayDispatchEvents.InteractionCreate, whileOpen(onInteraction));
    client.ws.on(
      GatewayDispatchEvents.Ready,
      whileOpen(() => {
        this.#turn(null);
        onFreshSession();
      }),
    );
    client.ws.on(
      GatewayDispatchEvents.Resumed,
      whileOpen(() => this.#turn(null)),
    );
    client.on(
      Events.ShardReconnecting,
      whileOpen(() => this.#turn('Discord closed the connection, and it is being opened again')),
    );
    client.on(Events.ShardError, ({ message }) => log(`The gateway: ${message}`));
    client.on(Events.Error, ({ message }) => log(`The gateway: ${message}`));
    const changed = whileOpen(() => this.#parts.onChange());
    client.on(Events.GuildCreate, changed);
    client.on(Events.GuildDelete, changed);
    client.on(Events.ChannelUpdate, changed);
    client.on(Events.GuildRoleUpdate, changed);
    client.on(Events.GuildMemberUpdate, changed);
    return client;
  }

  #turn(outage: string | null): void {
    this.#outage = outage;
    this.#parts.onChange();
  }
}

/** `ViewChannel` as Discord's own forms call it. */
const spelled = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');

function loginRefusal(error: unknown): Refusal {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'TokenInvalid') return new Refusal('UNAUTHORIZED', badToken);
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith('Not enough sessions'))
    return new Refusal(
      'RETRY',
      'Discord lets a bot connect 1,000 times a day, and it has: it goes on tomorrow',
      {
        retryAfterMs: 3_600_000,
      },
    );
  return refusalOf(error);
}

function wordsOfClose(code: number): ['RETRY' | 'UNAUTHORIZED', string] {
  switch (code) {
    case GatewayCloseCodes.AuthenticationFailed:
      return ['UNAUTHORIZED', badToken];
    case GatewayCloseCodes.DisallowedIntents:
      return ['RETRY', noContent];
    case GatewayCloseCodes.ShardingRequired:
      return ['UNAUTHORIZED', 'the bot is in more than 2,500 servers: make one for the company alone'];
    default:
      return ['RETRY', `Discord closed the connection (${code})`];
  }
}
