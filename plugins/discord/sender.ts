/** Sends messages to where they belong: the channel, a thread below one of its messages, or one person. */
import { setImmediate as pause } from 'node:timers/promises';
import type { MessageRef, OutboundMessage, Person } from 'agentcoord/plugin';
import type { APIChannel, APIMessage } from 'discord.js';
import { Routes } from 'discord.js';
import type { DiscordApi } from './discord-api.ts';
import { KnownIds } from './known-ids.ts';
import type { Means, MessageBody } from './message-body.ts';
import { messageBody } from './message-body.ts';
import { codes, isRefusal, Refusal } from './refusal.ts';
import type { Room } from './room.ts';
import { cut, shown } from './shown-text.ts';

export interface SenderParts {
  readonly api: DiscordApi;
  readonly room: Room;
  readonly urgentRoleId: string | null;
  readonly means: () => Means;
  /** A conversation with one person has begun. */
  readonly onConversation: (channelId: string) => void;
}

/** The host ends a plugin whose call takes half a minute. In ms. */
const sendWithin = 25_000;

export class Sender {
  readonly #parts: SenderParts;
  /** Threads that are there. */
  readonly #threads = new KnownIds(2_000);
  #underWay: Promise<void> = Promise.resolve();
  /** The conversation with each person, by their id. */
  readonly #conversations = new Map<string, string>();

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** @throws Refusal */
  send(message: OutboundMessage): Promise<MessageRef> {
    const sending = inTime(this.#send(message));
    this.#underWay = sending.then(
      () => undefined,
      () => undefined,
    );
    return sending;
  }

  /** Resolves once the host has been told how Discord calls what is being sent. */
  async told(): Promise<void> {
    await this.#underWay;
    await pause();
  }

  /** @throws Refusal */
  edit(ref: MessageRef, message: OutboundMessage): Promise<void> {
    return inTime(this.#edit(ref, message));
  }

  async #send(message: OutboundMessage): Promise<MessageRef> {
    const { room, urgentRoleId, means } = this.#parts;
    const body = messageBody(message, means(), urgentRoleId);
    const { thread, to } = message;
    if (to !== null) return await this.#direct(to, thread, body);
    const root = thread?.thread ?? thread?.id;
    if (root === undefined || (thread?.place ?? room.id) !== room.id) {
      const { id } = await this.#post(room.id, body);
      return { id, place: room.id, thread: id };
    }
    const name = cut(shown(message.title).replaceAll('\n', ' '), 100) || 'Answers';
    const { id } =
      (await this.#inThread(root, name, body)) ?? (await this.#post(room.id, answering(root, body)));
    return { id, place: room.id, thread: root };
  }

  async #edit({ id, place, thread }: MessageRef, message: OutboundMessage): Promise<void> {
    const { api, room, urgentRoleId, means } = this.#parts;
    const { body, files } = messageBody(message, means(), urgentRoleId);
    const { content, embeds, components, allowed_mentions } = body;
    const attachments = files.map(({ name }, index) => ({ id: index, filename: name }));
    const changed = { content, embeds: embeds ?? [], components, allowed_mentions, attachments };
    const home = place ?? room.id;
    // What began a thread stands in the channel; what answers stands in the thread, if there could be one.
    const places = thread !== undefined && thread !== id && home === room.id ? [thread, home] : [home];
    for (const where of places) {
      try {
        await api.patch(Routes.channelMessage(where, id), { body: changed, files });
        return;
      } catch (error) {
        if (!isRefusal(error, codes.unknownChannel, codes.unknownMessage)) throw error;
      }
    }
    throw new Refusal('REJECTED', 'The message can’t be changed: somebody has deleted it');
  }

  /** @returns null when there can be no thread */
  async #inThread(root: string, name: string, body: MessageBody): Promise<APIMessage | null> {
    const { api, room } = this.#parts;
    try {
      if (!this.#threads.has(root)) {
        await api
          .post(Routes.threads(room.id, root), { body: { name, auto_archive_duration: 10_080 } })
          .catch((error: unknown) => {
            // It is there already, or was never begun by a message.
            if (!isRefusal(error, codes.threadExists, codes.unknownMessage)) throw error;
          });
        this.#threads.add(root);
      }
      return await this.#post(root, body);
    } catch (error) {
      const { unknownChannel, archivedThread, missingAccess, missingPermissions, tooManyThreads } = codes;
      if (
        !isRefusal(error, unknownChannel, archivedThread, missingAccess, missingPermissions, tooManyThreads)
      )
        throw error;
      this.#threads.delete(root);
      return null;
    }
  }

  async #direct({ id: personId }: Person, thread: MessageRef | null, body: MessageBody): Promise<MessageRef> {
    const { api } = this.#parts;
    let place = this.#conversations.get(personId);
    if (place === undefined) {
      const conversation = await api.post<APIChannel>(Routes.userChannels(), {
        body: { recipient_id: personId },
      });
      place = conversation.id;
      this.#conversations.set(personId, place);
      this.#parts.onConversation(place);
    }
    const root = thread?.place === place ? (thread.thread ?? thread.id) : undefined;
    const { id } = await this.#post(place, root === undefined ? body : answering(root, body));
    return { id, place, thread: root ?? id };
  }

  #post(place: string, { body, files }: MessageBody): Promise<APIMessage> {
    return this.#parts.api.post<APIMessage>(Routes.channelMessages(place), { body, files });
  }
}

/** Where there is no thread, it quotes what it answers. */
function answering(root: string, { body, files }: MessageBody): MessageBody {
  return { body: { ...body, message_reference: { message_id: root, fail_if_not_exists: false } }, files };
}

async function inTime<Result>(act: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Refusal('RETRY', 'Discord takes too long')), sendWithin);
  });
  try {
    return await Promise.race([act, late]);
  } finally {
    clearTimeout(timer);
  }
}
