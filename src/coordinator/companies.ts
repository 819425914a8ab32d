/** The companies of a data directory: opens them all, finds one by what a person types, and creates new ones. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { CompanySummary, HostWarning } from '../contract/rpc.ts';
import type { CompanySource, ReadCompanyDraft } from '../contract/templates.ts';
import { CoordError } from '../core/error.ts';
import type { CompanyId, HostId } from '../core/ids.ts';
import { notedName } from './company-name.ts';
import type { Furnisher } from './create-company-folder.ts';
import { createCompanyFolder, isUnfinished } from './create-company-folder.ts';
import type { OnFault } from './fault.ts';
import { refusalOf } from './fault.ts';
import { findCompany } from './find-company.ts';
import type { CompanyOptions, OpenBoardStore, OpenBranchStore, OpenLog } from './open-company.ts';
import { OpenCompany } from './open-company.ts';
import type { Outage } from './outage-watch.ts';
import type { World } from './world.ts';
import { realWorld } from './world.ts';

export interface CompaniesOptions {
  /** Where each company has a folder, named by its id. */
  readonly folder: string;
  readonly openLog: OpenLog;
  readonly openBoardStore: OpenBoardStore;
  readonly readDraft: ReadCompanyDraft;
  readonly world?: World;
  readonly onFault?: OnFault;
  /** Who opens them; left out: there is no other host. */
  readonly host?: HostId;
  /** For logs that may be away; left out: none ever is. */
  readonly openBranchStore?: OpenBranchStore;
  /** What is wrong with a company that is open, as far as its log knows. */
  readonly troubleOf?: (id: CompanyId) => CoordError | null;
  readonly workspace?: NonNullable<CompanyOptions['workspace']>;
  readonly worktreesOf?: string;
  readonly furnisher?: Furnisher;
}

/** A company that is there but can't be opened: the others go on without it. */
export interface FailedCompany {
  readonly id: CompanyId;
  /** Null: nothing tells. */
  readonly name: string | null;
  readonly error: CoordError;
}

/** Is told of each company when it is opened. */
export type OpenListener = (company: OpenCompany) => void;

export class Companies {
  readonly #options: CompaniesOptions & { readonly world: World; readonly onFault: OnFault };
  readonly #open = new Map<CompanyId, OpenCompany>();
  #failed: readonly FailedCompany[] = [];
  readonly #listeners = new Set<OpenListener>();
  /** Creations go one after the other, so that two can't take the same name. */
  #creating: Promise<unknown> = Promise.resolve();

  private constructor(options: CompaniesOptions) {
    this.#options = { world: realWorld, onFault: () => undefined, ...options };
  }

  /** Opens every company there is; those that can't be opened are in `failed`. */
  static async open(options: CompaniesOptions): Promise<Companies> {
    const companies = new Companies(options);
    await companies.#openAll();
    return companies;
  }

  get failed(): readonly FailedCompany[] {
    return this.#failed;
  }

  all(): readonly OpenCompany[] {
    return [...this.#open.values()];
  }

  /** What is wrong with companies, and a person should know of: some stay closed, others are open all the same. */
  async warnings(): Promise<readonly HostWarning[]> {
    const closed = this.#failed.map(({ id, name, error: { code, message } }) => ({
      company: { id, name },
      code,
      message: `It stays closed: ${message}`,
    }));
    const open = await Promise.all(this.all().map((company) => this.#warningsOf(company)));
    return [...closed, ...open.flat()];
  }

  /** By name. */
  async list(): Promise<readonly CompanySummary[]> {
    const rows = await Promise.all(this.all().map((company) => company.details()));
    return rows
      .map(({ id, name, template }) => ({ id, name, template }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  get(id: CompanyId): OpenCompany | undefined {
    return this.#open.get(id);
  }

  /**
   * @param wanted id, name, or a beginning of either that only one has; null: the only one
   * @returns null when nothing is wanted and there is none, or more than one
   * @throws CoordError `NOT_FOUND`, `COMPANY_AMBIGUOUS` - with those there are
   * @throws CoordError why it can't be opened, when it is one of `failed`
   */
  async find(wanted: string | null): Promise<OpenCompany | null> {
    const found = findCompany(wanted, await this.list(), this.#failed);
    return found === null ? null : (this.#open.get(found) ?? null);
  }

  /**
   * Creates a company wholly or not at all.
   * @param name null: the name in the file
   * @throws CoordError `COMPANY_EXISTS`, `NOT_FOUND`, `FILE_INVALID`, `BAD_INPUT`, `DATA_DIR_UNUSABLE`
   */
  create(source: CompanySource, name: string | null): Promise<OpenCompany> {
    const created = this.#creating.then(() => this.#create(source, name));
    this.#creating = created.catch(() => undefined);
    return created;
  }

  /**
   * Opens a company whose folder has come, or that could not be opened before; does nothing when it is open.
   * @param name null: nothing tells
   * @throws CoordError why it can't be opened; it is one of `failed` then
   */
  openLater(id: CompanyId, name: string | null): Promise<void> {
    const opened = this.#creating.then(() => this.#openLater(id, name));
    this.#creating = opened.catch(() => undefined);
    return opened;
  }

  /** Tells of the companies that are open, and of each that is opened later. @returns what ends it */
  onOpen(listener: OpenListener): () => void {
    for (const company of this.#open.values()) listener(company);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    await this.#creating;
    const open = this.all();
    this.#open.clear();
    await Promise.all(open.map((company) => company.close()));
  }

  async #create(source: CompanySource, name: string | null): Promise<OpenCompany> {
    const { folder, readDraft, world } = this.#options;
    const { file, workflows } = await readDraft(source);
    const wantedName = name ?? file.name;
    await this.#refuseTakenName(wantedName);
    const id = world.newId('company');
    const home = path.join(folder, id);
    await createCompanyFolder(home, id, { file: { ...file, name: wantedName }, workflows }, this.#options);
    return this.#openOne(home);
  }

  async #refuseTakenName(name: string): Promise<void> {
    const taken = [...(await this.list()), ...this.#failed].find(
      (other) => other.name?.toLowerCase() === name.trim().toLowerCase(),
    );
    if (!taken) return;
    throw new CoordError(
      'COMPANY_EXISTS',
      `There is a company named ${taken.name} (${taken.id}) already. Give the new one another name`,
      { id: taken.id, name: taken.name },
    );
  }

  async #openAll(): Promise<void> {
    const { folder, onFault } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (!entry.isDirectory()) continue;
      const home = path.join(folder, entry.name);
      if (isUnfinished(entry.name)) {
        await rm(home, { recursive: true, force: true });
        continue;
      }
      try {
        await this.#openOne(home);
      } catch (thrown) {
        const error = refusalOf(thrown, onFault);
        this.#noteFailed({ id: entry.name as CompanyId, name: await notedName(home), error });
      }
    }
  }

  async #openLater(id: CompanyId, name: string | null): Promise<void> {
    if (this.#open.has(id)) return;
    try {
      await this.#openOne(path.join(this.#options.folder, id));
      this.#failed = this.#failed.filter((failed) => failed.id !== id);
    } catch (thrown) {
      const error = refusalOf(thrown, this.#options.onFault);
      this.#noteFailed({ id, name, error });
      throw error;
    }
  }

  #noteFailed(failed: FailedCompany): void {
    this.#failed = [...this.#failed.filter(({ id }) => id !== failed.id), failed];
  }

  async #openOne(home: string): Promise<OpenCompany> {
    const company = await OpenCompany.open(home, this.#options);
    this.#open.set(company.id, company);
    for (const listener of this.#listeners) listener(company);
    return company;
  }

  async #warningsOf(company: OpenCompany): Promise<readonly HostWarning[]> {
    const { id, name } = await company.details();
    const trouble = this.#options.troubleOf?.(id) ?? null;
    const { outage } = company.coordinator;
    return [company.warning, trouble ?? (outage && cutOff(outage))].flatMap((warning) =>
      warning === null ? [] : [{ company: { id, name }, code: warning.code, message: warning.message }],
    );
  }
}

/** What a host that goes on by itself says to whoever asks it. */
function cutOff({ since, cause, blocked, deeds }: Outage): CoordError {
  const when = new Date(since).toISOString();
  const because = blocked ?? cause;
  const why = because ? ` (${because.message})` : '';
  const waiting =
    deeds === 1 ? '1 thing that was done here waits' : `${deeds} things that were done here wait`;
  return new CoordError(
    'LOG_UNAVAILABLE',
    `This host is cut off from the others since ${when}${why}. Work goes on: ${waiting} to be shared, and agents take only ` +
      `tasks of this host. ${blocked ? 'It can’t go back before that is mended' : 'It goes back by itself'}`,
    { since },
  );
}
