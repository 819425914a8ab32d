/** What the app must be allowed to do in its workspace. */
import type { WebAPICallResult } from '@slack/web-api';

/** The manifest in docs/slack.md asks for the same. */
export const neededScopes = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'groups:history',
  'groups:read',
  'im:history',
  'im:write',
  'users:read',
] as const;

/** @param answer of any call; none are missing when it does not say which there are */
export function missingScopes({ response_metadata: metadata }: WebAPICallResult): string[] {
  const scopes = metadata?.scopes;
  return scopes === undefined ? [] : neededScopes.filter((scope) => !scopes.includes(scope));
}
