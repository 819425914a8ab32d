/** The companies of a host and those in its Redis: finds, joins and moves them. */
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { CompanyPlace, CompanyPlaces, MovedCompany } from '../../contract/company-places.ts';
import type { Companies } from '../../coordinator/companies.ts';
import type { OpenCompany } from '../../coordinator/open-company.ts';
import { CoordError } from '../../core/error.ts';
import type { CompanyId, HostId } from '../../core/ids.ts';
import type { CompanyLog } from '../../log/company-log.ts';
import type { IndexedCompany } from '../../log/redis/company-index.ts';
import { CompanyIndex } from '../../log/redis/company-index.ts';
import type { Moved } from '../../log/redis/move-log.ts';
import { departureOf, isElsewhere } from '../../log/redis/move-log.ts';
import type { CompanyLogs } from './company-logs.ts';
import { commandTimeout } from './company-logs.ts';
import { refuseWhileOthersAreCutOff } from './hosts-cut-off.ts';
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
  /** The line to the index, for as long as it holds. */
  #index: { readonly place: string; readonly line: CompanyIndex } | null = null;
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
    const indexed = (await this.#inTurn(() => this.#indexed()).catch(() => null)) ?? [];
    return this.#listed(indexed);
  }

  async join(): Promise<readonly CompanyPlace[]> {
    if ((await this.#options.redis.find()) === null) throw noRedis();
    this.#triedAt.clear();
    await this.#inTurn(() => this.#look());
    return this.list();
  }

  move(id: CompanyId, { to, openToAnybody }: Parameters<CompanyPlaces['move']>[1]): Promise<MovedCompany> {
    return this.#inTurn(async () => {
      const company = this.#options.companies.get(id);
      if (!company) throw new CoordError('NOT_FOUND', `The company ${id} is not open on this host`, { id });
      if (to === 'here') return this.#moveHere(company);
      return this.#moveToRedis(company, await this.#options.redis.choose(to, openToAnybody));
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#looking;
    this.#index?.line.close();
  }

  async #moveToRedis(company: OpenCompany, access: RedisAccess): Promise<MovedCompany> {
    const { logs } = this.#options;
    const { id, name } = await company.details();
    const log = logs.get(id);
    if (!log) throw new CoordError('INTERNAL', `The log of ${id} is not one that can be moved`);
    const from = await readPlace(company.folder);
    if (from !== null && from !== access.place) throw inAnotherRedis(from, access.place);
    if (from !== null) {
      if (log.gone) throw log.gone;
      return { id, name, place: from, from, verified: await log.lastLink(), heldUp: 0 };
    }
    const index = await this.#indexAt(access);
    await this.#joinAsHost(company);
    const moved = await logs.moveToRedis(company.folder, log, access);
    await index.put({ id, name, left: null });
    return { id, name, place: access.place, from, ...moved };
  }

  async #moveHere(company: OpenCompany): Promise<MovedCompany> {
    const { logs, redis } = this.#options;
    const { id, name } = await company.details();
    const log = logs.get(id);
    if (!log) throw new CoordError('INTERNAL', `The log of ${id} is not one that can be moved`);
    const from = await readPlace(company.folder);
    if (from === null) return { id, name, place: null, from, verified: await log.lastLink(), heldUp: 0 };
    if (log.gone) throw log.gone;
    const access = await redis.find();
    if (access === null) throw noRedis();
    await refuseWhileOthersAreCutOff(company);
    const index = await this.#indexAt(access);
    const moved = await this.#moveWithArtifacts(company, log, access);
    await this.#noteDeparture(index, access, { id, name });
    return { id, name, place: null, from, ...moved };
  }

  /** Most is fetched before, and what was handed in meanwhile right after. */
  async #moveWithArtifacts(company: OpenCompany, log: CompanyLog, access: RedisAccess): Promise<Moved> {
    const { logs } = this.#options;
    const { folder, artifactSharing } = company;
    const shared = logs.artifactsIn(folder, access);
    try {
      await artifactSharing.fetchAll(shared);
      const moved = await logs.moveHere(folder, log, access);
      const missing = await artifactSharing.fetchAll(shared).catch((error: unknown) => {
        this.#options.log(`${company.id}: ${error instanceof Error ? error.message : String(error)}`);
        return [];
      });
      for (const hash of missing)
        this.#options.log(`${company.id}: artifact ${hash} stayed on the host where it was handed in`);
      return moved;
    } finally {
      shared.close();
    }
  }

  async #noteDeparture(
    index: CompanyIndex,
    { address, ca }: RedisAccess,
    company: Pick<IndexedCompany, 'id' | 'name'>,
  ): Promise<void> {
    const found = await departureOf({ address, ca, commandTimeout, companyId: company.id });
    // Else it is said with the next look.
    if (found !== 'away') await index.put({ ...company, left: found.left });
  }

  /** Opens what is there and not open yet, and lets go of what has left. */
  async #look(): Promise<void> {
    const access = await this.#options.redis.find();
    if (access === null) return;
    const indexed = (await this.#indexed()) ?? [];
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
      await this.#joinAsHost(company);
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
    const { companies, logs } = this.#options;
    for (const company of companies.all()) {
      const { id, name } = await company.details();
      const known = indexed.find((entry) => entry.id === id);
      const log = logs.get(id);
      const isHere = log?.isShared === true && log.gone === null;
      if (isHere) await this.#joinAsHost(company);
      if (isHere && (known === undefined || known.left !== null || known.name !== name))
        await (await this.#indexAt(access)).put({ id, name, left: null });
      const isAlone = log?.isShared === false && known !== undefined && known.left === null;
      if (isAlone && (await readPlace(company.folder)) === null)
        await this.#noteDeparture(await this.#indexAt(access), access, { id, name });
    }
  }

  /** The others know then whose tasks and workers it has. */
  async #joinAsHost({ coordinator }: OpenCompany): Promise<void> {
    const { host } = this.#options;
    const isThere = await coordinator.read(({ hosts }) => hosts.get(host)?.state === 'there');
    if (!isThere) await coordinator.execute({ kind: 'host' }, { type: 'host.join', name: hostname() });
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

  /** Null: the host knows of no Redis. */
  async #indexed(): Promise<readonly IndexedCompany[] | null> {
    const access = await this.#options.redis.find();
    return access && (await this.#indexAt(access)).all();
  }

  async #indexAt({ address, ca, place }: RedisAccess): Promise<CompanyIndex> {
    if (this.#index?.place === place) return this.#index.line;
    this.#index?.line.close();
    this.#index = null;
    const line = await CompanyIndex.open(address, { commandTimeout, ca });
    this.#index = { place, line };
    return line;
  }

  async #listed(indexed: readonly IndexedCompany[]): Promise<CompanyPlace[]> {
    const { companies, logs, folder } = this.#options;
    const open = await Promise.all(
      companies.all().map(async (company): Promise<CompanyPlace> => {
        const { id, name } = await company.details();
        const gone = logs.get(id)?.gone ?? null;
        const place = await readPlace(company.folder);
        return { id, name, place, state: gone ? 'closed' : 'open', why: gone?.message ?? null };
      }),
    );
    const closed = await Promise.all(
      companies.failed.map(async ({ id, name, error }): Promise<CompanyPlace> => {
        const place = await readPlace(join(folder, id)).catch(() => null);
        return { id, name, place, state: 'closed', why: error.message };
      }),
    );
    const here = new Set([...open, ...closed].map(({ id }) => id));
    const others = indexed
      .filter(({ id }) => !here.has(id))
      .map(({ id, name, left }): CompanyPlace => {
        const why = left && isElsewhere(left).message;
        return { id, name, place: this.#index?.place ?? null, state: 'elsewhere', why };
      });
    return [...open, ...closed, ...others].sort((a, b) => ((a.name ?? a.id) < (b.name ?? b.id) ? -1 : 1));
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

function inAnotherRedis(from: string, to: string): CoordError {
  return new CoordError(
    'WRONG_STATE',
    `The company was not moved: its log is in Redis at ${from}, not at ${to}. Move it here first: agentcoord move --to here`,
    { from, to },
  );
}
