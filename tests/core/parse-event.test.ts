/** Events of older versions are read in the shape of today, and still make the tasks that they made. */
import { expect, it } from 'vitest';
import type { CompanyEvent, StoredEvent } from '../../src/core/event.ts';
import { eventVersion } from '../../src/core/event.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { Seq } from '../../src/core/ids.ts';
import { parseEvent } from '../../src/core/parse-event.ts';
import { dumpState, restoreState } from '../../src/core/state.ts';
import { company } from './companies.ts';

it.each([
  ['task.created', { isReady: false, home: null }],
  ['task.done', { submission: null }],
  ['task.readied', {}],
])('a %s of version 1 says what it left out', (type, added) => {
  const old = { type, taskId: 'task_a' };
  expect(parseEvent(JSON.stringify(old), 1)).toEqual({ ...old, ...added });
});

it.each(['task.created', 'task.done'])('a %s of today is as it was written', (type) => {
  const event = { type, isReady: true, home: 'host_a', submission: { hash: 'a' } };
  expect(parseEvent(JSON.stringify(event), eventVersion)).toEqual(event);
});

it.each([
  ['worker.started', 'worker', { id: 'worker_a' }, { id: 'worker_a', hostId: null }],
  [
    'lock.acquired',
    'lock',
    { id: 'lock_a', holder: { taskId: null } },
    { id: 'lock_a', holder: { taskId: null, hostId: null } },
  ],
])('a %s from before there were hosts is of none', (type, field, old, today) => {
  for (const version of [1, 2]) {
    expect(parseEvent(JSON.stringify({ type, [field]: old }), version)).toEqual({ type, [field]: today });
  }
  expect(parseEvent(JSON.stringify({ type, [field]: today }), eventVersion)).toEqual({
    type,
    [field]: today,
  });
});

it('a task.created from before there were hosts has no home', () => {
  const old = { type: 'task.created', isReady: true };
  expect(parseEvent(JSON.stringify(old), 2)).toEqual({ ...old, home: null });
});

it('what is no event is not read', () => {
  expect(() => parseEvent('{', 1)).toThrow(SyntaxError);
});

it('a task that was readied and submitted by events of their own is done with what was handed in', () => {
  const world = company();
  const before = restoreState(structuredClone(dumpState(world.state)));
  const { seq } = before;
  world.do('owner', { type: 'task.create', title: 'a', roleId: null });
  world.finish('ann', 'a');

  const apart = world.events
    .slice(seq)
    .flatMap(({ at, event }) => inVersion1(event).map((old) => ({ at, old })));
  expect(apart.map(({ old }) => old.type)).toEqual(
    expect.arrayContaining(['task.readied', 'task.submitted']),
  );
  for (const { at, old } of apart) {
    const event = parseEvent(JSON.stringify(old), 1);
    const stored = { seq: (before.seq + 1) as Seq, version: 1, at, actor: null, event };
    evolve(before, stored satisfies StoredEvent);
  }
  const [task] = [...before.tasks.values()].filter(({ title }) => title === 'a');
  const { order, attempts, submission, state, readyAt, lease } = world.task('a');
  expect(task).toMatchObject({ order, attempts, submission, state, readyAt, lease });
});

/** The same as a program wrote it that knew no newer version. */
function inVersion1(event: CompanyEvent): CompanyEvent[] {
  switch (event.type) {
    case 'task.created':
      return [
        { type: event.type, task: event.task } as CompanyEvent,
        { type: 'task.readied', taskId: event.task.id },
      ];
    case 'task.done': {
      const { taskId, submission } = event;
      if (!submission) throw new Error('it was handed in before');
      return [{ type: 'task.submitted', taskId, submission }, { type: event.type, taskId } as CompanyEvent];
    }
    default:
      return [event];
  }
}
