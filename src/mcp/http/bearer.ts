/** Compares the token of a request with the one that opens the door, in the same time whatever it is. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export function bearsToken({ headers }: Pick<IncomingMessage, 'headers'>, token: string): boolean {
  const [scheme, given = ''] = (headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && timingSafeEqual(digest(given), digest(token));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
