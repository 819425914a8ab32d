/**
 * The wall clock of a real host is set an hour forward or back while a file is locked and a task is leased. Neither is
 * lost early, neither is kept too long, and the log's time never goes back, also when the host is killed then.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Receipt } from '../../src/contract/rpc.ts';
import type { Seq, TaskId } from '../../src/core/ids.ts';
import type { DurationMs } from '../../src/core/units.ts';
import type { ClientConnection } from '../../src/rpc/client.ts';
import { readHostFile } from '../../src/serve/host-file.ts';
import { smallCompany } from '../real-company.ts';
import { seededRandom } from '../seeded-random.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { announceSeed, inThisRun, timeout } from './chaos-run.ts';
import { chainFaultIn, onlyLogIn, readLogFile } from './log-file.ts';
import { connectOwner, startHost } from './served-host.ts';
import { settableClock } from './settable-clock.ts';
import { lockUnrenewed } from './unrenewed-lock.ts';

const hour = 3_600_000;
const ttl = inThisRun({ short: 1_200, long: 4_000 }) as DurationMs;
const jumps = inThisRun({ short: 2, long: 24 });
/** A busy machine may be so late, in ms; the jump is far more. */
const slack = 5_000;
/** The host's clock ticks in whole milliseconds. */
const tick = 2;

/** How long something was kept, in ms: it was got and ended between two looks at a clock that nobody sets. */
interface Kept {
  readonly atMost: number;
  readonly atLeast: number;
}

it('keeps locks and leases for their time, however the clock is set', { timeout }, async () => {
  const random = seededRandom(announceSeed('clock'));
  const clock = await settableClock();
  const dataDir = await temporaryFolder();
  let host = startHost(dataDir, clock.env);
  await host.ready;
  const creator = await connectOwner(dataDir);
  await creator.createCompany({ from: { file: smallCompany() } });

  let offset = 0;
  let latest = 0;
  for (let jump = 0; jump < jumps; jump += 1) {
    const held = await holdAll(dataDir);
    await delay(random() * ttl * 0.6);
    offset += jump % 2 === 0 ? hour : -2 * hour;
    await clock.set(offset);
    for (const [what, { atMost, atLeast }] of Object.entries(await held.untilOver())) {
      expect(atMost, `${what} was kept, with the clock set by ${offset} ms`).toBeGreaterThanOrEqual(
        ttl - tick,
      );
      expect(atLeast, `${what} was kept, with the clock set by ${offset} ms`).toBeLessThan(ttl + slack);
      latest = Math.max(latest, atLeast - ttl);
    }
  }

  console.log(`clock: set ${jumps} times; nothing ended early, the latest ${Math.round(latest)} ms late`);

  for (const behind of [-hour, hour]) {
    await holdAll(dataDir);
    await clock.set(offset + behind);
    await host.end('SIGKILL');
    host = startHost(dataDir, clock.env);
    await host.ready;
    const started = Date.parse((await readHostFile(dataDir))?.startedAt ?? '');
    expect(Math.abs(started - Date.now() - offset - behind)).toBeLessThan(60_000);
    const client = await connectOwner(dataDir);
    // Its holder went with the host.
    await lockUnrenewed(client, { scope: 'kept.txt', intent: 'after a restart', wait: slack as DurationMs });
    client.close();
  }
  await expectTimeGoesOn(dataDir);
  await host.end('SIGTERM');
  const file = await onlyLogIn(dataDir);
  expect(readLogFile(file).integrity).toBe('ok');
  expect(await chainFaultIn(file)).toBeNull();
});

/** A lock, a lock that is renewed once the clock was set, and a task: for one TTL each. */
async function holdAll(dataDir: string) {
  const [holder, agent, other] = await Promise.all([1, 2, 3].map(() => connectOwner(dataDir)));
  if (!holder || !agent || !other) throw new Error('not connected');
  const all = [holder, agent, other];
  const { workerId } = await agent.actAs({ member: 'ann', role: null, workingOn: null, pid: process.pid });
  const task = taskIn(await other.command({ type: 'task.create', title: 'To be lost', roleId: 'engineer' }));

  const before = performance.now();
  const wish = { intent: 'to hold', ttl };
  await lockUnrenewed(holder, { ...wish, scope: 'kept.txt' });
  const renewed = await lockUnrenewed(holder, { ...wish, scope: 'renewed.txt' });
  const claim = await agent.command({ type: 'task.claim', taskId: task, workerId, lease: ttl });
  expect(claim.events.map(({ event }) => event.type)).toContain('task.claimed');
  const after = performance.now();

  const since = async (got: { before: number; after: number }, over: Promise<unknown>): Promise<Kept> => {
    await over;
    const now = performance.now();
    return { atMost: now - got.before, atLeast: now - got.after };
  };
  const wait = (ttl + 2 * slack) as DurationMs;
  const free = (scope: string) => lockUnrenewed(other, { scope, intent: 'to have it next', wait });
  return {
    untilOver: async () => {
      const renewedBefore = performance.now();
      await holder.command({ type: 'lock.renew', lockId: renewed.id, token: renewed.token });
      const got = { before, after };
      const gotAgain = { before: renewedBefore, after: performance.now() };
      const [lock, renewedLock, lease] = await Promise.all([
        since(got, free('kept.txt')),
        since(gotAgain, free('renewed.txt')),
        since(got, expiry(other, claim.seq, task)),
      ]);
      for (const client of all) client.close();
      return { lock, renewedLock, lease };
    },
  };
}

function taskIn({ events }: Receipt): TaskId {
  for (const { event } of events) if (event.type === 'task.created') return event.task.id;
  throw new Error('no task was created');
}

async function expiry(client: ClientConnection, after: Seq, taskId: TaskId): Promise<void> {
  const seen = new AbortController();
  for await (const page of client.follow(after, seen.signal))
    for (const { event } of page)
      if (event.type === 'task.attempt_failed' && event.taskId === taskId) {
        expect(event.outcome).toBe('expired');
        seen.abort();
      }
}

async function expectTimeGoesOn(dataDir: string): Promise<void> {
  const client = await connectOwner(dataDir);
  const events = await client.query('events', { after: 0 as Seq, limit: 1_000 });
  client.close();
  const times = events.map(({ at }) => at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
}
