/** What a process that works beside others says of one shift, and how the shifts of all become one round. */
import type { Round } from './contender.ts';

export interface Shift {
  /** On the clock that all processes share, in ms. */
  readonly start: number;
  readonly end: number;
  /** Task and how long its calls took in this shift, in ms. */
  readonly times: readonly (readonly [string, number])[];
}

/** How long it took them all together. */
function span(shifts: readonly Shift[]): number {
  return Math.max(...shifts.map(({ end }) => end)) - Math.min(...shifts.map(({ start }) => start));
}

export function roundOf(added: readonly Shift[], worked: readonly Shift[]): Round {
  const times = new Map<string, number>();
  for (const shift of [...added, ...worked]) {
    for (const [id, ms] of shift.times) times.set(id, (times.get(id) ?? 0) + ms);
  }
  return { addMs: span(added), workMs: span(worked), latencies: [...times.values()] };
}
