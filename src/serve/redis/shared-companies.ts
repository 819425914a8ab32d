/** The companies of a host and those in its Redis: finds what is there, joins it, and lets go of what has left. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  CompanyPlace,
  CompanyPlaces,
  MovedCompany,
  MoveProgress,
} from '../../contract/company-places.ts';
import type { Companies } from '../../coordinator/companies.ts';
import { CoordError } from '../../core/error.ts';
import type { CompanyId, HostId } from '../../core/ids.ts';
import type { IndexedCompany } from '../../log/redis/company-index.ts';
import { isElsewhere } from '../../log/redis/move-log.ts';
import type { CompanyLogs } from './company-logs.ts';
import { IndexLine } from './index-line.ts';
import { joinAsHost } from './join-as-host.ts';
import { listPlaces } from './list-places.ts';
import { moveHere, moveToRedis, noteDeparture } from './move-company.ts';
import { notePlace, readPlace } from './place-file.ts';
import type { RedisAccess } from './redis-access.ts';
import type { RedisChoice } from './redis-choice.ts';

export interface SharedCompaniesOptions {
  /** Where each company has a folder, named by its id. */
  readonly folder: string;
  readonly host: HostId;
  readonly companies: Companies;
  readonly logs: CompanyLogs;
  readonly redis: RedisChoice;
  /** A line for the host's log. */
  readonly log: (line: string) => void;
}

/** Between two looks at what Redis holds, in ms. */
const lookEvery = 2_000;
/** Between two tries to open a company that could not be opened, in ms. */
const retryEvery = 10_000;

export class SharedCompanies implements CompanyPlaces {
  readonly #options: SharedCompaniesOptions;
  readonly #triedAt = new Map<CompanyId, number>();
  readonly #index = new IndexLine();
  /** Those that are asked for and not over, and how far each is. */
  readonly #moves = new Map<CompanyId, MoveProgress | null>();
  /** What the index held when it was last read. */
  #indexed: readonly IndexedCompany[] = [];
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<unknown> = Promise.resolve();
  #trouble = '';
  #closed = false;

  constructor(options: SharedCompaniesOptions) {
    this.#options = options;
  }

  /** Looks now and again from now on, and opens what it finds. */
  start(): void {
    const lookOn = async () => {
      await this.#inTurn(() => this.#look()).then(
        () => this.#note(''),
        (error: unknown) => this.#note(error instanceof Error ? error.message : String(error)),
      );
      if (!this.#closed) this.#timer = setTimeout(() => void lookOn(), lookEvery);
    };
    void lookOn();
  }

  async list(): Promise<readonly CompanyPlace[]> {
    // A move keeps its turn for as long as it takes, and how far it is is asked meanwhile.
    if (this.#moves.size === 0)
      await this.#inTurn(() => this.#readIndex()).catch(() => {
        this.#indexed = [];
      });
    return listPlaces(this.#indexed, { ...this.#options, redis: this.#index.place, moves: this.#moves });
  }

  async join(): Promise<readonly CompanyPlace[]> {
    await this.#access();
    this.#triedAt.clear();
    await this.#inTurn(() => this.#look());
    return this.list();
  }

  async move(
    id: CompanyId,
    { to, openToAnybody }: Parameters<CompanyPlaces['move']>[1],
  ): Promise<MovedCompany> {
    this.#moves.set(id, null);
    const tell = (progress: MoveProgress) => void this.#moves.set(id, progress);
    return this.#inTurn(async () => {
      const company = this.#options.companies.get(id);
      if (!company) throw new CoordError('NOT_FOUND', `The company ${id} is not open on this host`, { id });
      const { redis, host, logs, log } = this.#options;
      const parts = { host, logs, log, tell, index: this.#index };
      if (to === 'here') return moveHere(company, () => this.#access(), parts);
      return moveToRedis(company, await redis.choose(to, openToAnybody), parts);
    }).finally(() => this.#moves.delete(id));
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#looking;
    this.#index.close();
  }

  /** Opens what is there and not open yet, and lets go of what has left. */
  async #look(): Promise<void> {
    const access = await this.#options.redis.find();
    if (access === null) return;
    const indexed = await this.#readIndex();
    for (const entry of indexed) {
      if (!this.#closed)
        await this.#meet(entry, access).catch((error: unknown) => this.#options.log(wordsOf(entry, error)));
    }
    await this.#putMissing(indexed, access);
    await this.#retryFailed(indexed);
  }

  async #meet(entry: IndexedCompany, access: RedisAccess): Promise<void> {
    const { companies, logs, host, folder } = this.#options;
    const { id, left } = entry;
    const company = companies.get(id);
    const log = company && logs.get(id);
    if (left !== null) {
      if (log?.isShared && log.gone === null && left.host !== host) {
        this.#options.log(`${entry.name}: ${isElsewhere(left).message}`);
        await log.leaveBehind(isElsewhere(left));
      }
      return;
    }
    if (company && log?.gone) {
      await logs.rejoin(join(folder, id), log, access);
      await joinAsHost(company, host);
      return;
    }
    if (company || !this.#isDue(id)) return;
    const home = join(folder, id);
    await mkdir(home, { recursive: true, mode: 0o700 });
    if ((await readPlace(home)) === null && !companies.failed.some((one) => one.id === id))
      await notePlace(home, access.place);
    await companies.openLater(id, entry.name);
  }

  /** Whoever moved it was ended before it was said, or Redis has lost what it held. */
  async #putMissing(indexed: readonly IndexedCompany[], access: RedisAccess): Promise<void> {
    const { companies, logs, host } = this.#options;
    for (const company of companies.all()) {
      const { id, name } = await company.details();
      const known = indexed.find((entry) => entry.id === id);
      const log = logs.get(id);
      const isHere = log?.isShared === true && log.gone === null;
      if (isHere) await joinAsHost(company, host);
      if (isHere && (known === undefined || known.left !== null || known.name !== name))
        await (await this.#index.to(access)).put({ id, name, left: null });
      const isAlone = log?.isShared === false && known !== undefined && known.left === null;
      if (isAlone && (await readPlace(company.folder)) === null)
        await noteDeparture(await this.#index.to(access), access, { id, name });
    }
  }

  async #retryFailed(indexed: readonly IndexedCompany[]): Promise<void> {
    const { companies, folder } = this.#options;
    for (const { id, name, error } of [...companies.failed]) {
      if (error.code !== 'LOG_UNAVAILABLE' || indexed.some((entry) => entry.id === id)) continue;
      if ((await readPlace(join(folder, id)).catch(() => null)) === null || !this.#isDue(id)) continue;
      await companies.openLater(id, name).catch(() => undefined);
    }
  }

  #isDue(id: CompanyId): boolean {
    const now = performance.now();
    if (now < (this.#triedAt.get(id) ?? -retryEvery) + retryEvery) return false;
    this.#triedAt.set(id, now);
    return true;
  }

  /** @throws CoordError `NOT_FOUND` - the host knows of no Redis */
  async #access(): Promise<RedisAccess> {
    const access = await this.#options.redis.find();
    if (access === null) throw noRedis();
    return access;
  }

  /** Nothing when the host knows of no Redis. */
  async #readIndex(): Promise<readonly IndexedCompany[]> {
    const access = await this.#options.redis.find();
    this.#indexed = access === null ? [] : await (await this.#index.to(access)).all();
    return this.#indexed;
  }

  /** Each trouble once, for as long as it lasts. */
  #note(trouble: string): void {
    if (trouble !== '' && trouble !== this.#trouble) this.#options.log(trouble);
    this.#trouble = trouble;
  }

  #inTurn<Result>(step: () => Promise<Result>): Promise<Result> {
    const done = this.#looking.then(step);
    this.#looking = done.catch(() => undefined);
    return done;
  }
}

const wordsOf = ({ name }: IndexedCompany, error: unknown): string =>
  `${name}: ${error instanceof Error ? error.message : String(error)}`;

function noRedis(): CoordError {
  return new CoordError(
    'NOT_FOUND',
    'This host knows of no Redis. Say where it is with “agentcoord redis set redis://user@host:6379”, which asks for the password',
  );
}
