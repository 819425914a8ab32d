/** Keeps work from beginning, or going on, with anything but what its dependencies handed in and its gates opened for. */
import type { Context } from '../context.ts';
import { mayBegin } from '../gate/ask.ts';
import type { CompanyState } from '../state.ts';
import { isDelivered } from './delivered.ts';
import { inOrder } from './in-order.ts';
import type { Task } from './task.ts';
import type { TaskEvent } from './task-events.ts';

/** A task that became ready, by whatever way, is blocked again unless it may begin with what there is now. */
export function holdBack(state: CompanyState, task: Task, context: Context): TaskEvent[] {
  if (task.state !== 'ready' || mayBegin(state, task, context)) return [];
  const open = task.dependsOn
    .flatMap((id) => state.tasks.get(id) ?? [])
    .find((dependency) => !isDelivered(dependency));
  const reason = open
    ? `“${open.title}” is not ${open.state === 'done' ? 'merged' : 'done'}`
    : 'the gates before it have yet to open for what it builds on';
  return [{ type: 'task.held', taskId: task.id, reason }];
}

/**
 * A task was sent back: those that build on it and are ready are blocked again, and those in work are taken back
 * without a failure. What was handed in already stands: it is for the gates after it to judge.
 */
export function takeBackDependents(state: CompanyState, { id, title }: Task): TaskEvent[] {
  const reason = `its input was sent back: “${title}” is being reworked`;
  return state.index.dependents
    .of(id)
    .sort(inOrder)
    .flatMap((dependent): TaskEvent[] => {
      if (dependent.state === 'ready') return [{ type: 'task.held', taskId: dependent.id, reason }];
      return dependent.lease ? [{ type: 'task.released', taskId: dependent.id, reason }] : [];
    });
}
