/** Moves the log of a company into Redis and back, while it is used, and proves that nothing of it was lost or changed. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Departure, MoveProgress } from '../../contract/company-places.ts';
import type { ChainLink } from '../../contract/hash-chain.ts';
import { firstLink } from '../../contract/hash-chain.ts';
import type { HostInfo } from '../../contract/other-hosts.ts';
import { CoordError } from '../../core/error.ts';
import type { HostId, Seq } from '../../core/ids.ts';
import type { CompanyLog } from '../company-log.ts';
import type { SqliteEventLog } from '../sqlite/sqlite-event-log.ts';
import { redisPlace } from './redis-address.ts';
import { isAnswer, redisFailure } from './redis-errors.ts';
import { RedisEventLog } from './redis-event-log.ts';
import { RedisStream } from './redis-stream.ts';
import { restoreStream } from './restore-stream.ts';
import type { StreamOptions } from './stream-calls.ts';
import { StreamTenure } from './stream-tenure.ts';
import { verifyStream } from './verify-stream.ts';

export interface MoveOptions extends StreamOptions {
  readonly host: HostId;
  readonly info: HostInfo;
  /** A name that nobody ever had before: who appends from now on. */
  readonly sender: string;
  /** Puts on record where the company is from then on. While it runs nothing is appended. */
  readonly settle: () => Promise<void>;
  /** As `StreamHost` has it. */
  readonly keepEvents?: number;
  /** Told now and again how far it is. */
  readonly onProgress?: (progress: MoveProgress) => void;
}

export interface Moved {
  /** The last event that was compared: it and all before it stand in both logs. */
  readonly verified: ChainLink;
  /** How long what was asked had to wait, in ms. */
  readonly heldUp: number;
}

/** How long a host may take to read a closed stream to its end, in ms. */
const catchUpWithin = 60_000;
const betweenLooks = 10;
const nothing: ChainLink = { seq: 0 as Seq, chain: firstLink };

/**
 * Most of it is written and compared while the company works; only the rest holds it up.
 * @throws CoordError `LOG_UNAVAILABLE` - it stays on this host
 */
export async function moveToRedis(log: CompanyLog, options: MoveOptions): Promise<Moved> {
  const { host, info, sender, settle, keepEvents, onProgress } = options;
  const { copy } = log;
  const stream = await RedisStream.open(options);
  try {
    await withTenure(options, async (tenure) => {
      const left = await tenure.departure();
      if (left === null) return;
      if (left.host !== host) throw isElsewhere(left);
      await tenure.reopen();
    });
    await restoreStream(stream, copy, 0, (done, total) => onProgress?.({ stage: 'writing', done, total }));
    // What was asked meanwhile is not there yet.
    let verified = await verifyAll(stream, copy, await stream.head(), options);
    const heldUp = await log.move(async () => {
      const shared = await RedisEventLog.open(stream, copy, {
        id: host,
        info,
        sender,
        isAlone: true,
        ...(keepEvents !== undefined && { keepEvents }),
      });
      try {
        verified = await verifyStream(stream, copy, verified, await copy.head());
        await settle();
        return shared;
      } catch (error) {
        await shared.leave();
        throw error;
      }
    });
    return { verified, heldUp };
  } catch (error) {
    stream.close();
    throw stream.failure(error);
  }
}

/**
 * Closes the stream for every host, reads it to its end and goes on alone.
 * @throws CoordError `LOG_UNAVAILABLE` - it stays in Redis
 */
export async function moveHere(
  log: CompanyLog,
  note: Omit<Departure, 'seq'>,
  options: MoveOptions,
): Promise<Moved> {
  const stream = await RedisStream.open(options);
  try {
    let verified = await verifyAll(stream, log.copy, await log.head(), options);
    const heldUp = await withTenure(options, (tenure) =>
      log.move(async () => {
        await tenure.close(note);
        try {
          const head = await tenure.head();
          await caughtUp(log, head);
          verified = await verifyStream(stream, log.copy, verified, head);
          await options.settle();
        } catch (error) {
          await tenure.reopen();
          throw error;
        }
        await log.leaveStore();
        return null;
      }),
    );
    return { verified, heldUp };
  } catch (error) {
    throw stream.failure(error);
  } finally {
    stream.close();
  }
}

/**
 * Asks whether the company may be worked on there.
 * @returns where it went, null when it is there, and its last event; `away` when Redis does not answer
 * @throws CoordError `LOG_UNAVAILABLE` - this Redis can't be used
 */
export async function departureOf(
  options: StreamOptions,
): Promise<{ readonly left: Departure | null; readonly head: Seq } | 'away'> {
  try {
    return await withTenure(options, async (tenure) => ({
      left: await tenure.departure(),
      head: await tenure.head(),
    }));
  } catch (error) {
    if (error instanceof CoordError || isAnswer(error))
      throw redisFailure(redisPlace(options.address), error);
    return 'away';
  }
}

export function isElsewhere({ machine, host, at }: Departure): CoordError {
  return new CoordError(
    'LOG_UNAVAILABLE',
    `The company has left Redis for one host alone: ${machine} (${host}), ${new Date(at).toISOString()}. Only that host takes ` +
      'commands for it. What was known here stays readable; move it back there with “agentcoord move --to redis”',
    { machine, host },
  );
}

/** From the beginning, while the company works. */
function verifyAll(
  stream: RedisStream,
  copy: SqliteEventLog,
  total: Seq,
  { onProgress }: MoveOptions,
): Promise<ChainLink> {
  return verifyStream(stream, copy, nothing, total, (done) =>
    onProgress?.({ stage: 'comparing', done, total }),
  );
}

async function withTenure<Result>(
  options: StreamOptions,
  use: (tenure: StreamTenure) => Promise<Result>,
): Promise<Result> {
  const tenure = await StreamTenure.open(options);
  try {
    return await use(tenure);
  } finally {
    tenure.end();
  }
}

async function caughtUp(log: CompanyLog, head: Seq): Promise<void> {
  const deadline = performance.now() + catchUpWithin;
  while ((await log.head()) < head) {
    if (performance.now() > deadline) {
      throw new CoordError(
        'LOG_UNAVAILABLE',
        `The company was not moved: event ${head} in Redis could not be read within ${catchUpWithin / 1_000} s. Try again`,
      );
    }
    await pause(betweenLooks);
  }
}
