/** Opens the database of the board's projection; one that is of no use is thrown away, since the log has it all. */
import { rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { SqliteOptions } from '../connection.ts';
import { connect } from '../connection.ts';
import { readDatabaseVersion } from '../migrate.ts';
import { isDamage, readFailure } from '../sqlite-errors.ts';
import { boardApplicationId, boardVersion, createBoardTables } from './board-schema.ts';

/** @throws CoordError `LOG_UNAVAILABLE` - the file can't be opened or made */
export function openBoardDatabase(file: string, options: SqliteOptions): Database {
  try {
    return openUsable(file, options) ?? openFresh(file, options);
  } catch (error) {
    throw readFailure(file, error);
  }
}

/** @throws CoordError `LOG_UNAVAILABLE` */
export function openEmptyBoardDatabase(file: string, options: SqliteOptions): Database {
  try {
    return openFresh(file, options);
  } catch (error) {
    throw readFailure(file, error);
  }
}

/** Null when it is damaged, of another shape, or of some other program. */
function openUsable(file: string, options: SqliteOptions): Database | null {
  const database = connect(file, options);
  try {
    const version = readDatabaseVersion(database);
    const isOurs = database.pragma('application_id', { simple: true }) === boardApplicationId;
    if (version === boardVersion && isOurs) return setUp(database);
  } catch (error) {
    database.close();
    if (isDamage(error)) return null;
    throw error;
  }
  database.close();
  return null;
}

function openFresh(file: string, options: SqliteOptions): Database {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${ending}`, { force: true });
  const database = connect(file, options);
  try {
    setUp(database);
    database
      .transaction(() => {
        createBoardTables(database);
        database.pragma(`application_id = ${boardApplicationId}`);
        database.pragma(`user_version = ${boardVersion}`);
      })
      .immediate();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** No fsync at each commit: after a power cut the last of it is folded again. */
function setUp(database: Database): Database {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('trusted_schema = OFF');
  return database;
}
