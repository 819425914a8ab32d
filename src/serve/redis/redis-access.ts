/** Finds out which Redis a host is to use and how it gets in: from the command line, the environment, or its settings. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RedisSettings } from '../../contract/redis-settings.ts';
import {
  keepEventsSchema,
  leastKeepEvents,
  mostKeepEvents,
  redisSettingsSchema,
  usualKeepEvents,
} from '../../contract/redis-settings.ts';
import { CoordError } from '../../core/error.ts';
import type { RedisAddress } from '../../log/redis/redis-address.ts';
import { isOpenToOthers, parseRedisUrl, redisPlace } from '../../log/redis/redis-address.ts';
import type { Keychain } from '../keychain.ts';
import type { PrivateDocument } from '../private-document.ts';
import { privateDocument } from '../private-document.ts';

export interface RedisAccess {
  readonly address: RedisAddress;
  /** Where it is, without user and password. */
  readonly place: string;
  /** PEM of whom to trust beside the authorities that Node knows. */
  readonly ca: string | undefined;
  /** How many events of a company stay in its stream, at least. */
  readonly keepEvents: number;
}

export interface RedisWish {
  readonly dataDir: string;
  /** From the command line, without a password; null: none was given. */
  readonly url: string | null;
  /** It is understood that anybody who reaches it reads and changes the companies. */
  readonly openToAnybody: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly keychain: Keychain;
}

export const redisSettings = (dataDir: string): PrivateDocument<RedisSettings> =>
  privateDocument(dataDir, join(dataDir, 'redis.json'), redisSettingsSchema);

/**
 * `--redis-url`, else AGENTCOORD_REDIS_URL, else REDIS_URL, else the settings of the data directory. The password is the one
 * in the URL, else AGENTCOORD_REDIS_PASSWORD, else the one in the keychain.
 * @returns null when there is none
 * @throws CoordError `BAD_INPUT` - the URL, or how much is to stay in a stream; `REDIS_UNPROTECTED`; `KEYCHAIN_UNAVAILABLE`; `NOT_FOUND` - the certificate
 */
export async function findRedis(wish: RedisWish): Promise<RedisAccess | null> {
  const { env, dataDir } = wish;
  const settings = await redisSettings(dataDir).read();
  const url = wish.url ?? (env.AGENTCOORD_REDIS_URL || env.REDIS_URL || settings?.url);
  if (url === undefined) return null;
  if (wish.url !== null) refusePassword(wish.url);
  const bare = parseRedisUrl(url);
  const known = settings && sameServer(parseRedisUrl(settings.url), bare) ? settings : null;
  const address = { ...bare, password: bare.password ?? (await passwordFor(bare, known, wish)) };
  const isAccepted = wish.openToAnybody || known?.openToAnybody === true;
  if (isOpenToOthers(address) && !isAccepted) throw unprotected(address);
  const ca = env.AGENTCOORD_REDIS_CA || known?.ca;
  return {
    address,
    place: redisPlace(address),
    ca: ca ? await certificateIn(ca) : undefined,
    keepEvents: keepEventsFrom(env) ?? known?.keepEvents ?? usualKeepEvents,
  };
}

/** @throws CoordError `BAD_INPUT` */
function keepEventsFrom({ AGENTCOORD_REDIS_KEEP_EVENTS: text }: RedisWish['env']): number | null {
  if (!text) return null;
  const read = keepEventsSchema.safeParse(Number(text));
  if (read.success) return read.data;
  throw new CoordError(
    'BAD_INPUT',
    `AGENTCOORD_REDIS_KEEP_EVENTS was refused: “${text}” is no whole number from ${leastKeepEvents} to ${mostKeepEvents}. ` +
      'It says how many events of a company stay in its stream in Redis before older ones are packed',
  );
}

/** A command line is in the list of processes, for everybody on the machine. @throws CoordError `BAD_INPUT` */
export function refusePassword(url: string): void {
  if (parseRedisUrl(url).password === null) return;
  throw new CoordError(
    'BAD_INPUT',
    'The URL of Redis was refused: there is a password in it, and a command line can be read by everybody on this machine. ' +
      'Leave the password out, and give it with “agentcoord redis set”, which asks for it, or in the environment: AGENTCOORD_REDIS_PASSWORD. ' +
      'Change it if somebody else may have seen it',
  );
}

/** What the keychain knows the password by: the server and the user, so that every data directory finds it. */
export function keychainPurpose(address: RedisAddress): string {
  return `${address.username ?? 'default'} at ${redisPlace(address)}`;
}

/** As a URL with the user, and without the password. */
export function urlWithoutPassword(address: RedisAddress): string {
  const place = redisPlace(address);
  const { username } = address;
  return username === null ? place : place.replace('://', `://${encodeURIComponent(username)}@`);
}

/** What can happen, for whoever is asked whether that is all right. */
export function unprotected(address: RedisAddress): CoordError {
  const place = redisPlace(address);
  return new CoordError(
    'REDIS_UNPROTECTED',
    `Redis at ${place} was not used: it is not on this machine, and it would be entered without a password. Whoever reaches it ` +
      'can read every task, message and artifact name of the company, change and delete them, and sign gates as anybody; ' +
      'whoever is on the way reads along. Give Redis a user with a password (SECURITY.md has the line) and say it with “agentcoord redis set”. ' +
      'If nobody but you reaches that network, say so with --anybody-may-read-it',
    { place },
  );
}

async function passwordFor(
  address: RedisAddress,
  settings: RedisSettings | null,
  { env, keychain }: RedisWish,
): Promise<string | null> {
  if (env.AGENTCOORD_REDIS_PASSWORD) return env.AGENTCOORD_REDIS_PASSWORD;
  if (settings?.password !== 'keychain') return null;
  const password = await keychain.get(keychainPurpose(address));
  if (password !== null) return password;
  throw new CoordError(
    'KEYCHAIN_UNAVAILABLE',
    `The password of Redis at ${redisPlace(address)} is no longer in the keychain. Say it anew with “agentcoord redis set”, ` +
      'or give it in the environment: AGENTCOORD_REDIS_PASSWORD',
  );
}

function sameServer(a: RedisAddress, b: RedisAddress): boolean {
  return keychainPurpose(a) === keychainPurpose(b);
}

async function certificateIn(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new CoordError(
      'NOT_FOUND',
      `The certificate of Redis can’t be read: ${file}. Name the file with “agentcoord redis set --ca”, or with AGENTCOORD_REDIS_CA`,
      { file },
    );
  }
}
