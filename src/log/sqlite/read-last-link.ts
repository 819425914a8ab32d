/** The link of the last event of a log's file. */
import type { Database } from 'better-sqlite3';
import type { ChainLink } from '../../contract/hash-chain.ts';
import { firstLink } from '../../contract/hash-chain.ts';
import type { Seq } from '../../core/ids.ts';
import { databaseDamaged } from './sqlite-errors.ts';

/** @throws CoordError `DATABASE_DAMAGED` - the log ends in the middle of a command */
export function readLastLink(database: Database): ChainLink {
  const last = database
    .prepare<[], { seq: Seq; touches: string | null; chain: string | null }>(
      'SELECT seq, touches, chain FROM events ORDER BY seq DESC LIMIT 1',
    )
    .get();
  if (last?.touches === null) {
    throw databaseDamaged(database.name, `the events up to ${last.seq} end in the middle of a command`);
  }
  // A link that somebody has taken out is no reason to stop: `verify` says where the chain is broken.
  return { seq: last?.seq ?? (0 as Seq), chain: last?.chain ?? firstLink };
}
