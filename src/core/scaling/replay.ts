/** Plays a trace of work against a rule, without any worker: how the sizes would go up and down, and how long work waits. */
import type { DurationMs, EpochMs } from '../units.ts';
import { addMs, sinceMs } from '../units.ts';
import { nextSize } from './next-size.ts';
import type { Scaling, ScalingRule } from './scaling.ts';

/** So many tasks come at an instant, and each takes so long. */
export interface Arrival {
  readonly at: EpochMs;
  readonly tasks: number;
  readonly takes: DurationMs;
}

export interface SizeChange {
  readonly at: EpochMs;
  readonly from: number;
  readonly to: number;
  readonly because: string;
}

export interface Replayed {
  readonly changes: readonly SizeChange[];
  readonly tasks: number;
  /** When the last task was done. */
  readonly endedAt: EpochMs;
  /** How long tasks waited, the median and nine of ten. */
  readonly waited: { readonly p50: DurationMs; readonly p90: DurationMs };
  /** Of all workers together, from start to end. */
  readonly workerTime: DurationMs;
  readonly most: number;
}

interface Due {
  readonly at: EpochMs;
  readonly kind: 'arrive' | 'start' | 'finish' | 'look';
  readonly arrival?: Arrival;
}

/** A worker does one task at a time. @param startUp from the decision until a worker takes a task */
export function replay(rule: ScalingRule, trace: readonly Arrival[], startUp: DurationMs): Replayed {
  const due: Due[] = trace.map((arrival) => ({ at: arrival.at, kind: 'arrive', arrival }));
  due.push({ at: 0 as EpochMs, kind: 'look' });
  let scaling: Scaling = { ...rule, size: 0, changedAt: null };
  const waiting: { since: EpochMs; takes: DurationMs }[] = [];
  const waits: number[] = [];
  const changes: SizeChange[] = [];
  let [starting, idle, busy] = [0, 0, 0];
  let workerTime = 0;
  let most = 0;
  let last = 0 as EpochMs;
  let now = 0 as EpochMs;

  const insert = (one: Due) => {
    const behind = due.findIndex(({ at }) => at > one.at);
    due.splice(behind < 0 ? due.length : behind, 0, one);
  };
  due.sort((a, b) => a.at - b.at);

  for (let next = due.shift(); next; next = due.shift()) {
    workerTime += (starting + idle + busy) * (next.at - now);
    now = next.at;
    if (next.arrival) {
      const { tasks, takes } = next.arrival;
      for (let n = 0; n < tasks; n += 1) waiting.push({ since: now, takes });
    }
    if (next.kind === 'start') {
      starting -= 1;
      idle += 1;
    }
    if (next.kind === 'finish') {
      busy -= 1;
      idle += 1;
      last = now;
    }
    // What comes at the same instant is looked at together.
    if (due[0]?.at === now) continue;
    const size = nextSize(scaling, { ready: waiting.length, underWay: busy }, now);
    if (size.kind === 'change') {
      changes.push({ at: now, from: scaling.size, to: size.to, because: size.because });
      scaling = { ...scaling, size: size.to, changedAt: now };
    }
    // It changes nothing to look too often.
    if (size.kind === 'wait' && !due.some(({ at, kind }) => kind === 'look' && at === size.until)) {
      insert({ at: size.until, kind: 'look' });
    }
    while (waiting.length > 0 && idle > 0) {
      const task = waiting.shift();
      if (!task) break;
      waits.push(sinceMs(task.since, now));
      idle -= 1;
      busy += 1;
      insert({ at: addMs(now, task.takes), kind: 'finish' });
    }
    // Only who has nothing to do goes.
    idle = Math.max(0, Math.min(idle, scaling.size - busy - starting));
    for (let missing = scaling.size - (starting + idle + busy); missing > 0; missing -= 1) {
      starting += 1;
      insert({ at: addMs(now, startUp), kind: 'start' });
    }
    most = Math.max(most, starting + idle + busy);
  }
  waits.sort((a, b) => a - b);
  const at = (share: number) =>
    (waits[Math.min(waits.length - 1, Math.floor(share * waits.length))] ?? 0) as DurationMs;
  return {
    changes,
    tasks: waits.length,
    endedAt: last,
    waited: { p50: at(0.5), p90: at(0.9) },
    workerTime: workerTime as DurationMs,
    most,
  };
}
