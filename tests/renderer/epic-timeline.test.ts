/** Where the time of an epic went: each row is a stretch of it. */
import { expect, it } from 'vitest';
import { minutes, seconds } from '../../src/core/units.ts';
import { epicTimeline } from '../../src/renderer/features/timeline/epic-timeline.ts';
import { ticksOf } from '../../src/renderer/features/timeline/ticks.ts';
import { company } from '../core/companies.ts';
import type { World } from '../core/kit.ts';
import { artifact } from '../core/kit.ts';

const steps = {
  name: 'two_steps',
  steps: [
    {
      id: 'build',
      title: 'Build',
      role: 'engineer',
      gates: [{ name: 'look', position: 'after' as const, requires: { em: 1 } }],
    },
    { id: 'draw', title: 'Draw', role: 'designer' },
    { id: 'test', title: 'Test', role: 'qa_eng', depends_on: ['build', 'draw'] },
  ],
};

function world(): World {
  const made = company({ workflows: [steps] });
  made.route('two_steps');
  return made;
}

/** Each segment as `kind seconds`; one that goes on ends with `…`. */
function told(made: World): Record<string, string[]> {
  const timeline = epicTimeline(made.state, made.epic().id, made.now);
  return Object.fromEntries(
    (timeline?.rows ?? []).map(({ task, segments }) => [
      task.title,
      segments.map(({ kind, from, to, isOpen }) => `${kind} ${(to - from) / 1_000}${isOpen ? '…' : ''}`),
    ]),
  );
}

/** What whoever holds it hands in. */
function handIn(made: World, who: string, title: string): void {
  const { id: taskId, lease } = made.task(title);
  if (!lease) throw new Error(`nobody holds ${title}`);
  made.do(who, { type: 'task.complete', taskId, token: lease.token, artifacts: [artifact(title)] });
}

it('tells waiting, work and gates apart', () => {
  const made = world();
  made.pass(seconds(2));
  made.claim('ann', 'Build');
  made.pass(seconds(5));
  expect(told(made)).toEqual({ Build: ['queue 2', 'work 5…'], Draw: ['queue 7…'], Test: [] });
  handIn(made, 'ann', 'Build');
  made.pass(seconds(3));
  expect(told(made)['Build']).toEqual(['queue 2', 'work 5', 'gate 3…']);
  made.review('emma', 'look');
  made.pass(seconds(1));
  expect(told(made)['Build']).toEqual(['queue 2', 'work 5', 'gate 3']);
});

it('tells each attempt, and the wait for the next', () => {
  const made = world();
  made.claim('ann', 'Build');
  made.pass(seconds(1));
  const { id, lease } = made.task('Build');
  if (!lease) throw new Error('it was claimed');
  made.do('ann', { type: 'task.fail', taskId: id, token: lease.token, reason: 'the disk is full' });
  made.pass(seconds(64));
  made.claim('ann', 'Build');
  made.pass(seconds(2));
  expect(told(made)['Build']).toEqual(['failed 1', 'retry 64', 'work 2…']);
});

it('starts the time of a step when the last of those before it is done', () => {
  const made = world();
  made.claim('dora', 'Draw');
  made.pass(seconds(6));
  handIn(made, 'dora', 'Draw');
  made.finish('ann', 'Build');
  made.pass(seconds(2));
  made.review('emma', 'look');
  made.pass(seconds(1));
  expect(told(made)['Test']).toEqual(['queue 1…']);
});

it('marks what set the pace', () => {
  const made = world();
  made.finish('ann', 'Build');
  made.review('emma', 'look');
  made.pass(seconds(9));
  made.finish('dora', 'Draw');
  made.claim('tara', 'Test');
  made.pass(seconds(1));
  const { rows } = epicTimeline(made.state, made.epic().id, made.now) ?? { rows: [] };
  expect(rows.filter(({ isCritical }) => isCritical).map(({ task }) => task.title)).toEqual(['Draw', 'Test']);
});

it('adds up what each kind came to', () => {
  const made = world();
  made.pass(seconds(2));
  made.claim('ann', 'Build');
  made.pass(seconds(5));
  const timeline = epicTimeline(made.state, made.epic().id, made.now);
  expect(timeline?.sums).toEqual({
    queue: seconds(2 + 7),
    work: seconds(5),
    failed: 0,
    retry: 0,
    gate: 0,
  });
  expect(timeline && timeline.to - timeline.from).toBe(seconds(7));
});

it.each([
  [3_000, [0, 500, 1_000, 1_500, 2_000, 2_500, 3_000]],
  [minutes(7), [0, 1, 2, 3, 4, 5, 6, 7].map((n) => minutes(n))],
  [minutes(60 * 24 * 3), [0, 12, 24, 36, 48, 60, 72].map((n) => minutes(60 * n))],
])('marks a scale of %i ms at round lengths', (span, expected) => expect(ticksOf(span)).toEqual(expected));
