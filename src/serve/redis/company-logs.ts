/** Opens the log of each company where it is kept, and moves it. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { basename, dirname } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import type { MoveProgress } from '../../contract/company-places.ts';
import { isUnfinished } from '../../coordinator/create-company-folder.ts';
import { stateVersion } from '../../coordinator/open-state.ts';
import { realWorld } from '../../coordinator/world.ts';
import { CoordError } from '../../core/error.ts';
import type { CompanyId, HostId } from '../../core/ids.ts';
import { CompanyLog } from '../../log/company-log.ts';
import type { Moved } from '../../log/redis/move-log.ts';
import { departureOf, isElsewhere, moveHere, moveToRedis } from '../../log/redis/move-log.ts';
import { RedisArtifacts } from '../../log/redis/redis-artifacts.ts';
import { RedisEventLog } from '../../log/redis/redis-event-log.ts';
import { RedisStream } from '../../log/redis/redis-stream.ts';
import type { SqliteEventLog } from '../../log/sqlite/sqlite-event-log.ts';
import { openSqliteEventLog } from '../../log/sqlite/sqlite-event-log.ts';
import { sqliteOptions } from '../installation.ts';
import { notePlace, readPlace } from './place-file.ts';
import type { RedisAccess } from './redis-access.ts';

/** Told now and again how far a move is. */
export type TellMove = (progress: MoveProgress) => void;

export interface CompanyLogsOptions {
  readonly host: HostId;
  /** Null: the host knows of no Redis. */
  readonly redis: () => Promise<RedisAccess | null>;
}

/** How long Redis may take for a command before it counts as away, in ms. */
export const commandTimeout = 700;

export class CompanyLogs {
  readonly #options: CompanyLogsOptions;
  readonly #open = new Map<CompanyId, CompanyLog>();

  constructor(options: CompanyLogsOptions) {
    this.#options = options;
  }

  /** The log of a company that is open. */
  get(id: CompanyId): CompanyLog | undefined {
    return this.#open.get(id);
  }

  /**
   * @param file of the log, in the folder of its company
   * @throws CoordError `LOG_UNAVAILABLE` - its Redis can't be used, or the company has left it; what SQLite says of the file
   */
  readonly open = async (file: string): Promise<CompanyLog> => {
    const folder = dirname(file);
    const place = await readPlace(folder);
    const copy = openSqliteEventLog(file, sqliteOptions);
    try {
      const shared = place === null ? null : await this.#openShared(folder, place, copy);
      const log = await CompanyLog.open(copy, shared, realWorld.now);
      if (!isUnfinished(basename(folder))) this.#open.set(companyIn(folder), log);
      return log;
    } catch (error) {
      await copy.close();
      throw error;
    }
  };

  /** @throws CoordError `LOG_UNAVAILABLE` - the company stays where it is */
  async moveToRedis(folder: string, log: CompanyLog, access: RedisAccess, tell: TellMove): Promise<Moved> {
    const settle = () => notePlace(folder, access.place);
    return moveToRedis(log, { ...this.#partsOf(folder, access), settle, onProgress: tell });
  }

  /** @throws CoordError `LOG_UNAVAILABLE` - the company stays where it is */
  async moveHere(folder: string, log: CompanyLog, access: RedisAccess, tell: TellMove): Promise<Moved> {
    const settle = () => notePlace(folder, null);
    const { host } = this.#options;
    const note = { host, machine: hostname(), at: realWorld.now() };
    return moveHere(log, note, { ...this.#partsOf(folder, access), settle, onProgress: tell });
  }

  /** What hosts have shared of a company, also after it has left; to be closed. */
  artifactsIn(folder: string, { address, ca }: RedisAccess): RedisArtifacts {
    return new RedisArtifacts({ address, ca, companyId: companyIn(folder) });
  }

  /** Goes on in Redis after the company had left it, and has come back. @throws CoordError `LOG_UNAVAILABLE` */
  async rejoin(folder: string, log: CompanyLog, access: RedisAccess): Promise<void> {
    await log.move(() => this.#openStream(folder, log.copy, access));
  }

  async #openShared(folder: string, place: string, copy: SqliteEventLog): Promise<RedisEventLog | null> {
    const access = await this.#options.redis();
    if (access === null) throw noAccess(place);
    const found = await departureOf(this.#partsOf(folder, access));
    const own = await copy.head();
    // What it knows of the company is enough to go on with, until Redis answers.
    if (found === 'away' && own > 0 && access.place === place)
      return await this.#openStream(folder, copy, access);
    if (found === 'away') throw unreachable(access.place);
    const { left, head } = found;
    if (left !== null && left.host !== this.#options.host) throw isElsewhere(left);
    // An empty Redis may be the same one after it lost its data, but never another one.
    if (head === 0 && access.place !== place && own > 0) throw otherRedis(place, access.place);
    const shared = await this.#openStream(folder, copy, access);
    if (left === null) {
      if (access.place !== place) await notePlace(folder, access.place);
      return shared;
    }
    // This host was moving it here when it was ended: the stream was closed, and now it is read to its end.
    await shared.leave();
    await notePlace(folder, null);
    return null;
  }

  async #openStream(folder: string, copy: SqliteEventLog, access: RedisAccess): Promise<RedisEventLog> {
    const { address, ca, companyId, host, info, sender, keepEvents } = this.#partsOf(folder, access);
    const stream = new RedisStream({ address, ca, companyId, commandTimeout });
    return RedisEventLog.open(stream, copy, { id: host, info, sender, keepEvents });
  }

  #partsOf(folder: string, { address, ca, keepEvents }: RedisAccess) {
    const { host } = this.#options;
    // Of a start before this one some things may still be on their way.
    const sender = `${host}.${randomBytes(6).toString('hex')}`;
    const info = { machine: hostname(), version: manifest.version, stateVersion };
    return { address, ca, commandTimeout, companyId: companyIn(folder), host, info, sender, keepEvents };
  }
}

const companyIn = (folder: string): CompanyId => basename(folder) as CompanyId;

function noAccess(place: string): CoordError {
  return new CoordError(
    'LOG_UNAVAILABLE',
    `Its log is in Redis at ${place}, and this host was not told how to get in. Say it with “agentcoord redis set ${place}”, ` +
      'with --redis-url, or with AGENTCOORD_REDIS_URL in the environment',
    { place },
  );
}

function unreachable(place: string): CoordError {
  return new CoordError(
    'LOG_UNAVAILABLE',
    `Its log is in Redis at ${place}, which does not answer, and nothing of it is on this host yet. Is it running, and is the way there open?`,
    { place },
  );
}

function otherRedis(place: string, other: string): CoordError {
  return new CoordError(
    'LOG_UNAVAILABLE',
    `Its log is in Redis at ${place}, and this host was told of another one, ${other}, which does not hold this company. ` +
      'Name the right one; a Redis that was moved must bring its data along',
    { place, other },
  );
}
