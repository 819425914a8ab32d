/** Looks at the file of a log as an outsider does: past our own code, with SQLite alone, and along the hash chain. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { logFileOf } from '../../src/coordinator/open-company.ts';
import { verifyLog } from '../../src/coordinator/verify-log.ts';
import { openLogFile } from '../../src/log/sqlite/open-records.ts';

/** The log of the only company of a data directory. */
export async function onlyLogIn(dataDir: string): Promise<string> {
  const folder = path.join(dataDir, 'companies');
  const [company, ...others] = await readdir(folder);
  if (company === undefined || others.length > 0) throw new Error(`${folder} holds not just one company`);
  return logFileOf(path.join(folder, company));
}

export interface LoggedEvents {
  /** `ok`, or what SQLite finds wrong. */
  readonly integrity: unknown;
  /** Each event in JSON, by its `seq`. */
  readonly textBySeq: ReadonlyMap<number, string>;
  /** Titles of tasks that were created more than once. */
  readonly doubled: readonly unknown[];
}

/** May be asked while a host has the log open. */
export function readLogFile(file: string): LoggedEvents {
  const database = new Database(file, { readonly: true });
  try {
    const rows = database.prepare<[], { seq: number; data: string }>('SELECT seq, data FROM events').all();
    return {
      integrity: database.pragma('integrity_check', { simple: true }),
      textBySeq: new Map(rows.map(({ seq, data }) => [seq, data])),
      doubled: database
        .prepare(
          `SELECT data ->> '$.task.title' AS title FROM events
           WHERE type = 'task.created' GROUP BY title HAVING count(*) > 1`,
        )
        .pluck()
        .all(),
    };
  } finally {
    database.close();
  }
}

/** @returns the first fault of the hash chain in words; null when there is none */
export async function chainFaultIn(file: string): Promise<string | null> {
  const log = openLogFile(file);
  try {
    const { fault } = await verifyLog(log, { anchor: null });
    return fault?.why ?? null;
  } finally {
    log.close();
  }
}
