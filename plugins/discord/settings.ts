/** What a person sets: read from the settings as the host hands them over. */
import type { Settings } from 'agentcoord/plugin';

export interface DiscordSettings {
  readonly token: string;
  readonly channelId: string;
  /** Null: nobody is called. */
  readonly urgentRoleId: string | null;
  readonly apiUrl: string;
}

const discordItself = 'https://discord.com/api';

export function readSettings({ token, channelId, urgentRoleId, apiUrl }: Settings): DiscordSettings {
  return {
    token: String(token).trim(),
    channelId: String(channelId),
    urgentRoleId: typeof urgentRoleId === 'string' ? urgentRoleId : null,
    apiUrl: (typeof apiUrl === 'string' ? apiUrl : discordItself).replace(/\/+$/, ''),
  };
}

/** What is wrong with the look of a token, in words; null: it may be one. People often copy another thing from the same page. */
export function faultOfToken(token: string): string | null {
  if (/^(Bot|Bearer)\s/i.test(token)) return 'leave out the word before it: the token alone';
  if (/^[0-9a-f]{64}$/i.test(token)) return 'that is the public key: take the token from the page Bot';
  if (/^[0-9]{17,20}$/.test(token)) return 'that is an ID: take the token from the page Bot';
  if (/^[\w-]{32}$/.test(token)) return 'that is the client secret: take the token from the page Bot';
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return 'a bot token has three parts with a dot between them';
  return null;
}
