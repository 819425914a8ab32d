/** What went wrong at Slack, in words that say what to do, and whether to try again. Never with a token. */

import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { ChannelErrorCode } from 'agentcoord/plugin';
import { ChannelError } from 'agentcoord/plugin';
import { textAt } from './read-payload.ts';

/** Slack heals it once somebody has done something there; nothing of ours changes by that. In ms. */
const patience = 60_000;

const newToken =
  'install the app again under “Install App” at api.slack.com/apps and give this channel the new bot token';
const withoutToken = (what: string) => `${what}: ${newToken}`;
const invite = 'invite the app there with “/invite @…”, or set another channel';

/** What Slack answers, by its own codes. */
const answers: Readonly<Record<string, readonly [ChannelErrorCode, string]>> = {
  invalid_auth: ['UNAUTHORIZED', withoutToken('Slack does not know the token')],
  not_authed: ['UNAUTHORIZED', withoutToken('Slack got no token')],
  token_expired: ['UNAUTHORIZED', `the token has run out: switch off token rotation, then ${newToken}`],
  token_revoked: ['UNAUTHORIZED', withoutToken('the token was withdrawn')],
  account_inactive: ['UNAUTHORIZED', withoutToken('the app was removed from the workspace')],
  user_removed_from_team: ['UNAUTHORIZED', withoutToken('the app was removed from the workspace')],
  team_disabled: ['UNAUTHORIZED', 'the workspace is switched off'],
  not_allowed_token_type: [
    'UNAUTHORIZED',
    'it is the wrong kind of token: the bot token begins with xoxb-, the app-level token with xapp-',
  ],
  channel_not_found: ['RETRY', `the app sees no such channel: ${invite}`],
  not_in_channel: ['RETRY', `the app is not in the channel: ${invite}`],
  is_archived: ['RETRY', 'the channel is archived: bring it back, or set another one'],
  restricted_action: ['RETRY', 'the workspace does not let the app write there: ask its admins'],
  msg_too_long: ['REJECTED', 'the message is too long for Slack'],
  msg_blocks_too_long: ['REJECTED', 'the message is too long for Slack'],
  invalid_blocks: ['REJECTED', 'Slack can’t show the message'],
  invalid_blocks_format: ['REJECTED', 'Slack can’t show the message'],
  no_text: ['REJECTED', 'the message is empty'],
  user_not_found: ['REJECTED', 'that person is no longer in the workspace'],
  users_not_found: ['REJECTED', 'that person is no longer in the workspace'],
  user_disabled: ['REJECTED', 'that person is no longer in the workspace'],
  cannot_dm_bot: ['REJECTED', 'Slack carries no direct message to an app'],
  messages_tab_disabled: [
    'REJECTED',
    'the app takes no direct messages: switch on “Messages Tab” under App Home',
  ],
  message_not_found: ['REJECTED', 'the message is gone from Slack'],
  cant_update_message: ['REJECTED', 'Slack lets nobody change that message'],
  edit_window_closed: ['REJECTED', 'the workspace lets nobody change a message that old'],
};

/** What happened at a call, as the host is told of it. */
export function channelError(error: unknown): ChannelError {
  if (error instanceof ChannelError) return error;
  if (error instanceof WebAPIRateLimitedError) {
    const seconds = error.retryAfter;
    return new ChannelError('RETRY', `Slack wants us to wait for ${seconds} s`, {
      retryAfterMs: seconds * 1_000,
    });
  }
  if (error instanceof WebAPIPlatformError) return platformError(error);
  if (error instanceof WebAPIHTTPError) {
    return new ChannelError('RETRY', `Slack failed: it answered with HTTP status ${error.statusCode}`);
  }
  if (error instanceof WebAPIRequestError) return new ChannelError('RETRY', unreachable(error.original));
  return new ChannelError('RETRY', error instanceof Error ? error.message.slice(0, 500) : String(error));
}

/** Why there is no connection by which Slack tells what people do. */
export function socketTrouble(error: unknown): string {
  const { code, message } = channelError(error);
  if (code !== 'UNAUTHORIZED') return message;
  return (
    `Slack refuses the app-level token (${slackCode(error)}): make a new one with the scope connections:write under ` +
    '“Basic Information” → “App-Level Tokens” at api.slack.com/apps, and see that Socket Mode is on'
  );
}

/** Slack’s own code for it; empty: it has none. */
export function slackCode(error: unknown): string {
  return error instanceof WebAPIPlatformError ? String(error.data.error).slice(0, 100) : '';
}

/** Nobody knows whether Slack has done what it was asked. */
export const isDoubtful = (error: unknown): boolean =>
  error instanceof WebAPIRequestError || error instanceof WebAPIHTTPError;

function platformError(error: WebAPIPlatformError): ChannelError {
  const name = slackCode(error);
  if (name === 'missing_scope') {
    const needed = textAt(error.data, 'needed') || 'a scope';
    return new ChannelError(
      'UNAUTHORIZED',
      `the app lacks ${needed}: add it under “OAuth & Permissions”, install the app again, then save this channel again`,
    );
  }
  const known = Object.hasOwn(answers, name) ? answers[name] : undefined;
  if (known) {
    const [code, says] = known;
    const retryAfterMs = code === 'RETRY' ? patience : null;
    return new ChannelError(code, `${says} (${name})`, { retryAfterMs });
  }
  if (!/^[a-z_]+$/.test(name)) {
    return new ChannelError(
      'RETRY',
      'what answered is not Slack: is the address of the API right, and does no proxy stand in between?',
    );
  }
  const isOurs = /^(internal_error|fatal_error|service_unavailable|request_timeout|ratelimited)$/.test(name);
  return isOurs
    ? new ChannelError('RETRY', `Slack failed (${name})`)
    : new ChannelError('REJECTED', `Slack refused it (${name})`);
}

function unreachable(error: Error): string {
  const cause = (error.cause ?? error) as { code?: unknown; message?: unknown };
  const why =
    typeof cause.code === 'string' ? cause.code : String(cause.message ?? error.message).slice(0, 200);
  if (why === 'ERR_HOST_NOT_ALLOWED') return String(cause.message).slice(0, 300);
  return `Slack can’t be reached (${why}): is this machine online, and does nothing keep it from slack.com?`;
}
