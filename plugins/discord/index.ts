/** The channel `discord`: a bot of the company's own in a channel of a Discord server. */
import type { SettingsProblem } from 'agentcoord/plugin';
import { definePlugin } from 'agentcoord/plugin';
import { DiscordApi } from './discord-api.ts';
import { DiscordChannel } from './discord-channel.ts';
import { Refusal } from './refusal.ts';
import { findRoom } from './room.ts';
import { faultOfToken, readSettings } from './settings.ts';

export default definePlugin({
  validateConfig: async (given): Promise<readonly SettingsProblem[]> => {
    const settings = readSettings(given);
    const fault = faultOfToken(settings.token);
    if (fault !== null) return [{ field: 'token', message: fault }];
    try {
      const found = await findRoom(new DiscordApi(settings), settings.channelId);
      // What can be mended in Discord keeps nobody from setting it up here first.
      return 'problem' in found && found.isLasting ? [found.problem] : [];
    } catch (error) {
      const isToken = error instanceof Refusal && error.code === 'UNAUTHORIZED';
      return isToken ? [{ field: 'token', message: error.message }] : [];
    }
  },
  open: (settings, host) => DiscordChannel.open(readSettings(settings), host),
});
