/** A channel of the workspace by its name, or whether there is one with an id. */
import type { WebClient } from '@slack/web-api';
import { slackCode } from './slack-error.ts';
import { isChannelId } from './slack-settings.ts';

/** So many pages are looked through for a name. */
const mostPages = 5;

/**
 * Its id; null: the app sees no such channel; undefined: there are too many to look at.
 * @throws what the client of Slack throws
 */
export async function findChannel(web: WebClient, channel: string): Promise<string | null | undefined> {
  if (!isChannelId(channel)) return await named(web, channel.replace(/^#/, ''));
  try {
    await web.conversations.info({ channel });
    return channel;
  } catch (error) {
    if (slackCode(error) === 'channel_not_found') return null;
    throw error;
  }
}

async function named(web: WebClient, name: string): Promise<string | null | undefined> {
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const types = 'public_channel,private_channel';
    const next = cursor === '' ? {} : { cursor };
    const list = await web.conversations.list({ types, exclude_archived: true, limit: 1_000, ...next });
    const found = list.channels?.find((one) => one.name === name)?.id;
    if (found !== undefined) return found;
    cursor = list.response_metadata?.next_cursor ?? '';
    if (cursor === '') return null;
  }
  return undefined;
}
