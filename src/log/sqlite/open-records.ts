/** Reads the records of a log's file without changing it, whether a host has it open or not. */
import { existsSync } from 'node:fs';
import type { Database, Statement } from 'better-sqlite3';
import type { LogRecord, RecordSource } from '../../contract/hash-chain.ts';
import { CoordError } from '../../core/error.ts';
import type { Seq } from '../../core/ids.ts';
import type { SqliteOptions } from './connection.ts';
import { connect } from './connection.ts';
import { prepareRecords } from './event-row.ts';
import { readHeaderVersion } from './file-header.ts';
import { databaseVersion, readDatabaseVersion } from './migrate.ts';
import { hashChain } from './migrations/0002-hash-chain.ts';
import { SnapshotRecords } from './snapshot-records.ts';
import { readFailure } from './sqlite-errors.ts';

export interface LogFile extends RecordSource {
  /** The name that its company has now; null when the log does not tell. */
  companyName(): string | null;
  close(): void;
}

/**
 * @throws CoordError `DATABASE_TOO_NEW`; `DATABASE_DAMAGED` - it is no log; `LOG_UNAVAILABLE` - it can't be opened
 * @throws CoordError `WRONG_STATE` - it has no chain yet: it was not opened since it was written by an older program
 */
export function openLogFile(file: string, options: SqliteOptions = {}): LogFile {
  let database: Database | null = null;
  try {
    if (!existsSync(file)) throw new Error('it is not there');
    refuseNewer(file, readHeaderVersion(file));
    database = connect(file, options, { readonly: true });
    requireChain(file, readDatabaseVersion(database));
    return new OpenLogFile(database, file);
  } catch (error) {
    database?.close();
    throw readFailure(file, error);
  }
}

class OpenLogFile implements LogFile {
  readonly #database: Database;
  readonly #file: string;
  readonly #records: Statement<[number, number], LogRecord>;
  readonly #snapshots: SnapshotRecords;

  constructor(database: Database, file: string) {
    this.#database = database;
    this.#file = file;
    this.#records = prepareRecords(database);
    this.#snapshots = new SnapshotRecords(database);
  }

  async readRecords(after: Seq, limit = 1_000): Promise<readonly LogRecord[]> {
    try {
      return this.#records.all(after, limit);
    } catch (error) {
      throw readFailure(this.#file, error);
    }
  }

  async snapshotSeqs(version: number): Promise<readonly Seq[]> {
    return this.#snapshots.seqs(version);
  }

  async snapshotText(seq: Seq, version: number): Promise<string | null> {
    return this.#snapshots.text(seq, version);
  }

  companyName(): string | null {
    try {
      const name = this.#database
        .prepare(
          `SELECT data ->> '$.company.name' FROM events
           WHERE type IN ('company.created', 'company.configured') ORDER BY seq DESC LIMIT 1`,
        )
        .pluck()
        .get();
      return typeof name === 'string' ? name : null;
    } catch {
      return null;
    }
  }

  close(): void {
    this.#database.close();
  }
}

function refuseNewer(file: string, version: number): void {
  if (version <= databaseVersion) return;
  throw new CoordError(
    'DATABASE_TOO_NEW',
    `The log ${file} was written by a newer AgentCoord (version ${version} of the database; this one knows ` +
      `${databaseVersion}). Install the newer AgentCoord again`,
    { file, version, known: databaseVersion },
  );
}

function requireChain(file: string, version: number): void {
  refuseNewer(file, version);
  if (version >= hashChain.version) return;
  throw new CoordError(
    'WRONG_STATE',
    `The log ${file} has no hash chain yet: it was written by an older AgentCoord. Open it once, with any command ` +
      'such as `agentcoord status`; from then on every change is found',
    { file, version },
  );
}
