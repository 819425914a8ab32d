/** The channel `slack`: a channel of a Slack workspace, by the Web API and Socket Mode. */
import { definePlugin } from 'agentcoord/plugin';
import { checkSlackSettings } from './check-settings.ts';
import { SlackChannel } from './slack-channel.ts';
import { readSettings } from './slack-settings.ts';

export default definePlugin({
  validateConfig: (settings) => checkSlackSettings(readSettings(settings)),
  open: (settings, host) => SlackChannel.open(readSettings(settings), host),
});
