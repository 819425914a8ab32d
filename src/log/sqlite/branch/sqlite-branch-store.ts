/** What a host did while the log was away, in one SQLite file beside the copy of the log. */
import type { Database, Statement } from 'better-sqlite3';
import type { BranchDeed, BranchStore, KeptDeed, SentAs } from '../../../contract/branch-store.ts';
import { CoordError } from '../../../core/error.ts';
import type { SqliteOptions } from '../connection.ts';
import { connect } from '../connection.ts';
import { readDatabaseVersion } from '../migrate.ts';
import { databaseDamaged, readFailure, writeFailure } from '../sqlite-errors.ts';

/** Says in the file's header whose it is: `AgBr`. */
const applicationId = 0x41674272;
const version = 2;

interface DeedRow {
  readonly n: number;
  readonly deed: string;
  readonly batch: string | null;
  readonly place: number | null;
  readonly last_of: string | null;
}

/** Opens the store in a file, or starts one there. @throws CoordError `DATABASE_TOO_NEW`, `DATABASE_DAMAGED`, `LOG_UNAVAILABLE` */
export function openSqliteBranchStore(file: string, options: SqliteOptions = {}): BranchStore {
  try {
    const database = connect(file, options);
    try {
      setUp(database);
      return new SqliteBranchStore(database);
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw readFailure(file, error);
  }
}

class SqliteBranchStore implements BranchStore {
  readonly #database: Database;
  readonly #count: Statement<[], number>;
  readonly #after: Statement<[number, number], DeedRow>;
  readonly #batches: Statement<[], string>;
  readonly #keep: (deeds: readonly BranchDeed[]) => void;
  readonly #noteSent: (deeds: readonly Pick<KeptDeed, 'n'>[], batch: string) => void;
  readonly #replace: Statement<[string, number]>;
  readonly #forget: (deeds: readonly Pick<KeptDeed, 'n'>[]) => void;

  constructor(database: Database) {
    this.#database = database;
    this.#count = database.prepare<[], number>('SELECT count(*) FROM deeds').pluck();
    this.#after = database.prepare(
      'SELECT n, deed, batch, place, last_of FROM deeds WHERE n > ? ORDER BY n LIMIT ?',
    );
    this.#batches = database
      .prepare<[], string>('SELECT DISTINCT batch FROM deeds WHERE batch IS NOT NULL')
      .pluck();
    const replaced = database.prepare('DELETE FROM deeds WHERE last_of = ?');
    const insert = database.prepare('INSERT INTO deeds (deed, batch, place, last_of) VALUES (?, ?, ?, ?)');
    const sent = database.prepare('UPDATE deeds SET batch = ?, place = ? WHERE n = ?');
    this.#replace = database.prepare(
      'UPDATE deeds SET deed = ?, batch = NULL, place = NULL, last_of = NULL WHERE n = ?',
    );
    const remove = database.prepare('DELETE FROM deeds WHERE n = ?');
    this.#keep = database.transaction((deeds: readonly BranchDeed[]) => {
      for (const { sentAs, lastOf, ...deed } of deeds) {
        if (lastOf !== null) replaced.run(lastOf);
        insert.run(JSON.stringify(deed), sentAs?.batch ?? null, sentAs?.place ?? null, lastOf);
      }
    }).immediate;
    this.#noteSent = database.transaction((deeds: readonly Pick<KeptDeed, 'n'>[], batch: string) => {
      for (const [place, { n }] of deeds.entries()) sent.run(batch, place, n);
    }).immediate;
    this.#forget = database.transaction((deeds: readonly Pick<KeptDeed, 'n'>[]) => {
      for (const { n } of deeds) remove.run(n);
    }).immediate;
  }

  count(): number {
    return this.#look(() => this.#count.get() ?? 0);
  }

  after(n: number, limit: number): readonly KeptDeed[] {
    return this.#look(() => this.#after.all(n, limit).map((row) => this.#read(row)));
  }

  batches(): readonly string[] {
    return this.#look(() => this.#batches.all());
  }

  keep(deeds: readonly BranchDeed[]): void {
    this.#write(() => this.#keep(deeds));
  }

  noteSent(deeds: readonly Pick<KeptDeed, 'n'>[], batch: string): void {
    this.#write(() => this.#noteSent(deeds, batch));
  }

  replace({ n }: Pick<KeptDeed, 'n'>, { sentAs: _, lastOf: __, ...deed }: BranchDeed): void {
    this.#write(() => this.#replace.run(JSON.stringify(deed), n));
  }

  forget(deeds: readonly Pick<KeptDeed, 'n'>[]): void {
    this.#write(() => this.#forget(deeds));
  }

  close(): void {
    this.#database.close();
  }

  #read({ n, deed, batch, place, last_of: lastOf }: DeedRow): KeptDeed {
    const sentAs: SentAs | null = batch === null || place === null ? null : { batch, place };
    try {
      return { n, ...(JSON.parse(deed) as Omit<BranchDeed, 'sentAs' | 'lastOf'>), sentAs, lastOf };
    } catch (error) {
      throw databaseDamaged(this.#database.name, `deed ${n} can’t be read`, error);
    }
  }

  #look<Answer>(question: () => Answer): Answer {
    try {
      return question();
    } catch (error) {
      throw readFailure(this.#database.name, error);
    }
  }

  #write(act: () => void): void {
    try {
      act();
    } catch (error) {
      throw writeFailure(this.#database.name, error);
    }
  }
}

function setUp(database: Database): void {
  const written = readDatabaseVersion(database);
  if (written > version) throw tooNew(database.name, written);
  if (written > 0 && database.pragma('application_id', { simple: true }) !== applicationId) {
    throw databaseDamaged(database.name, 'it is a database of some other program');
  }
  database.pragma('journal_mode = WAL');
  // Each commit is durable: what is kept here stands nowhere else.
  database.pragma('synchronous = FULL');
  database.pragma('fullfsync = ON');
  database.pragma('trusted_schema = OFF');
  if (written === version) return;
  database
    .transaction(() => {
      if (written === 0) {
        database.exec(`
          CREATE TABLE deeds (
            n     INTEGER PRIMARY KEY AUTOINCREMENT,
            deed  TEXT NOT NULL,   -- who did what and what it led to, in JSON
            batch TEXT,            -- as what it was sent to the log, if it was
            place INTEGER
          ) STRICT
        `);
      }
      database.exec(`
        ALTER TABLE deeds ADD COLUMN last_of TEXT; -- it stands for all those before it of which this is said
        CREATE UNIQUE INDEX deeds_last_of ON deeds (last_of) WHERE last_of IS NOT NULL;
        CREATE INDEX deeds_batch ON deeds (batch) WHERE batch IS NOT NULL
      `);
      database.pragma(`application_id = ${applicationId}`);
      database.pragma(`user_version = ${version}`);
    })
    .immediate();
}

function tooNew(file: string, written: number): CoordError {
  return new CoordError(
    'DATABASE_TOO_NEW',
    `What was done while Redis was away stands in ${file}, which a newer AgentCoord wrote (version ${written}; this one ` +
      `knows ${version}). It was left as it is. Install the newer AgentCoord again`,
    { file, version: written, known: version },
  );
}
