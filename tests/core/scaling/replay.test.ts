/** A trace played against a rule: the sizes, what they cost, and how long work waits. */
import { expect, it } from 'vitest';
import { replay } from '../../../src/core/scaling/replay.ts';
import type { ScalingRule } from '../../../src/core/scaling/scaling.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import { seconds } from '../../../src/core/units.ts';

const rule: ScalingRule = {
  id: 'r',
  roleId: null,
  tag: null,
  min: 0,
  max: 10,
  tasksPerWorker: 5,
  upCooldown: seconds(0),
  downCooldown: seconds(60),
};
const arrival = (at: number, tasks: number, takes: number) => ({
  at: (at * 1_000) as EpochMs,
  tasks,
  takes: seconds(takes),
});

it('grows with what comes, and shrinks when it has been quiet for long enough', () => {
  const played = replay(rule, [arrival(10, 17, 30)], seconds(1));
  expect(played.changes.map(({ at, to }) => [at / 1_000, to])).toEqual([
    [10, 4],
    [70, 3],
    [130, 1],
    [190, 0],
  ]);
  expect(played.changes[0]?.because).toBe('17 ready tasks / 5');
  expect(played.changes[3]?.because).toBe('0 ready tasks / 5, 1 min after the last change');
  // 17 tasks by 4 workers: five rounds, the last of one task.
  expect(played).toMatchObject({ tasks: 17, endedAt: 161_000, most: 4 });
  expect(played.waited).toEqual({ p50: seconds(61), p90: seconds(91) });
});

it('never has more workers than the most, nor fewer than the least', () => {
  const bound = { ...rule, min: 2, max: 3, downCooldown: seconds(0) };
  const played = replay(bound, [arrival(5, 100, 1)], seconds(0));
  expect(played.changes[0]).toMatchObject({ at: 0, to: 2, because: '0 ready tasks / 5, at least 2' });
  expect(played.most).toBe(3);
  expect(played.changes.at(-1)).toMatchObject({ to: 2 });
  expect(played.tasks).toBe(100);
});

it('grows in steps when it has to wait between them', () => {
  const slow = { ...rule, tasksPerWorker: 1, upCooldown: seconds(10) };
  const trace = [arrival(0, 1, 100), arrival(2, 4, 100), arrival(30, 1, 100)];
  const up = replay(slow, trace, seconds(0)).changes.filter(({ from, to }) => to > from);
  expect(up.map(({ at, to }) => [at / 1_000, to])).toEqual([
    [0, 1],
    [10, 5],
    [30, 6],
  ]);
});

it('is at rest when nothing ever comes', () => {
  expect(replay(rule, [], seconds(1))).toMatchObject({ changes: [], tasks: 0, most: 0, workerTime: 0 });
});
