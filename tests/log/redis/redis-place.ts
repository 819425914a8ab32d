/** A company in a real Redis, for tests: each host that opens it has a copy of its own. */
import path from 'node:path';
import type { CompanyId } from '../../../src/core/ids.ts';
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
}

/** Opens the company as one more host. */
export async function openRedisLog(
  url: string,
  { companyId, folder, ...more }: HostOptions,
): Promise<RedisEventLog> {
  const stream = await RedisStream.open({
    address: parseRedisUrl(url),
    companyId,
    commandTimeout: 500,
    ...more,
  });
  const copy = openSqliteEventLog(path.join(folder ?? (await temporaryFolder()), 'copy.sqlite'));
  return RedisEventLog.open(stream, copy, newName('host'));
}
