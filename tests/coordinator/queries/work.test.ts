/** An idle worker waits in `work` and is told at once when there is something for it. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { rpcVersion } from '../../../src/contract/rpc.ts';
import type { RoleId } from '../../../src/core/ids.ts';
import type { DurationMs } from '../../../src/core/units.ts';
import { createSmall, openSessionHost } from '../session-host.ts';

async function idleWorker(name = 'ada') {
  const host = await openSessionHost();
  const company = await createSmall(host, 'Acme');
  const owner = await host.owner();
  const memberId = await company.coordinator.read(
    ({ index }) => [...index.membersByName.get(name)].at(0)?.id,
  );
  if (!memberId) throw new Error(`there is no ${name}`);
  const workerId = host.world.newId('worker');
  await company.coordinator.execute(
    { kind: 'host' },
    { type: 'worker.start', workerId, memberId, launcher: 'test', runner: 'script' },
  );
  const connection = new AbortController();
  const session = host.connect(connection.signal);
  const token = host.sessions.issue({ companyId: company.id, memberId });
  await session.hello({ version: rpcVersion, token, client: 'test' });
  await session.command({ type: 'worker.report_ready', workerId, pid: 1 });
  const work = (wait: number) => session.query('work', { wait: wait as DurationMs });
  const createTask = (roleId: string) =>
    owner.command({ type: 'task.create', title: 'x', roleId: roleId as RoleId });
  return { world: host.world, owner, company, session, workerId, connection, work, createTask };
}

it('answers as soon as there is a task for it, and not for a task of another role', async () => {
  const { work, createTask } = await idleWorker();
  const start = performance.now();
  let answered = false;
  const waiting = work(60_000).then((answer) => {
    answered = true;
    return answer;
  });
  await createTask('sre');
  await delay(50);
  expect(answered).toBe(false);
  await createTask('engineer');
  expect(await waiting).toEqual({ available: true });
  expect(performance.now() - start).toBeLessThan(5_000);
});

it('answers that there is nothing when the time is over', async () => {
  const { work } = await idleWorker();
  const start = performance.now();
  expect(await work(80)).toEqual({ available: false });
  expect(performance.now() - start).toBeGreaterThanOrEqual(75);
});

it('takes a task that any role may do', async () => {
  const { company, work } = await idleWorker();
  const memberId = (await company.details()).ownerId;
  await company.coordinator.execute(
    { kind: 'member', memberId },
    { type: 'task.create', title: 'for anybody' },
  );
  expect(await work(0)).toEqual({ available: true });
});

it('answers when nobody less senior came online while the task called', async () => {
  const { world, owner, work, createTask } = await idleWorker('eve');
  await owner.command({ type: 'company.configure', policy: { call_wait: '0.3s' } });
  await createTask('engineer');
  const start = performance.now();
  const waiting = work(60_000);
  await delay(50);
  world.pass(300);
  expect(await waiting).toEqual({ available: true });
  // Nothing happened meanwhile that could have woken it.
  expect(performance.now() - start).toBeGreaterThanOrEqual(250);
  expect(performance.now() - start).toBeLessThan(5_000);
});

it('has nothing for an agent that has its hands full', async () => {
  const { session, workerId, work, createTask } = await idleWorker();
  await createTask('engineer');
  await createTask('engineer');
  await session.command({ type: 'task.claim', workerId });
  expect(await work(20)).toEqual({ available: false });
});

it('ends the wait when the connection is gone, and when the host stops', async () => {
  const gone = await idleWorker();
  const first = gone.work(60_000);
  await delay(5);
  gone.connection.abort();
  expect(await first).toEqual({ available: false });

  const stopped = await idleWorker();
  const second = stopped.work(60_000);
  await delay(5);
  await stopped.company.close();
  expect(await second).toEqual({ available: false });
});
