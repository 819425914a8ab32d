/** Time passes exactly when something comes due, and costs nothing otherwise. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventGroup } from '../../src/contract/event-log.ts';
import { Scheduler } from '../../src/coordinator/scheduler.ts';
import { steadyClock } from '../../src/coordinator/steady-clock.ts';
import { realWorld } from '../../src/coordinator/world.ts';
import { CoordError } from '../../src/core/error.ts';
import type { HostId, Seq } from '../../src/core/ids.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { MemoryEventLog } from '../../src/log/memory/memory-log.ts';
import type { OpenedCompany } from './kit.ts';
import { claim, createTasks, openCompany, startWorker } from './kit.ts';

beforeEach(() => {
  // Only the clock and its timers; the event loop's own turns stay real.
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'], now: 1_790_000_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Counts the batches that are written. */
class CountingLog extends MemoryEventLog {
  batches = 0;

  override append(batch: readonly EventGroup[]): Promise<readonly (Seq | 'conflict')[]> {
    this.batches += 1;
    return super.append(batch);
  }
}

async function scheduled() {
  const faults: unknown[] = [];
  const log = new CountingLog();
  const clock = steadyClock();
  const machine = { asleep: 0 };
  const world = { ...realWorld, now: () => (clock() + machine.asleep) as EpochMs };
  const company = await openCompany({ log, world });
  const scheduler = new Scheduler(company.coordinator, (fault) => faults.push(fault));
  const workerId = await startWorker(company, 'ada');
  await createTasks(company, 1);
  return { company, scheduler, workerId, log, faults, machine };
}

/** Moves the clock on, a second at a time, and lets all that this starts come to its end. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 1_000) {
    await vi.advanceTimersByTimeAsync(Math.min(left, 1_000));
    for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
}

const taskState = ({ coordinator }: OpenedCompany) =>
  coordinator.read((state) => [...state.tasks.values()].map((task) => task.state)[0]);

describe('the scheduler', () => {
  it('lets a lease run out when its time has come, not before', async () => {
    const { company, scheduler, workerId, faults } = await scheduled();
    await claim(company, 'ada', workerId);
    await pass(59_900);
    expect(await taskState(company)).toBe('leased');
    await pass(150);
    expect(await taskState(company)).toBe('blocked');
    // The second attempt comes a minute later.
    await pass(59_800);
    expect(await taskState(company)).toBe('blocked');
    await pass(300);
    expect(await taskState(company)).toBe('ready');
    expect(faults).toEqual([]);
    await scheduler.close();
  });

  it('writes nothing and sets no timer while nothing can come due', async () => {
    const { company, scheduler, workerId, log } = await scheduled();
    // A worker that runs could go silent: that comes due.
    await company.coordinator.execute(
      { kind: 'host' },
      { type: 'worker.end', workerId, outcome: 'stopped', reason: 'nothing to do' },
    );
    await pass(1_000);
    const { batches } = log;
    expect(vi.getTimerCount()).toBe(0);
    await pass(3_600_000);
    expect(log.batches).toBe(batches);
    await scheduler.close();
  });

  it('wakes rarely while something is due later', async () => {
    const { company, scheduler, workerId, log } = await scheduled();
    await claim(company, 'ada', workerId);
    await pass(100);
    const { batches } = log;
    const look = vi.spyOn(company.coordinator, 'read');
    await pass(55_000);
    expect(look.mock.calls.length).toBeLessThan(6);
    expect(log.batches).toBe(batches);
    await scheduler.close();
  });

  it('gives whoever lives a heartbeat’s time after the machine slept', async () => {
    const { company, scheduler, workerId, machine } = await scheduled();
    await claim(company, 'ada', workerId);
    await pass(100);
    machine.asleep = 3_600_000;
    await pass(15_000);
    expect(await taskState(company)).toBe('leased');
    await company.as('ada', { type: 'worker.beat', workerId });
    await pass(30_000);
    expect(await taskState(company)).toBe('leased');
    await pass(60_000);
    expect(await taskState(company)).toBe('blocked');
    await scheduler.close();
  });

  it.each([
    ['forward', 3_600_000],
    ['back', -3_600_000],
  ])('takes no notice of a wall clock that is set an hour %s', async (_where, jump) => {
    const { company, scheduler, workerId } = await scheduled();
    const memberId = await company.member('ada');
    const lock = { type: 'lock.acquire', scope: 'src', intent: 'write', ttl: 50_000 } as const;
    const sessionId = realWorld.newId('session');
    await claim(company, 'ada', workerId);
    await company.coordinator.execute({ kind: 'member', memberId, sessionId }, lock);
    const locks = () => company.coordinator.read((state) => state.locks.size);
    await pass(100);
    vi.setSystemTime(Date.now() + jump);
    await pass(49_800);
    expect([await locks(), await taskState(company)]).toEqual([1, 'leased']);
    await pass(200);
    expect([await locks(), await taskState(company)]).toEqual([0, 'leased']);
    await pass(9_800);
    expect(await taskState(company)).toBe('leased');
    await pass(200);
    expect(await taskState(company)).toBe('blocked');
    await scheduler.close();
  });

  it('tries again, once a second, when the log can’t be written', async () => {
    const { company, scheduler, workerId, log, faults } = await scheduled();
    await claim(company, 'ada', workerId);
    await pass(100);
    const append = vi.spyOn(log, 'append').mockRejectedValue(new CoordError('LOG_UNAVAILABLE', 'no disk'));
    await pass(70_000);
    expect(append.mock.calls.length).toBeGreaterThan(5);
    expect(append.mock.calls.length).toBeLessThan(12);
    append.mockRestore();
    await pass(2_000);
    expect(await taskState(company)).toBe('blocked');
    expect(faults).toEqual([]);
    await scheduler.close();
  });

  it('stops for good when it is closed', async () => {
    const { company, scheduler, workerId } = await scheduled();
    await claim(company, 'ada', workerId);
    await scheduler.close();
    expect(vi.getTimerCount()).toBe(0);
    await pass(120_000);
    expect(await taskState(company)).toBe('leased');
  });
});

describe('the scheduler of one host among several', () => {
  const here = 'host_here' as HostId;
  const there = 'host_there' as HostId;
  const asHost = { kind: 'host' } as const;

  /** Two hosts on one log, and what the first can see of the other, by the same clock. */
  async function twoHosts() {
    const seen = { at: 0 };
    const log = new MemoryEventLog();
    const hosts = () => [{ id: there, seenAt: seen.at as EpochMs, isThere: false, info: null }];
    Object.defineProperty(log, 'presence', {
      value: {
        hosts,
        isThere: () => false,
        silentForAtLeast: () => 0,
        silentForAtMost: () => 0,
        show: () => undefined,
      },
    });
    const world = { ...realWorld, now: steadyClock() };
    const one = await openCompany({ log, world, host: here });
    await one.coordinator.execute(asHost, { type: 'host.join', name: 'desk' });
    // Of the other one only what it wrote is here.
    const other = await openCompany({ log, world, host: there });
    await other.coordinator.execute(asHost, { type: 'host.join', name: 'server' });
    await createTasks(other, 1);
    // It hears of what the other did.
    await one.as('owner', { type: 'company.configure', name: 'Shared' });
    seen.at = world.now();
    const faults: unknown[] = [];
    const scheduler = new Scheduler(one.coordinator, (fault) => faults.push(fault));
    const state = () =>
      one.coordinator.read(({ hosts, tasks }) => ({
        there: hosts.get(there)?.state,
        homes: [...tasks.values()].map(({ home }) => home),
      }));
    return { one, other, scheduler, seen, world, state, faults };
  }

  it('says that one is lost which was silent for so long, and takes its tasks over', async () => {
    const { scheduler, state, faults } = await twoHosts();
    await pass(314_000);
    expect(await state()).toEqual({ there: 'there', homes: [there] });
    await pass(2_000);
    expect(await state()).toEqual({ there: 'lost', homes: [here] });
    expect(faults).toEqual([]);
    await scheduler.close();
  });

  it('leaves one alone that gives signs of life', async () => {
    const { scheduler, seen, world, state } = await twoHosts();
    await pass(200_000);
    seen.at = world.now();
    await pass(200_000);
    expect((await state()).there).toBe('there');
    await scheduler.close();
  });

  it('lets its own host join again when the others gave it up, but not when it left', async () => {
    const { one, other, scheduler, world } = await twoHosts();
    const own = () => one.coordinator.read(({ hosts }) => hosts.get(here));
    const joinedAt = (await own())?.joinedAt;
    await pass(1_000);
    const unseenSince = world.now();
    await other.coordinator.execute(asHost, { type: 'host.lose', hostId: here, unseenSince });
    await pass(1_000);
    expect(await own()).toMatchObject({ state: 'there', name: 'desk' });
    expect((await own())?.joinedAt).toBeGreaterThan(joinedAt ?? 0);
    await one.coordinator.execute(asHost, { type: 'host.leave' });
    await pass(20_000);
    expect((await own())?.state).toBe('left');
    await scheduler.close();
  });
});
