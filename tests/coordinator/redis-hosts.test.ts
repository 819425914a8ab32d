/** Several hosts of one company, joined by a real Redis: one holder of each task, and the same state everywhere. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CompanyId, TaskId } from '../../src/core/ids.ts';
import { openRedisLog } from '../log/redis/redis-place.ts';
import type { RedisServer } from '../log/redis/redis-servers.ts';
import { startRedisServer } from '../log/redis/redis-servers.ts';
import type { OpenedCompany } from './kit.ts';
import { claim, complete, createTasks, dump, openCompany, startWorker } from './kit.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

async function newHost(companyId: CompanyId): Promise<OpenedCompany> {
  return openCompany({ log: await openRedisLog(`redis://127.0.0.1:${server.port}`, { companyId }) });
}

/** Works until nothing was left for a while. @returns what it did */
async function work(company: OpenedCompany, name: 'ada' | 'bo'): Promise<TaskId[]> {
  const workerId = await startWorker(company, name);
  const done: TaskId[] = [];
  for (let idle = 0; idle < 20; ) {
    const claimed = await claim(company, name, workerId);
    if (!claimed) {
      idle += 1;
      await delay(10);
      continue;
    }
    idle = 0;
    done.push(claimed.taskId);
    await complete(company, name, claimed);
  }
  return done;
}

it('do each task once, while the server stands still now and then', async () => {
  const companyId = 'company_shared' as CompanyId;
  const one = await newHost(companyId);
  const two = await newHost(companyId);
  await createTasks(one, 200);
  const pausing = (async () => {
    for (let n = 0; n < 2; n += 1) {
      await delay(150);
      await server.signal('SIGSTOP');
      await delay(700);
      await server.signal('SIGCONT');
    }
  })();
  const done = (await Promise.all([work(one, 'ada'), work(two, 'bo')])).flat();
  await pausing;
  expect(done).toHaveLength(200);
  expect(new Set(done).size).toBe(200);
  await expect
    .poll(
      async () => JSON.stringify(await dump(two.coordinator)) === JSON.stringify(await dump(one.coordinator)),
    )
    .toBe(true);
});
