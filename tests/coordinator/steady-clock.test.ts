/** Time only goes on, by as much as really passes, however the wall clock is set. */
import { describe, expect, it } from 'vitest';
import { CompanyClock } from '../../src/coordinator/company-clock.ts';
import { steadyClock } from '../../src/coordinator/steady-clock.ts';
import type { Seq } from '../../src/core/ids.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { MemoryEventLog } from '../../src/log/memory/memory-log.ts';
import { openCompany, TestWorld } from './kit.ts';

const hour = 3_600_000;
const start = 1_790_000_000_000;

/** A machine of which each clock can be moved. */
function machine(hasSinceBoot = true) {
  const clocks = { wall: start, monotonic: 5_000, sinceBoot: 9_000_000 };
  const pass = (ms: number) => {
    clocks.wall += ms;
    clocks.monotonic += ms;
    clocks.sinceBoot += ms;
  };
  const sleep = (ms: number) => {
    clocks.wall += ms;
    clocks.sinceBoot += ms;
  };
  const now = steadyClock({
    wall: () => clocks.wall,
    monotonic: () => clocks.monotonic,
    sinceBoot: hasSinceBoot ? () => clocks.sinceBoot : null,
  });
  return { clocks, pass, sleep, now };
}

describe('the steady clock', () => {
  it.each([hour, -hour])('goes on evenly when the wall clock is set by %i ms', (jump) => {
    const { clocks, pass, now } = machine();
    expect(now()).toBe(start);
    pass(1_500);
    expect(now()).toBe(start + 1_500);
    clocks.wall += jump;
    expect(now()).toBe(start + 1_500);
    pass(60_000);
    expect(now()).toBe(start + 61_500);
  });

  it('counts the time that the machine slept', () => {
    const { pass, sleep, now } = machine();
    pass(10_000);
    sleep(hour);
    pass(1_000);
    expect(now()).toBe(start + hour + 11_000);
    sleep(hour);
    pass(2_000);
    expect(now()).toBe(start + 2 * hour + 13_000);
  });

  it('is whole milliseconds and never goes back, however coarse the clocks are', () => {
    const { clocks, now } = machine();
    let last = now();
    for (let n = 0; n < 2_000; n += 1) {
      clocks.monotonic += 7.3;
      clocks.sinceBoot = Math.floor((clocks.sinceBoot + 7.3) / 1_000) * 1_000;
      const next = now();
      expect(next).toBeGreaterThanOrEqual(last);
      expect(Number.isInteger(next)).toBe(true);
      last = next;
    }
    expect(last).toBe(Math.floor(start + 2_000 * 7.3));
  });

  it('does without the time since the start of the machine where there is none', () => {
    const { pass, now } = machine(false);
    pass(5_000);
    expect(now()).toBe(start + 5_000);
  });
});

describe('a company’s clock', () => {
  it('goes on from the last event when the machine’s clock is behind it', () => {
    let base = 1_000 as EpochMs;
    const clock = new CompanyClock(() => base);
    clock.notBefore(5_000 as EpochMs);
    expect(clock.now()).toBe(5_000);
    base = 1_250 as EpochMs;
    expect(clock.now()).toBe(5_250);
    clock.notBefore(5_100 as EpochMs);
    expect(clock.now()).toBe(5_250);
  });

  it('is not set back by a restart of the host with a wall clock that is an hour behind', async () => {
    const log = new MemoryEventLog();
    const first = await openCompany({ log });
    const { at } = (await first.coordinator.readEvents(0 as Seq, 1_000)).at(-1) ?? { at: 0 };
    const world = new TestWorld();
    world.pass(-hour);
    const second = await openCompany({ log, world });
    expect(second.coordinator.now()).toBe(at);
    const { events } = await second.as('owner', { type: 'task.create', title: 'later' });
    expect(events[0]?.at).toBe(at);
  });
});
