/** One step from a version of the log's database to the next. */
import type { Database } from 'better-sqlite3';

export interface Migration {
  /** The `user_version` that it leads to: 1 for the first, then each number once. */
  readonly version: number;
  /** Runs inside a transaction of its own, which also raises `user_version`. */
  readonly up: (database: Database) => void;
}
