/** Why Discord did not do what it was asked, in words that say what people can do; the token never stands in them. */
import { ChannelError } from 'agentcoord/plugin';
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';

/** Codes of Discord's JSON errors that change what we do. */
export const codes = {
  unknownChannel: 10_003,
  unknownMessage: 10_008,
  unknownUser: 10_013,
  unknownInteraction: 10_062,
  alreadyAnswered: 40_060,
  missingAccess: 50_001,
  noDirectMessages: 50_007,
  missingPermissions: 50_013,
  badForm: 50_035,
  archivedThread: 50_083,
  threadExists: 160_004,
  tooManyThreads: 160_006,
} as const;

export class Refusal extends ChannelError {
  /** Of Discord's JSON errors; null: it did not come so far. */
  readonly discordCode: number | null;

  constructor(
    code: ChannelError['code'],
    message: string,
    options: { discordCode?: number; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(code, message, options);
    this.discordCode = options.discordCode ?? null;
  }
}

export function isRefusal(error: unknown, ...discordCodes: readonly number[]): error is Refusal {
  return error instanceof Refusal && error.discordCode !== null && discordCodes.includes(error.discordCode);
}

export const badToken =
  'Discord does not know the bot token: it was reset or is another one. Get a new one at discord.com/developers/applications, page Bot, Reset Token, and set it here';

export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof RateLimitError) {
    const ms = Math.max(error.timeToReset, error.retryAfter);
    return new Refusal('RETRY', `Discord wants to be left alone for ${Math.ceil(ms / 1_000)} s`, {
      retryAfterMs: ms,
    });
  }
  if (error instanceof DiscordAPIError) return ofAnswer(error);
  if (error instanceof HTTPError) return new Refusal('RETRY', `Discord fails at the moment: ${error.status}`);
  const why = error instanceof Error ? error.message || error.name : String(error);
  const isSilence = error instanceof Error && error.name === 'AbortError';
  return new Refusal(
    'RETRY',
    isSilence
      ? 'Discord does not answer: is the network of this machine slow or cut off?'
      : `Discord can’t be reached: ${why}. Is this machine online, and may it reach discord.com?`,
    { cause: error },
  );
}

function ofAnswer({ status, code, rawError, message }: DiscordAPIError): Refusal {
  const discordCode = Number(code);
  const about = { discordCode };
  if (status === 401) return new Refusal('UNAUTHORIZED', badToken, about);
  switch (discordCode) {
    case codes.unknownChannel:
      return new Refusal(
        'UNAUTHORIZED',
        'Discord knows no such channel: was it deleted? Set another channel ID',
        about,
      );
    case codes.missingAccess:
      return new Refusal(
        'RETRY',
        'The bot can’t see the channel: invite it to the server, and give it View Channel there (docs/discord.md)',
        about,
      );
    case codes.missingPermissions:
      return new Refusal(
        'RETRY',
        'The bot lacks a permission in the channel: see what agentcoord channels show says of it, and edit the channel’s permissions in Discord',
        about,
      );
    case codes.noDirectMessages:
    case codes.unknownUser:
      return new Refusal(
        'REJECTED',
        'Discord can’t bring them direct messages: they must be in the bot’s server and allow messages from its members',
        about,
      );
    default:
      break;
  }
  if (status === 429 || status >= 500)
    return new Refusal('RETRY', `Discord fails at the moment: ${status}`, about);
  const fields = 'errors' in rawError ? ` ${JSON.stringify(rawError.errors).slice(0, 300)}` : '';
  const said = message.split('\n')[0] ?? '';
  return new Refusal('REJECTED', `Discord refused it: ${said} (${code})${fields}`, about);
}
