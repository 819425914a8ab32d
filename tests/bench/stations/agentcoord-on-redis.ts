/** AgentCoord on a log in Redis that hosts share: one host, its sessions without a line in between, its copy in SQLite. */
import type { CompanyId, HostId } from '../../../src/core/ids.ts';
import { parseRedisUrl } from '../../../src/log/redis/redis-address.ts';
import { RedisEventLog } from '../../../src/log/redis/redis-event-log.ts';
import { RedisStream } from '../../../src/log/redis/redis-stream.ts';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import type { OpenStation } from '../contender.ts';
import { openInProcessOn } from './agentcoord-in-process.ts';

let opened = 0;

export const openOnRedis: OpenStation = (workers, place) => {
  const address = parseRedisUrl(`redis://127.0.0.1:${place.redisPort}`);
  const companyId = `company_bench_${process.pid}` as CompanyId;
  return openInProcessOn(workers, place, async (file) => {
    opened += 1;
    const stream = await RedisStream.open({ address, companyId, commandTimeout: 5_000 });
    const id = `host_${process.pid}_${opened}` as HostId;
    const info = { machine: 'bench', version: '0', stateVersion: 0 };
    return RedisEventLog.open(stream, openSqliteEventLog(file), { id, info, sender: `${id}.1` });
  });
};
