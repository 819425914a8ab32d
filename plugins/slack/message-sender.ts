/** Posts and changes messages: where they belong, in as many parts as Slack needs, and none twice if that can be known. */

import type { ChatPostMessageArguments, WebClient } from '@slack/web-api';
import type { MessageRef, OutboundMessage } from 'agentcoord/plugin';
import { ChannelError } from 'agentcoord/plugin';
import type { SlackPart } from './message-blocks.ts';
import { partsOf } from './message-blocks.ts';
import { at, textAt } from './read-payload.ts';
import { channelError, isDoubtful, slackCode } from './slack-error.ts';

export interface SenderParts {
  readonly web: WebClient;
  /** Its name or id. */
  readonly channel: string;
}

interface Place {
  readonly channel: string;
  readonly thread: string | null;
}

/** A message that Slack has, perhaps not all of its parts. */
interface Posted {
  readonly channel: string;
  /** Of each part, in order. */
  readonly ids: readonly string[];
}

const eventType = 'agentcoord_message';
/** Messages that are known to have arrived. */
const remembered = 500;
/** So many of the last messages are looked through for one that may have arrived. */
const lookedThrough = 30;
/** A thread that is gone, or stands where we may no longer write. */
const goneThread = new Set([
  'thread_not_found',
  'cannot_reply_to_message',
  'message_not_found',
  'channel_not_found',
  'not_in_channel',
  'is_archived',
]);

export class MessageSender {
  readonly #parts: SenderParts;
  readonly #posted = new Map<string, Posted>();
  readonly #rooms = new Map<string, string>();
  /** What was sent last may have arrived though we were not told: before a restart, or when the line broke. */
  #isInDoubt = true;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** @throws ChannelError */
  async send(message: OutboundMessage): Promise<MessageRef> {
    try {
      const place = await this.#placeOf(message);
      return await this.#sendTo(place, message).catch((error: unknown) => {
        const isElsewhere = place.thread !== null && message.to === null && goneThread.has(slackCode(error));
        if (!isElsewhere) throw error;
        const quoted = message.title === '' ? message : { ...message, title: `Re: ${message.title}` };
        return this.#sendTo({ channel: this.#parts.channel, thread: null }, quoted);
      });
    } catch (error) {
      if (isDoubtful(error)) this.#isInDoubt = true;
      throw message.to === null ? channelError(error) : this.#personalError(message.to.id, error);
    }
  }

  /** What can't reach one person must not hold up what is meant for all. */
  #personalError(person: string, error: unknown): ChannelError {
    const known = channelError(error);
    if (!goneThread.has(slackCode(error))) return known;
    this.#rooms.delete(person);
    return new ChannelError('REJECTED', `Slack takes no direct message to that person: ${known.message}`, {
      cause: error,
    });
  }

  /** @throws ChannelError */
  async edit(ref: MessageRef, message: OutboundMessage): Promise<void> {
    const [part] = partsOf(message);
    if (!ref.place || !part) throw new ChannelError('REJECTED', 'nobody knows where that message stands');
    try {
      await this.#parts.web.chat.update({
        channel: ref.place,
        ts: ref.id,
        ...contents(part, message.key, 0),
      });
    } catch (error) {
      const { code, message: why, retryAfterMs } = channelError(error);
      // Of a message that stands where we may no longer write, nothing can be changed.
      if (goneThread.has(slackCode(error))) throw new ChannelError('REJECTED', why, { cause: error });
      throw new ChannelError(code, why, { retryAfterMs });
    }
  }

  /** What is meant for one never goes where others read it. */
  async #placeOf({ to, thread }: OutboundMessage): Promise<Place> {
    const channel = to === null ? (thread?.place ?? this.#parts.channel) : await this.#roomOf(to.id);
    const isThere = thread !== null && thread.place === channel;
    return { channel, thread: isThere ? (thread.thread ?? thread.id) : null };
  }

  async #roomOf(person: string): Promise<string> {
    const known = this.#rooms.get(person);
    if (known !== undefined) return known;
    const opened = await this.#parts.web.conversations.open({ users: person });
    const room = textAt(opened, 'channel', 'id');
    if (room === '') throw new ChannelError('REJECTED', 'Slack opened no direct message to that person');
    this.#rooms.set(person, room);
    return room;
  }

  async #sendTo(place: Place, message: OutboundMessage): Promise<MessageRef> {
    const parts = partsOf(message);
    let posted =
      this.#posted.get(message.key) ?? (this.#isInDoubt ? await this.#find(place, message.key) : null);
    for (const [n, part] of parts.entries()) {
      if (posted && n < posted.ids.length) continue;
      // What goes on stands below its beginning.
      const thread: string | null = place.thread ?? posted?.ids[0] ?? null;
      const { channel, ts } = await this.#parts.web.chat.postMessage({
        channel: posted?.channel ?? place.channel,
        ...contents(part, message.key, n),
        ...(thread !== null && { thread_ts: thread }),
      } as ChatPostMessageArguments);
      if (!channel || !ts) throw new ChannelError('RETRY', 'Slack took the message and gave it no name');
      posted = { channel, ids: [...(posted?.ids ?? []), ts] };
      this.#remember(message.key, posted);
    }
    this.#isInDoubt = false;
    const id = posted?.ids[0];
    if (!posted || id === undefined) throw new ChannelError('REJECTED', 'the message is empty');
    return { id, place: posted.channel, thread: place.thread ?? id };
  }

  /** Among the last messages there, by the key that each of ours carries. Null also when nobody may look. */
  async #find({ channel, thread }: Place, key: string): Promise<Posted | null> {
    const { conversations } = this.#parts.web;
    const asked = { channel, limit: lookedThrough, include_all_metadata: true };
    const found = await (thread === null
      ? conversations.history(asked)
      : conversations.replies({ ...asked, ts: thread })
    ).catch(() => null);
    const ours = (found?.messages ?? []).filter((message) => keyOf(message) === key);
    const head = ours.find((message) => partOf(message) === 0)?.ts;
    if (head === undefined) return null;
    const below =
      thread === null
        ? await conversations.replies({ ...asked, ts: head }).catch(() => null)
        : { messages: ours };
    const rest = (below?.messages ?? [])
      .filter((message) => keyOf(message) === key && partOf(message) > 0)
      .sort((a, b) => partOf(a) - partOf(b));
    return { channel, ids: [head, ...rest.flatMap(({ ts }) => ts ?? [])] };
  }

  #remember(key: string, posted: Posted): void {
    this.#posted.delete(key);
    this.#posted.set(key, posted);
    const [oldest] = this.#posted.keys();
    if (this.#posted.size > remembered && oldest !== undefined) this.#posted.delete(oldest);
  }
}

function contents({ text, blocks }: SlackPart, key: string, part: number) {
  return {
    ...{ text, blocks, parse: 'none' as const, link_names: false, unfurl_links: false, unfurl_media: false },
    metadata: { event_type: eventType, event_payload: { key, part } },
  };
}

function keyOf(message: unknown): string {
  return textAt(message, 'metadata', 'event_type') === eventType
    ? textAt(message, 'metadata', 'event_payload', 'key')
    : '';
}

const partOf = (message: unknown): number => Number(at(message, 'metadata', 'event_payload', 'part') ?? 0);
