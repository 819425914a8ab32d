/** What people write: answers to the company's messages and what is said to it directly become messages of theirs, in order. */
import type { ChannelHost, MessageRef } from 'agentcoord/plugin';
import type { APIChannel, APIMessage, GatewayMessageCreateDispatchData, RouteLike } from 'discord.js';
import { ChannelType, MessageType, Routes } from 'discord.js';
import type { DiscordApi } from './discord-api.ts';
import { askAgain, handOver } from './hand-over.ts';
import type { Heard } from './heard.ts';
import { KnownIds } from './known-ids.ts';
import { personOf } from './person.ts';
import { Refusal } from './refusal.ts';
import type { Room } from './room.ts';
import { cut } from './shown-text.ts';

export interface ReplyParts {
  readonly api: DiscordApi;
  readonly host: Pick<ChannelHost, 'receive' | 'log' | 'signal'>;
  readonly room: Room;
  /** The channel in which a thread stands, if that is known. */
  readonly parentOf: (threadId: string) => string | null;
  readonly heard: Pick<Heard, 'note' | 'noteConversation'>;
  /** Resolves once the host knows of what is being sent. */
  readonly told: () => Promise<void>;
}

type Message = Pick<
  APIMessage,
  'id' | 'channel_id' | 'content' | 'author' | 'type' | 'mentions' | 'attachments'
> &
  Pick<GatewayMessageCreateDispatchData, 'guild_id' | 'referenced_message' | 'webhook_id'>;

/** So long a message waits for a host that can't take it; the ones after it wait, too. In ms. */
const patience = 24 * 3_600_000;
/** The same refusal is not said to the same person again for so long, in ms. */
const quietFor = 600_000;
const mostWaiting = 1_000;
const commands = /^\/?((link|approve|changes|help)\b|status$)/i;

export class Replies {
  readonly #parts: ReplyParts;
  readonly #seen = new KnownIds(5_000);
  /** Threads, and whether they stand below a message of ours, or below one that calls us. */
  readonly #threads = new Map<string, boolean>();
  readonly #told = new Map<string, number>();
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(parts: ReplyParts) {
    this.#parts = parts;
  }

  /** Never throws. */
  take(message: Message): void {
    const { room, host } = this.#parts;
    if (message.guild_id !== undefined && message.guild_id !== room.guildId) return;
    if (this.#waiting >= mostWaiting) return host.log(`Too much is said at once: ${message.id} was left out`);
    this.#waiting += 1;
    this.#enqueue(async () => {
      this.#waiting -= 1;
      await this.#deal(message);
    });
  }

  /** What is said meanwhile waits until this has been dealt with. */
  catchUp(fetch: () => Promise<readonly Message[]>): void {
    this.#enqueue(async () => {
      const missed = await askAgain(fetch, this.#parts.host.signal, patience);
      for (const message of missed) await this.#deal(message);
    });
  }

  #enqueue(act: () => Promise<void>): void {
    this.#last = this.#last.then(act).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      this.#parts.host.log(`What was said could not be taken: ${why}`);
    });
  }

  async #deal(message: Message): Promise<void> {
    const { host, heard } = this.#parts;
    if (!this.#seen.add(message.id)) return;
    try {
      await this.#take(message);
      heard.note(message.id);
    } catch (error) {
      this.#seen.delete(message.id);
      const why = error instanceof Error ? error.message : String(error);
      host.log(`The message ${message.id} could not be taken: ${why}`);
    }
  }

  /**
   * Whether messages of ours stand there: in the room, or in a thread of it.
   * @param within how long Discord may take to say so, in ms
   */
  async isOurs(channelId: string, within: number): Promise<boolean> {
    const { room } = this.#parts;
    return channelId === room.id || (await this.#parent(channelId, within)) === room.id;
  }

  async #take(message: Message): Promise<void> {
    const { host, room, heard, told } = this.#parts;
    const { type, author, webhook_id } = message;
    const isSaid = type === MessageType.Default || type === MessageType.Reply;
    if (!isSaid || author.bot || webhook_id !== undefined || author.id === room.userId) return;
    if (message.guild_id === undefined) heard.noteConversation(message.channel_id);
    const thread = await this.#threadOf(message);
    if (thread === 'none of ours') return;
    const files = message.attachments.map(({ filename, url }) => `[${filename}](${url})`);
    const text = [withoutMention(message.content, room.userId), ...files]
      .filter((part) => part !== '')
      .join('\n');
    // Without the intent for it, Discord hands over no words.
    if (text === '') return;
    const from = personOf(message.author);
    // An answer can be quicker than the news of what it answers.
    await told();
    const reply = { kind: 'reply', id: message.id, from, text: text.slice(0, 40_000), thread } as const;
    const answer = await handOver(host, reply, patience);
    if (answer.text !== '') await this.#tell(message, answer.text, answer.ok || commands.test(text));
  }

  /** Null: it was said to us, but below nothing. */
  async #threadOf(message: Message): Promise<MessageRef | null | 'none of ours'> {
    const { room } = this.#parts;
    const { id, channel_id: place, guild_id, referenced_message: referenced, mentions } = message;
    const answers = referenced?.author.id === room.userId ? rootOf(referenced) : null;
    if (guild_id === undefined) {
      const root = answers ?? (commands.test(message.content) ? null : await this.#lastRoot(place));
      return root === null ? null : { id, place, thread: root };
    }
    const isCalled = mentions.some((user) => user.id === room.userId);
    if (place === room.id) {
      if (answers !== null) return { id, place, thread: answers };
      return isCalled ? { id, place, thread: id } : 'none of ours';
    }
    if (!(await this.isOurs(place, patience))) return 'none of ours';
    return isCalled || (await this.#isBelowOurs(place))
      ? { id, place: room.id, thread: place }
      : 'none of ours';
  }

  async #parent(threadId: string, within: number): Promise<string | null> {
    const known = this.#parts.parentOf(threadId);
    if (known !== null || !/^\d{17,20}$/.test(threadId)) return known;
    const channel = await this.#ask(Routes.channel(threadId), null as APIChannel | null, { within });
    const isThread =
      channel?.type === ChannelType.PublicThread || channel?.type === ChannelType.AnnouncementThread;
    return isThread ? (channel.parent_id ?? null) : null;
  }

  /** A thread has the id of the message below which it stands. */
  async #isBelowOurs(threadId: string): Promise<boolean> {
    const { room } = this.#parts;
    const known = this.#threads.get(threadId);
    if (known !== undefined) return known;
    const root = await this.#ask(Routes.channelMessage(room.id, threadId), null as APIMessage | null);
    const isOurs = root !== null && [root.author, ...root.mentions].some(({ id }) => id === room.userId);
    if (this.#threads.size >= 2_000) this.#threads.clear();
    this.#threads.set(threadId, isOurs);
    return isOurs;
  }

  /** @param otherwise what it comes to when Discord will not say; while it can't be asked, what is said waits */
  async #ask<Answer>(
    route: RouteLike,
    otherwise: Answer,
    { query, within = patience }: { query?: Readonly<Record<string, string>>; within?: number } = {},
  ): Promise<Answer> {
    const { api, host } = this.#parts;
    try {
      return await askAgain(() => api.get<Answer>(route, query), host.signal, within);
    } catch (error) {
      if (error instanceof Refusal) return otherwise;
      throw error;
    }
  }

  /** Whoever answers in a conversation without a quote answers what was said there last. */
  async #lastRoot(place: string): Promise<string | null> {
    const { room } = this.#parts;
    const last = await this.#ask(Routes.channelMessages(place), [] as APIMessage[], {
      query: { limit: '20' },
    });
    // What we have refused is no message of the company.
    const ours = last.find(({ author, embeds }) => author.id === room.userId && embeds.length > 0);
    return ours ? rootOf(ours) : null;
  }

  /** Where nobody can be told alone, they are told below what they wrote, and not again and again. */
  async #tell(message: Message, text: string, isAsked: boolean): Promise<void> {
    const { api } = this.#parts;
    const key = `${message.author.id} ${text}`;
    const now = Date.now();
    if (!isAsked && (this.#told.get(key) ?? 0) > now - quietFor) return;
    if (this.#told.size > 1_000) this.#told.clear();
    this.#told.set(key, now);
    const body = {
      content: cut(text, 2_000),
      allowed_mentions: { parse: [] },
      message_reference: { message_id: message.id, fail_if_not_exists: false },
    };
    await api.post(Routes.channelMessages(message.channel_id), { body });
  }
}

/** What an answer of ours stands below: what it quotes, or itself. */
const rootOf = ({ id, message_reference }: Pick<APIMessage, 'id' | 'message_reference'>): string =>
  message_reference?.message_id ?? id;

/** Whoever calls us by name at the beginning means us, and says nothing by it. */
const withoutMention = (content: string, userId: string): string =>
  content.replace(new RegExp(`^\\s*<@!?${userId}>[,:]?`), '').trim();
