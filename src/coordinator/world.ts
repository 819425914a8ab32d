/** The world as decisions may see it: the clock, fresh ids and a hash. Tests bring a world with a clock of their own. */
import { createHash, randomUUID } from 'node:crypto';
import type { Context } from '../core/context.ts';
import type { ArtifactHash, IdKinds } from '../core/ids.ts';
import type { EpochMs } from '../core/units.ts';
import { RandomBytes } from './random-bytes.ts';
import { steadyClock } from './steady-clock.ts';

export interface World extends Pick<Context, 'newId' | 'sha256' | 'pick'> {
  /** Only goes on; a wall clock that is set does not move it. */
  readonly now: () => EpochMs;
}

/** Crockford's base 32 in lower case: no letter is taken for a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const idLength = 10;
const random = new RandomBytes();

/** An id that nobody has had, such as `task_7k2m9q4xw0`: 50 random bits. A thread, which other systems know too, has a UUID. */
export function randomId<Kind extends keyof IdKinds>(kind: Kind): IdKinds[Kind] {
  if (kind === 'thread') return `thread_${randomUUID()}` as IdKinds[Kind];
  let letters = '';
  // 256 is a multiple of 32, so every letter is as likely as any other.
  for (const byte of random.take(idLength)) letters += alphabet[byte % alphabet.length];
  return `${kind}_${letters}` as IdKinds[Kind];
}

/** SHA-256 in lower-case hexadecimal; a text is taken as UTF-8. */
export function sha256(content: string | Uint8Array): ArtifactHash {
  return createHash('sha256').update(content).digest('hex') as ArtifactHash;
}

const pick = (count: number): number => Math.floor(Math.random() * count);

export const realWorld: World = { now: steadyClock(), newId: randomId, sha256, pick };
