/** What went wrong between us and Railway, in words with what to do, and what it means for whoever asked. */
import { CoordError } from '../../core/error.ts';

/**
 * `token`: it was refused. `limit`: too many requests. `away`: no answer, so nobody knows whether it was done. `gone`: what it
 * was about is not there. `refused`: all else.
 */
export type FaultKind = 'token' | 'limit' | 'away' | 'gone' | 'refused';

const words: Readonly<Record<FaultKind, (said: string) => string>> = {
  token: (said) =>
    `Railway refused the token (${said}): make a new one there and set it with “agentcoord railway set”`,
  limit: (said) => `Railway takes no more requests for now (${said}); it is tried again later`,
  away: (said) => `Railway does not answer (${said}); it is tried again`,
  gone: (said) => `Railway does not have it (${said})`,
  refused: (said) => `Railway refused: ${said}`,
};

/** What it said may quote what was sent: nothing secret of that is passed on. */
export function railwayFault(kind: FaultKind, said: string, secrets: readonly string[] = []): CoordError {
  const clean = secrets
    .filter((secret) => secret !== '')
    .reduce((text, secret) => text.replaceAll(secret, '…'), said)
    .replace(/\s+/g, ' ')
    .slice(0, 300);
  return new CoordError('LAUNCH_FAILED', words[kind](clean), { railway: kind });
}

export function isFault(error: unknown, kind: FaultKind): boolean {
  return error instanceof CoordError && error.details['railway'] === kind;
}

/** By what it says: it has no codes for these. */
export function kindOf(message: string): FaultKind {
  if (/not authorized|unauthorized|invalid token/i.test(message)) return 'token';
  if (/rate limit|too many requests/i.test(message)) return 'limit';
  return /not found|does not exist/i.test(message) ? 'gone' : 'refused';
}
