/** Lets time pass: leases and locks run out, retries come due, gates time out, silent workers hang. Nothing else does. */
import type { Context } from './context.ts';
import type { CompanyEvent } from './event.ts';
import { decideTimeOut } from './gate/time-out.ts';
import { freed } from './lock/free.ts';
import { defaultPolicy } from './org/policy.ts';
import type { CompanyState } from './state.ts';
import { failedAttempt } from './task/retry.ts';
import type { Task } from './task/task.ts';
import type { EpochMs } from './units.ts';
import { addMs } from './units.ts';
import { decideHung } from './worker/decide-worker.ts';

export function decideTick(state: CompanyState, context: Context): CompanyEvent[] {
  const { tasksDue, gatesDue, locksDue } = state.index;
  return [
    // First: what follows from a lease that ends frees those of its locks that are left.
    ...locksDue.until(context.now).map((lock) => freed(lock, 'expired')),
    ...tasksDue.until(context.now).map((task) => comeDue(state, task, context)),
    ...gatesDue.until(context.now).flatMap((gate) => decideTimeOut(state, gate, context)),
    // What a hung worker still holds when this comes to be folded counts as failed: its leases that ran out do already.
    ...decideHung(state, context),
  ];
}

/** When a tick next has something to do; null: not before something else happens. */
export function nextDue({ index, company }: CompanyState): EpochMs | null {
  const { hungAfter } = company?.policy ?? defaultPolicy;
  const silentSince = index.workersBySilence.next();
  const hung = silentSince === null ? null : addMs(silentSince, hungAfter);
  const [first = null] = [index.tasksDue.next(), index.gatesDue.next(), index.locksDue.next(), hung]
    .filter((at) => at !== null)
    .sort((a, b) => a - b);
  return first;
}

function comeDue(state: CompanyState, task: Task, context: Context): CompanyEvent {
  if (!task.lease) return { type: 'task.readied', taskId: task.id };
  const holder = state.members.get(task.lease.memberId)?.name ?? task.lease.memberId;
  return failedAttempt(state, task, 'expired', `the lease of ${holder} ran out`, context);
}
