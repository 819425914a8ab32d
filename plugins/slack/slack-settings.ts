/** What a Slack channel is set to. */
import type { Settings } from 'agentcoord/plugin';

export interface SlackSettings {
  readonly botToken: string;
  readonly appToken: string;
  /** A name with or without `#`, or an id. */
  readonly channel: string;
  readonly apiUrl: string;
}

export function readSettings(settings: Settings): SlackSettings {
  const text = (name: string) => String(settings[name] ?? '').trim();
  return {
    botToken: text('botToken'),
    appToken: text('appToken'),
    channel: text('channel'),
    apiUrl: text('apiUrl') || 'https://slack.com/api/',
  };
}

export const isChannelId = (channel: string): boolean => /^[CG][A-Z0-9]{7,}$/.test(channel);
