/** A company in a real Redis, for tests: each host that opens it has a copy of its own. */
import path from 'node:path';
import type { CompanyId, HostId } from '../../../src/core/ids.ts';
import { parseRedisUrl } from '../../../src/log/redis/redis-address.ts';
import { RedisEventLog } from '../../../src/log/redis/redis-event-log.ts';
import { RedisStream } from '../../../src/log/redis/redis-stream.ts';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let names = 0;

/** A name that nobody had before in this process. */
export function newName(kind: string): string {
  names += 1;
  return `${kind}_${names}`;
}

export interface HostOptions {
  readonly companyId: CompanyId;
  /** Of its copy; a new one unless it is given. */
  readonly folder?: string;
  readonly ca?: string;
  /** A new one unless it is given. */
  readonly host?: HostId;
  /** Of the state's shape; 7 unless it is given. */
  readonly stateVersion?: number;
  readonly keepEvents?: number;
}

/** Opens the company as one more host, or as one that starts again. */
export async function openRedisLog(
  url: string,
  { companyId, folder, host = newName('host') as HostId, stateVersion = 7, keepEvents, ca }: HostOptions,
): Promise<RedisEventLog> {
  const address = parseRedisUrl(url);
  const stream = new RedisStream({ address, companyId, commandTimeout: 500, ca });
  const copy = openSqliteEventLog(path.join(folder ?? (await temporaryFolder()), 'copy.sqlite'));
  const info = { machine: 'mill', version: '1.2.3', stateVersion };
  const sender = newName(`${host}.start`);
  return RedisEventLog.open(stream, copy, {
    id: host,
    info,
    sender,
    ...(keepEvents !== undefined && { keepEvents }),
  });
}
