/** What people wrote while nobody listened: Discord tells it to nobody again, so it is fetched when a new session begins. */
import type { APIMessage, APIThreadChannel } from 'discord.js';
import { Routes } from 'discord.js';
import type { DiscordApi } from './discord-api.ts';
import type { Heard } from './heard.ts';
import { isAfter } from './heard.ts';
import type { Room } from './room.ts';

/** Of each place, at most so many pages of a hundred. */
const mostPages = 10;

export type MissedMessage = APIMessage & { readonly guild_id?: string };

/**
 * In the room, in its threads and in conversations, in the order in which it was written.
 * @throws Refusal
 */
export async function missedMessages(api: DiscordApi, room: Room, heard: Heard): Promise<MissedMessage[]> {
  const { since } = heard;
  if (since === '') return [];
  const { threads } = await api.get<{ threads: APIThreadChannel[] }>(Routes.guildActiveThreads(room.guildId));
  const lively = threads.filter(
    ({ parent_id, last_message_id }) =>
      parent_id === room.id && last_message_id && isAfter(last_message_id, since),
  );
  const missed: MissedMessage[] = [];
  for (const place of [room.id, ...lively.map(({ id }) => id)]) {
    const messages = await messagesAfter(api, place, since);
    missed.push(...messages.map((message) => ({ ...message, guild_id: room.guildId })));
  }
  for (const place of heard.conversations) {
    // Whoever has left the server can't be asked any more.
    missed.push(...(await messagesAfter(api, place, since).catch(() => [])));
  }
  return missed.filter(({ id }) => !heard.has(id)).sort((one, other) => (isAfter(one.id, other.id) ? 1 : -1));
}

async function messagesAfter(api: DiscordApi, place: string, since: string): Promise<APIMessage[]> {
  const found: APIMessage[] = [];
  let after = since;
  for (let page = 0; page < mostPages; page += 1) {
    const messages = await api.get<APIMessage[]>(Routes.channelMessages(place), { after, limit: '100' });
    found.push(...messages);
    const [newest] = messages;
    if (messages.length < 100 || !newest) break;
    after = newest.id;
  }
  return found;
}
