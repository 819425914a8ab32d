/** How much waits on a branch, from its file, whether a host has it open or not. */
import { existsSync } from 'node:fs';
import type { SqliteOptions } from '../connection.ts';
import { connect } from '../connection.ts';
import { readFailure } from '../sqlite-errors.ts';

/** 0 where there is no file. @throws CoordError `DATABASE_DAMAGED`, `LOG_UNAVAILABLE` - it can't be read */
export function countDeeds(file: string, options: SqliteOptions = {}): number {
  if (!existsSync(file)) return 0;
  try {
    const database = connect(file, options, { readonly: true });
    try {
      return database.prepare<[], number>('SELECT count(*) FROM deeds').pluck().get() ?? 0;
    } finally {
      database.close();
    }
  } catch (error) {
    throw readFailure(file, error);
  }
}
