/** A line to Redis for a log: nothing waits in it while it is broken, and nothing is sent twice by it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster, RedisOptions } from 'ioredis';
import { Redis } from 'ioredis';
import { CoordError } from '../../core/error.ts';
import type { RedisAddress } from './redis-address.ts';
import { redisPlace } from './redis-address.ts';
import { redisFailure } from './redis-errors.ts';

export type RedisClient = Redis | Cluster;

export interface LineOptions {
  /** How long a command may take, in ms. */
  readonly commandTimeout: number;
  /** PEM of whom to trust beside the authorities that Node knows. */
  readonly ca?: string | undefined;
}

/** Between two tries to come back, in ms. */
const longestPause = 500;
/** How long it may take to reach the server, in ms. */
const connectTimeout = 2_000;
/** How long a line that is closed may wait for the other end, in ms. */
const longestGoodbye = 200;
/** How long it may take over all to find the server that counts, and to ask it what it is, in ms. */
const longestOpening = 5_000;
/** The first version whose streams can be cut by id. */
const oldestRedis = [6, 2] as const;

/**
 * It comes back by itself whenever it is lost.
 * @param options without a time for commands: whoever asks sees to that
 */
export function openLine(
  address: RedisAddress,
  options: Pick<LineOptions, 'ca'> & Partial<LineOptions>,
): RedisClient {
  const { kind, nodes, master, username, password, database, tls } = address;
  const pauseBefore = (tries: number) => Math.min(longestPause, 50 * tries);
  const secure = { ...(options.ca !== undefined && { ca: options.ca }) };
  const common = {
    // What was on its way when the line was lost may have been done: whoever sent it finds out.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    connectTimeout,
    disconnectTimeout: longestGoodbye,
    ...(options.commandTimeout !== undefined && { commandTimeout: options.commandTimeout }),
    ...(username !== null && { username }),
    ...(password !== null && { password }),
    ...(tls && { tls: secure }),
    lazyConnect: true,
  } satisfies RedisOptions;
  const [first] = nodes;
  const client = ((): RedisClient => {
    switch (kind) {
      case 'single':
        return new Redis({ ...common, ...first, db: database, retryStrategy: pauseBefore });
      case 'sentinel':
        return new Redis({
          ...common,
          sentinels: nodes.map((node) => ({ ...node })),
          name: master ?? '',
          ...(tls && { sentinelTLS: secure, enableTLSForSentinelMode: true }),
          sentinelRetryStrategy: pauseBefore,
          sentinelCommandTimeout: connectTimeout,
          retryStrategy: pauseBefore,
        });
      case 'cluster':
        return new Redis.Cluster(
          nodes.map((node) => ({ ...node })),
          {
            redisOptions: common,
            enableOfflineQueue: false,
            lazyConnect: true,
            clusterRetryStrategy: pauseBefore,
            slotsRefreshTimeout: connectTimeout,
            // Else it sends again by itself what was on its way.
            retryDelayOnFailover: 0,
          },
        );
    }
  })();
  // Each failure is told to whoever asked for something; a line that nobody uses has nothing to say.
  client.on('error', () => undefined);
  return client;
}

/**
 * Waits until the line is there, and looks whether this Redis can keep a log.
 * @throws CoordError `LOG_UNAVAILABLE` - why not, in words; the line is closed
 */
export async function requireUsable(client: RedisClient, address: RedisAddress): Promise<void> {
  const place = redisPlace(address);
  const tooLong = new AbortController();
  try {
    await Promise.race([
      requireReachable(client, address),
      pause(longestOpening, undefined, { signal: tooLong.signal }).then(() => {
        throw new Error('timed out');
      }),
    ]);
  } catch (error) {
    client.disconnect();
    throw redisFailure(place, error);
  } finally {
    tooLong.abort();
  }
}

/**
 * The same, for as long as it takes.
 * @throws CoordError `LOG_UNAVAILABLE` - this Redis will not do; whatever was wrong on the way there. The line is closed
 */
export async function requireReachable(client: RedisClient, address: RedisAddress): Promise<void> {
  try {
    await connected(client);
    // By itself it goes on in database 0 where it may not choose another one.
    if (address.database !== 0) await client.select(address.database);
    await refuseUnusable(client, redisPlace(address));
  } catch (error) {
    client.disconnect();
    throw error;
  }
}

/** The first failure counts: it is what is wrong with the address, not with the moment. */
async function connected(client: RedisClient): Promise<void> {
  let failure: unknown = null;
  const note = (error: unknown) => {
    failure ??= error;
  };
  client.on('error', note);
  client.on('node error', note);
  try {
    await client.connect();
  } catch (error) {
    throw failure ?? error;
  } finally {
    client.off('error', note);
    client.off('node error', note);
  }
}

async function refuseUnusable(client: RedisClient, place: string): Promise<void> {
  const info = await client.info();
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
  const [major = 0, minor = 0] = field('redis_version').split('.').map(Number);
  if (major < oldestRedis[0] || (major === oldestRedis[0] && minor < oldestRedis[1])) {
    throw unusable(
      place,
      `it is version ${field('redis_version')}, and ${oldestRedis.join('.')} is the oldest that will do. Update it`,
    );
  }
  if (field('role') === 'slave') {
    throw unusable(place, 'it is a replica and takes no writes. Name the master, or its sentinels');
  }
  const policy = field('maxmemory_policy');
  if (policy !== '' && policy !== 'noeviction') {
    throw unusable(
      place,
      `it throws away what it has no room for (maxmemory-policy ${policy}), so it could lose the log. Set it to noeviction`,
    );
  }
}

function unusable(place: string, why: string): CoordError {
  return new CoordError('LOG_UNAVAILABLE', `Redis at ${place} can’t be used: ${why}`, { place });
}
