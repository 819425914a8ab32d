/** Whatever Redis refuses it refuses before it has done the half of it; what it has taken is not lost to a full disk. */
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { LogAway } from '../../../src/contract/log-away.ts';
import type { CompanyId, HostId } from '../../../src/core/ids.ts';
import { parseRedisUrl } from '../../../src/log/redis/redis-address.ts';
import { RedisEventLog } from '../../../src/log/redis/redis-event-log.ts';
import { RedisStream } from '../../../src/log/redis/redis-stream.ts';
import { connect, openConnection } from '../../../src/log/sqlite/connection.ts';
import { openSqliteEventLog } from '../../../src/log/sqlite/sqlite-event-log.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { group, logged, readied, seq } from '../log-events.ts';
import { newName, openRedisLog } from './redis-place.ts';
import type { RedisServer } from './redis-servers.ts';
import { startRedisServer } from './redis-servers.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const never = new AbortController().signal;

/** What stands in the stream. */
const entries = (companyId: CompanyId) => server.cli('XLEN', `agentcoord:{${companyId}}:events`);

it.each([
  ['changed', /something else is kept under a name of ours/],
  ['meta', /something else is kept under a name of ours/],
  ['hosts', /something else is kept under a name of ours/],
] as const)(
  'takes nothing when something else has the place of “%s”, and goes on when it is gone',
  async (name, words) => {
    const companyId = newName('company') as CompanyId;
    const log = await openRedisLog(`redis://127.0.0.1:${server.port}`, { companyId });
    onTestFinished(() => log.close());
    await log.append([group(0, readied('a'))]);
    const key = `agentcoord:{${companyId}}:${name}`;
    await server.cli('DEL', 'kept');
    if ((await server.cli('EXISTS', key)) === '1') await server.cli('RENAME', key, 'kept');
    await server.cli('SET', key, 'mine');
    const claim = { ...group(1, readied('b')), homes: ['host_other' as HostId] };
    await expect(log.append([name === 'hosts' ? claim : group(1, readied('b'))])).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
      message: expect.stringMatching(words),
    });
    expect(await entries(companyId)).toBe('1');
    await server.cli('DEL', key);
    if ((await server.cli('EXISTS', 'kept')) === '1') await server.cli('RENAME', 'kept', key);
    expect(await log.append([group(1, readied('b'))])).toEqual([2]);
  },
);

it.each(['zadd', 'hset', 'zremrangebyscore', 'xadd'])(
  'takes nothing without the right to %s, and goes on once it is given',
  async (command) => {
    const companyId = newName('company') as CompanyId;
    const user = newName('user');
    await server.cli('ACL', 'SETUSER', user, 'on', '>x', '~*', '+@all');
    const log = await openRedisLog(`redis://${user}:x@127.0.0.1:${server.port}`, { companyId });
    onTestFinished(() => log.close());
    await log.append([group(0, readied('a'))]);
    await server.cli('ACL', 'SETUSER', user, `-${command}`);
    await expect(log.append([group(1, readied('b'))])).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
      message: expect.stringMatching(/may not do what the log needs/),
    });
    expect(await entries(companyId)).toBe('1');
    await server.cli('ACL', 'SETUSER', user, `+${command}`);
    expect(await log.append([group(1, readied('b'))])).toEqual([2]);
  },
);

it('says of a batch that the copy could not take that its fate is open, and has it when the copy can be written again', async () => {
  const companyId = newName('company') as CompanyId;
  const file = path.join(await temporaryFolder(), 'copy.sqlite');
  openConnection(file).close();
  const address = parseRedisUrl(`redis://127.0.0.1:${server.port}`);
  const stream = new RedisStream({ address, companyId, commandTimeout: 500 });
  const id = newName('host') as HostId;
  const info = { machine: 'mill', version: '1', stateVersion: 1 };
  const log = await RedisEventLog.open(stream, openSqliteEventLog(file), { id, info, sender: `${id}.1` });
  onTestFinished(() => log.close());
  await log.append([group(0, logged('a'))]);
  // As a disk does that is full: whoever wants to write is refused.
  const other = connect(file, {});
  onTestFinished(() => {
    other.close();
  });
  other.exec('BEGIN IMMEDIATE');
  const refused: unknown = await log.append([group(1, logged('b'))]).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(LogAway);
  const { batch } = refused as LogAway;
  expect((refused as LogAway).cause).toMatchObject({
    message: expect.stringMatching(/copy on this host.*can’t be written/),
  });
  expect(await entries(companyId)).toBe('2');
  await log.outages.gone(never);
  const coming = log.outages.comeBack([batch ?? ''], never);
  await expect(
    Promise.race([coming, new Promise((resolve) => setTimeout(resolve, 500, 'not yet'))]),
  ).resolves.toBe('not yet');
  other.exec('ROLLBACK');
  expect(await coming).toEqual(new Map([[batch, [2]]]));
  expect(await log.append([group(2, logged('c'))])).toEqual([3]);
  expect(await log.read(seq(0))).toHaveLength(3);
});
