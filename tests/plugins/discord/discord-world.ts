/** A server of Discord with one bot in it, in memory: its rules as Discord documents them, beyond what the description of the API says. */
import { PermissionFlagsBits } from 'discord.js';
import { faultOf } from './published-api.ts';

/** Objects of the API; what they are is checked against its description. */
export type Thing = Readonly<Record<string, unknown>> & { readonly id: string };

export interface Person {
  readonly id: string;
  readonly name: string;
}

export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: object | undefined;

  constructor(status: number, code: number, message: string, errors?: object) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

export interface Message extends Thing {
  readonly channel_id: string;
  readonly author: Thing;
  readonly content: string;
  readonly embeds: readonly Record<string, never>[];
  readonly components: readonly {
    readonly components: readonly { readonly custom_id: string; readonly label: string }[];
  }[];
  readonly attachments: readonly { readonly filename: string; readonly size: number }[];
  readonly nonce?: string;
  readonly message_reference?: { readonly message_id: string };
}

interface Interaction {
  readonly token: string;
  /** Resolves when its person is shown something. */
  readonly shown: (what: Shown) => void;
  hasForm: boolean;
  isAnswered: boolean;
}

/** What a person sees of what they did. */
export type Shown =
  | { readonly form: { readonly custom_id: string; readonly title: string } }
  | { readonly text: string; readonly forThemAlone: boolean };

type Body = Readonly<Record<string, unknown>>;
export interface File {
  readonly name: string;
  readonly text: string;
}

let lastId = 1_200_000_000_000_000_000n;
export function newId(): string {
  lastId += 1n;
  return String(lastId);
}

/** All but the one that has every other in it. */
const allPermissions =
  Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n) & ~PermissionFlagsBits.Administrator;
/** Message Content, as an application for few servers has it. */
const contentFlag = 1 << 19;

export class DiscordWorld {
  readonly token = 'MTE4NzM2Mjk0OTE1MjgyMTMxOA.GaBcDe.abcdefghijklmnopqrstuvwxyz-0123456789';
  readonly applicationId = newId();
  readonly guildId = newId();
  readonly roomId = newId();
  readonly bot = userOf({ id: newId(), name: 'AgentCoord' }, true);
  readonly channels = new Map<string, Thing>();
  readonly messages: Message[] = [];
  readonly files = new Map<string, readonly File[]>();
  readonly commands: Thing[] = [];
  readonly interactions = new Map<string, Interaction>();
  /** Of the bot, in the room. */
  permissions = allPermissions;
  hasContentIntent = true;
  /** People who take no direct messages. */
  readonly closedTo = new Set<string>();
  /** Told what happened, for whoever listens. */
  onEvent: (type: string, data: object) => void = () => undefined;

  constructor() {
    this.addChannel(this.roomId, 0, 'agents');
  }

  addChannel(id: string, type: number, name: string): void {
    this.channels.set(id, {
      id,
      type,
      name,
      flags: 0,
      guild_id: this.guildId,
      position: 0,
      permission_overwrites: [],
    });
  }

  application(): Thing {
    return {
      id: this.applicationId,
      ...{ name: 'AgentCoord', icon: null, description: '', type: null, verify_key: '0'.repeat(64) },
      ...{ flags: this.hasContentIntent ? contentFlag : 0, flags_new: '0', redirect_uris: [], team: null },
      ...{ interactions_endpoint_url: null, role_connections_verification_url: null },
      ...{ approximate_guild_count: 1, approximate_user_install_count: 0 },
      ...{ approximate_user_authorization_count: 0, explicit_content_filter: 0, eligible_oauth2_scopes: [] },
      owner: userOf({ id: newId(), name: 'owner' }),
      bot: this.bot,
    };
  }

  guild(): Thing {
    const roles = [{ id: this.guildId, name: '@everyone', permissions: String(this.permissions) }];
    return {
      id: this.guildId,
      name: 'Our company',
      roles: roles.map((role) => ({
        ...role,
        color: 0,
        hoist: false,
        position: 0,
        managed: false,
        mentionable: false,
        flags: 0,
      })),
      channels: [...this.channels.values()].filter(({ type }) => type === 0),
      threads: [...this.channels.values()].filter(({ type }) => type === 11),
      members: [
        {
          user: this.bot,
          roles: [],
          joined_at: new Date().toISOString(),
          deaf: false,
          mute: false,
          flags: 0,
        },
      ],
      ...{
        owner_id: newId(),
        member_count: 3,
        emojis: [],
        stickers: [],
        features: [],
        voice_states: [],
        presences: [],
      },
      ...{
        joined_at: new Date().toISOString(),
        unavailable: false,
        large: false,
        guild_scheduled_events: [],
      },
      ...{ stage_instances: [], soundboard_sounds: [], preferred_locale: 'en-US', system_channel_flags: 0 },
      ...{
        verification_level: 0,
        mfa_level: 0,
        nsfw_level: 0,
        premium_tier: 0,
        default_message_notifications: 0,
      },
      ...{ explicit_content_filter: 0, afk_timeout: 300, premium_progress_bar_enabled: false },
    };
  }

  channel(id: string): Thing {
    const channel = this.channels.get(id);
    if (!channel) throw new ApiError(404, 10_003, 'Unknown Channel');
    if (channel['guild_id'] === this.guildId) this.#require('ViewChannel', 50_001, 'Missing Access');
    return channel;
  }

  activeThreads(): object {
    const threads = [...this.channels.values()].filter(({ type }) => type === 11);
    const lastIn = (id: string) => this.messages.findLast(({ channel_id }) => channel_id === id)?.id ?? null;
    return {
      threads: threads.map((thread) => ({ ...thread, last_message_id: lastIn(thread.id) })),
      members: [],
      has_more: false,
    };
  }

  message(channelId: string, id: string): Message {
    this.channel(channelId);
    const found = this.messages.find((message) => message.id === id && message.channel_id === channelId);
    if (!found) throw new ApiError(404, 10_008, 'Unknown Message');
    return found;
  }

  messagesIn(channelId: string, query: URLSearchParams): Message[] {
    this.channel(channelId);
    const limit = Number(query.get('limit') ?? 50);
    const after = BigInt(query.get('after') ?? 0);
    const all = this.messages.filter(({ channel_id, id }) => channel_id === channelId && BigInt(id) > after);
    // The newest first, and after a given one those that follow it.
    return (query.has('after') ? all.slice(0, limit) : all.slice(-limit)).reverse();
  }

  /** A message of the bot. */
  post(channelId: string, body: Body, files: readonly File[]): Message {
    const channel = this.channel(channelId);
    this.#mayPost(channel, body, files);
    const { nonce, enforce_nonce: isOnce } = body;
    const before =
      isOnce === true &&
      this.messages.find((message) => message.nonce === nonce && message.channel_id === channelId);
    if (before) return before;
    return this.#keep(channelId, this.bot, body, files);
  }

  edit(channelId: string, id: string, body: Body, files: readonly File[]): Message {
    const message = this.message(channelId, id);
    if (message.author.id !== this.bot['id'])
      throw new ApiError(403, 50_005, 'Cannot edit a message authored by another user');
    requireFit({ ...message, ...body });
    const kept =
      (body['attachments'] as { id: unknown }[] | undefined)?.length === 0 ? [] : message.attachments;
    const edited = {
      ...message,
      ...shapeOf({ ...message, ...body }),
      ...{
        attachments: files.length > 0 ? files.map(attachmentOf) : kept,
        edited_timestamp: new Date().toISOString(),
      },
    } as unknown as Message;
    this.messages[this.messages.indexOf(message)] = edited;
    this.onEvent('MESSAGE_UPDATE', { ...edited, guild_id: this.guildId });
    return edited;
  }

  startThread(channelId: string, messageId: string, name: string, ownerId = String(this.bot['id'])): Thing {
    this.message(channelId, messageId);
    if (ownerId === this.bot['id']) this.#require('CreatePublicThreads', 50_013, 'Missing Permissions');
    if (this.channels.has(messageId))
      throw new ApiError(400, 160_004, 'A thread has already been created for this message');
    const times = { archive_timestamp: new Date().toISOString(), auto_archive_duration: 10_080 };
    const thread = {
      ...{
        id: messageId,
        type: 11,
        name,
        flags: 0,
        guild_id: this.guildId,
        parent_id: channelId,
        owner_id: ownerId,
      },
      thread_metadata: { archived: false, locked: false, ...times },
      ...{ message_count: 0, member_count: 1, total_message_sent: 0 },
    };
    this.channels.set(messageId, thread);
    this.onEvent('THREAD_CREATE', { ...thread, newly_created: true });
    return thread;
  }

  conversationWith(personId: string): Thing {
    const known = [...this.channels.values()].find(
      ({ type, recipients }) => type === 1 && (recipients as Thing[])[0]?.id === personId,
    );
    if (known) return known;
    const recipients = [userOf({ id: personId, name: 'somebody' })];
    const conversation = { id: newId(), type: 1, flags: 0, recipients };
    this.channels.set(conversation.id, conversation);
    return conversation;
  }

  /** Somebody writes. */
  says(person: Person, channelId: string, content: string, answered: Message | null = null): Message {
    const isQuote = answered !== null;
    const reference = { type: 0, channel_id: channelId, message_id: answered?.id };
    const extra = isQuote ? { type: 19, message_reference: reference, referenced_message: answered } : {};
    return this.#keep(channelId, userOf(person), { content, ...extra }, []);
  }

  register(command: Body): Thing {
    const { id = newId() } = this.commands.find(({ name }) => name === command['name']) ?? {};
    const about = { application_id: this.applicationId, guild_id: this.guildId, version: newId() };
    const registered = { ...command, id, ...about, default_member_permissions: null, type: 1 };
    const others = this.commands.filter(({ name }) => name !== command['name']);
    this.commands.splice(0, this.commands.length, ...others, registered);
    return registered;
  }

  /** The first answer of the bot to what somebody did. */
  answerInteraction(id: string, token: string, { type, data }: Body): void {
    const interaction = this.interactions.get(id);
    if (interaction?.token !== token) throw new ApiError(404, 10_062, 'Unknown interaction');
    if (interaction.hasForm || interaction.isAnswered)
      throw new ApiError(400, 40_060, 'Interaction has already been acknowledged.');
    if (type === 9) {
      interaction.hasForm = true;
      interaction.shown({ form: data as { custom_id: string; title: string } });
      return;
    }
    if (type !== 5 || (data as { flags?: number }).flags !== 64)
      throw new ApiError(400, 50_035, 'Invalid Form Body');
    interaction.isAnswered = true;
  }

  fillAnswer(token: string, body: Body): Message {
    const interaction = [...this.interactions.values()].find((one) => one.token === token);
    if (!interaction?.isAnswered) throw new ApiError(404, 10_015, 'Unknown Webhook');
    interaction.shown({ text: String(body['content']), forThemAlone: true });
    return messageOf(this.roomId, this.bot, { ...body, flags: 64 }, []);
  }

  #keep(channelId: string, author: Thing, body: Body, files: readonly File[]): Message {
    const message = messageOf(channelId, author, body, files);
    const fault = faultOf('MessageResponse', message);
    if (fault !== null) throw new Error(fault);
    this.messages.push(message);
    this.files.set(message.id, files);
    const isDirect = this.channels.get(channelId)?.['type'] === 1;
    const where = isDirect ? {} : { guild_id: this.guildId };
    this.onEvent('MESSAGE_CREATE', { ...message, ...where });
    return message;
  }

  #mayPost(channel: Thing, body: Body, files: readonly File[]): void {
    const embeds = (body['embeds'] ?? []) as object[];
    if (channel['type'] === 1) {
      const [recipient] = channel['recipients'] as Thing[];
      if (recipient && this.closedTo.has(recipient.id))
        throw new ApiError(403, 50_007, 'Cannot send messages to this user');
    } else {
      this.#require(
        channel['type'] === 11 ? 'SendMessagesInThreads' : 'SendMessages',
        50_013,
        'Missing Permissions',
      );
      if (embeds.length > 0) this.#require('EmbedLinks', 50_013, 'Missing Permissions');
      if (files.length > 0) this.#require('AttachFiles', 50_013, 'Missing Permissions');
    }
    requireFit(body);
    const attached = ((body['attachments'] ?? []) as object[]).length;
    if (attached > files.length) throw new ApiError(400, 50_035, 'Invalid Form Body');
  }

  #require(permission: keyof typeof PermissionFlagsBits, code: number, message: string): void {
    if ((this.permissions & PermissionFlagsBits[permission]) === 0n) throw new ApiError(403, code, message);
  }
}

/** What the description of the API leaves out of Discord's documentation. */
function requireFit({ content, embeds, components }: Body): void {
  const wrong = (field: string, code: string, message: string) =>
    new ApiError(400, 50_035, 'Invalid Form Body', { [field]: { _errors: [{ code, message }] } });
  const text = String(content ?? '');
  if (text.length > 2_000) throw wrong('content', 'BASE_TYPE_MAX_LENGTH', 'Must be 2000 or fewer in length.');
  const looks = (embeds ?? []) as { title?: string; description?: string; author?: { name: string } }[];
  if (text.trim() === '' && looks.length === 0)
    throw new ApiError(400, 50_006, 'Cannot send an empty message');
  const isLone = /\p{Surrogate}/u;
  const all = looks.flatMap(textsOf);
  if (all.join('').length > 6_000)
    throw wrong('embeds', 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
  if (isLone.test(text) || all.some((one) => isLone.test(one)))
    throw new ApiError(400, 50_109, 'The request body contains invalid JSON.');
  const rows = (components ?? []) as { components: { custom_id: string }[] }[];
  if (rows.length > 5 || rows.some((row) => row.components.length > 5))
    throw wrong('components', 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.');
  const ids = rows.flatMap((row) => row.components.map(({ custom_id }) => custom_id));
  if (new Set(ids).size < ids.length)
    throw wrong('components', 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
}

function textsOf(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]) =>
    /^(url|timestamp)$/.test(name) ? [] : textsOf(value),
  );
}

function messageOf(channelId: string, author: Thing, body: Body, files: readonly File[]): Message {
  const { message_reference: reference, nonce, referenced_message: referenced } = body;
  const { message_id = '' } = (reference ?? {}) as { message_id?: string };
  return {
    ...{ id: newId(), channel_id: channelId, author, type: body['type'] ?? (reference ? 19 : 0) },
    ...{ flags: body['flags'] ?? 0, timestamp: new Date().toISOString(), edited_timestamp: null },
    ...{ mention_roles: [], pinned: false, mention_everyone: false, tts: false },
    attachments: files.map(attachmentOf),
    ...shapeOf(body),
    ...(nonce !== undefined && { nonce: String(nonce) }),
    ...(reference !== undefined && { message_reference: { type: 0, channel_id: channelId, message_id } }),
    ...(referenced !== undefined && { referenced_message: referenced }),
  } as unknown as Message;
}

/** What of a body comes back as it is. */
function shapeOf({ content, embeds, components }: Body): object {
  const text = String(content ?? '');
  let count = 0;
  const numbered = (part: object): object => {
    count += 1;
    const inner = (part as { components?: object[] }).components;
    return { ...part, id: count, ...(inner && { components: inner.map(numbered) }) };
  };
  return {
    content: text,
    embeds: ((embeds ?? []) as object[]).map((embed) => ({ type: 'rich', ...embed })),
    components: ((components ?? []) as object[]).map(numbered),
    mentions: [...text.matchAll(/<@!?(\d+)>/g)].map(([, id = '']) => userOf({ id, name: 'somebody' })),
  };
}

function attachmentOf({ name, text }: File): object {
  const url = `https://cdn.discordapp.com/attachments/1/2/${name}`;
  return { id: newId(), filename: name, size: text.length, url, proxy_url: url };
}

export function userOf({ id, name }: Person, isBot = false): Thing {
  const more = {
    avatar: null,
    discriminator: '0',
    public_flags: 0,
    flags: 0,
    global_name: name,
    primary_guild: null,
  };
  return { id, username: name.toLowerCase(), ...more, ...(isBot && { bot: true }) };
}
