/** Decides changes of a task from outside: for whom it is kept, who has to let it go, how urgent and whether it is wanted. */
import type { CommandOf } from '../command.ts';
import { CoordError } from '../error.ts';
import { requireMember } from '../org/membership.ts';
import { throwIfRefused } from '../refusal.ts';
import { requireTask } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import { refusalToTake } from './taking-rules.ts';
import type { Task } from './task.ts';
import type { TaskEvent } from './task-events.ts';
import { isOver } from './task-state.ts';

/** @throws CoordError `WRONG_STATE` - it isn't waiting to be taken; or why the member may not take it */
export function decideAssign(
  state: CompanyState,
  { taskId, memberId }: CommandOf<'task.assign'>,
): TaskEvent[] {
  const task = requireTask(state, taskId);
  if (task.state !== 'ready' && task.state !== 'blocked') throw wrongState(task, 'assigned to anyone');
  if (memberId !== null) throwIfRefused(refusalToTake(state, requireMember(state, memberId), task));
  const isSame = task.reserved === (memberId !== null) && task.assigneeId === memberId;
  return isSame ? [] : [{ type: 'task.assigned', taskId, memberId }];
}

/** @throws CoordError `WRONG_STATE` - nobody holds it */
export function decideForceRelease(
  state: CompanyState,
  { taskId, reason }: CommandOf<'task.force_release'>,
): TaskEvent[] {
  const task = requireTask(state, taskId);
  if (!task.lease) throw wrongState(task, 'taken back');
  return [{ type: 'task.released', taskId, reason }];
}

/**
 * Whoever works on it loses it; whoever is to have it must be able to take it.
 * @throws CoordError `WRONG_STATE` - it is neither waiting nor in work; or why the member may not take it
 */
export function decideReassign(
  state: CompanyState,
  { taskId, memberId, reason }: CommandOf<'task.reassign'>,
): TaskEvent[] {
  const task = requireTask(state, taskId);
  if (!task.lease) return decideAssign(state, { type: 'task.assign', taskId, memberId });
  if (memberId === task.lease.memberId) return [];
  if (memberId !== null) throwIfRefused(refusalToTake(state, requireMember(state, memberId), task));
  return [
    { type: 'task.released', taskId, reason },
    { type: 'task.assigned', taskId, memberId },
  ];
}

/** @throws CoordError `WRONG_STATE` - it is over */
export function decidePrioritize(
  state: CompanyState,
  { taskId, priority }: CommandOf<'task.prioritize'>,
): TaskEvent[] {
  const task = requireTask(state, taskId);
  if (isOver(task) && task.state !== 'failed') throw wrongState(task, 'prioritized');
  return task.priority === priority ? [] : [{ type: 'task.prioritized', taskId, priority }];
}

/** @throws CoordError `WRONG_STATE` - it is over, or a review, which ends with its gate */
export function decideCancel(state: CompanyState, { taskId, reason }: CommandOf<'task.cancel'>): TaskEvent[] {
  const task = requireTask(state, taskId);
  if (task.state === 'done' || task.state === 'cancelled') throw wrongState(task, 'cancelled');
  if (task.kind !== 'review') return [{ type: 'task.cancelled', taskId, reason }];
  throw new CoordError(
    'WRONG_STATE',
    `"${task.title}" can't be cancelled: a review ends with its gate; sign the gate, or reject the work`,
    { taskId },
  );
}

function wrongState({ id, title, state }: Task, what: string): CoordError {
  return new CoordError('WRONG_STATE', `"${title}" can't be ${what}: it is ${state}`, { taskId: id, state });
}
