/** What Slack says of settings before they are taken. Whether it can be reached now is not their fault. */

import type { WebClient } from '@slack/web-api';
import type { SettingsProblem } from 'agentcoord/plugin';
import { findChannel } from './find-channel.ts';
import { missingScopes } from './scopes.ts';
import { channelError, socketTrouble } from './slack-error.ts';
import type { SlackSettings } from './slack-settings.ts';
import { isChannelId } from './slack-settings.ts';
import { openWeb } from './web-client.ts';

export async function checkSlackSettings(settings: SlackSettings): Promise<SettingsProblem[]> {
  const wrong = wrongTokens(settings);
  if (wrong.length > 0) return wrong;
  const web = openWeb(settings.botToken, settings.apiUrl);
  const app = openWeb(settings.appToken, settings.apiUrl);
  const [bot, socket] = await Promise.all([problemOfBot(web), problemOfApp(app)]);
  const channel = bot === null ? await problemOfChannel(web, settings.channel) : null;
  return [bot, socket, channel].filter((problem) => problem !== null);
}

/** They are mixed up often, and look alike. */
function wrongTokens({ botToken, appToken, channel }: SlackSettings): SettingsProblem[] {
  const found: SettingsProblem[] = [];
  if (botToken.startsWith('xoxe')) {
    found.push({
      field: 'botToken',
      message: 'it runs out within hours: switch off token rotation in the app',
    });
  } else if (!botToken.startsWith('xoxb-')) {
    found.push({ field: 'botToken', message: `a bot token begins with xoxb-${hint(botToken)}` });
  }
  if (!appToken.startsWith('xapp-')) {
    found.push({ field: 'appToken', message: `an app-level token begins with xapp-${hint(appToken)}` });
  }
  if (!isChannelId(channel) && !/^#?[^\s#@<>]{1,80}$/.test(channel)) {
    found.push({
      field: 'channel',
      message: 'it must be the name of one channel, such as #agents, or its ID',
    });
  }
  return found;
}

/** Which other one it is. Nothing more of it is said. */
function hint(token: string): string {
  const kinds = { 'xoxb-': 'the bot token', 'xapp-': 'the app-level token', 'xoxp-': 'the token of a user' };
  const kind = Object.entries(kinds).find(([start]) => token.startsWith(start))?.[1];
  return kind === undefined ? '' : `; this is ${kind}`;
}

async function problemOfBot(web: WebClient): Promise<SettingsProblem | null> {
  try {
    const missing = missingScopes(await web.auth.test());
    if (missing.length === 0) return null;
    const message = `the app lacks ${missing.join(', ')}: add it under “OAuth & Permissions” and install the app again`;
    return { field: 'botToken', message };
  } catch (error) {
    const { code, message } = channelError(error);
    return code === 'UNAUTHORIZED' ? { field: 'botToken', message } : null;
  }
}

async function problemOfApp(app: WebClient): Promise<SettingsProblem | null> {
  try {
    await app.apps.connections.open({});
    return null;
  } catch (error) {
    const isRefused = channelError(error).code === 'UNAUTHORIZED';
    return isRefused ? { field: 'appToken', message: socketTrouble(error) } : null;
  }
}

async function problemOfChannel(web: WebClient, channel: string): Promise<SettingsProblem | null> {
  const found = await findChannel(web, channel).catch(() => undefined);
  if (found !== null) return null;
  const message = `the app sees no channel ${channel}: look at the name; if it is private, invite the app first`;
  return { field: 'channel', message };
}
