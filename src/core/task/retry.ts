/** Decides what becomes of an attempt that failed, and of a task that has failed. */
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import { requireCompany } from '../org/require-company.ts';
import { requireTask } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import type { DurationMs } from '../units.ts';
import { addMs } from '../units.ts';
import { requireLease } from './lease.ts';
import { loopByFailure } from './loop.ts';
import type { Task } from './task.ts';
import type { TaskEvent } from './task-events.ts';

/** The longest wait between two attempts: a day. */
const longestWait = 86_400_000;

/** After its last attempt the task has failed, or when it goes in circles; before that it waits, each time twice as long. */
export function failedAttempt(
  state: CompanyState,
  task: Task,
  outcome: 'failed' | 'expired',
  reason: string,
  { now }: Pick<Context, 'now'>,
): TaskEvent {
  // First, because the third of three attempts may show a loop too, and that tells more than that none is left.
  const loop = loopByFailure(state, task, reason);
  if (loop) return { type: 'task.failed', taskId: task.id, outcome, reason: loop };
  const failures = task.failures + 1;
  if (failures >= task.maxAttempts) return { type: 'task.failed', taskId: task.id, outcome, reason };
  const { retryBase } = requireCompany(state).policy;
  const wait = Math.min(retryBase * 2 ** (failures - 1), longestWait) as DurationMs;
  return { type: 'task.attempt_failed', taskId: task.id, outcome, reason, retryAt: addMs(now, wait) };
}

export function decideFail(
  state: CompanyState,
  command: CommandOf<'task.fail'>,
  context: Context,
): TaskEvent[] {
  const { task } = requireLease(state, command, context);
  return [failedAttempt(state, task, 'failed', command.reason, context)];
}

export function decideRelease(
  state: CompanyState,
  command: CommandOf<'task.release'>,
  context: Context,
): TaskEvent[] {
  const { task } = requireLease(state, command, context);
  return [{ type: 'task.released', taskId: task.id, reason: command.reason }];
}

/** @throws CoordError `WRONG_STATE` - it has not failed */
export function decideRetry(state: CompanyState, { taskId }: CommandOf<'task.retry'>): TaskEvent[] {
  const task = requireTask(state, taskId);
  if (task.state === 'failed') return [{ type: 'task.retried', taskId }];
  throw new CoordError('WRONG_STATE', `"${task.title}" can't be retried: it is ${task.state}, not failed`, {
    taskId,
    state: task.state,
  });
}
