/** Lets time pass: leases and locks run out, retries come due, gates time out, silent workers hang. What is another host's, that one ends. */
import type { Context } from './context.ts';
import type { CompanyEvent } from './event.ts';
import { endSetAside } from './gate/set-aside.ts';
import { decideTimeOut } from './gate/time-out.ts';
import { amongOthers, endableBy } from './host/among-hosts.ts';
import type { HostId } from './ids.ts';
import { freed } from './lock/free.ts';
import { defaultPolicy } from './org/policy.ts';
import { endRests } from './org/rest-agent.ts';
import type { CompanyState } from './state.ts';
import { failedAttempt } from './task/retry.ts';
import type { Task } from './task/task.ts';
import type { EpochMs } from './units.ts';
import { addMs } from './units.ts';
import { decideHung } from './worker/decide-worker.ts';

export function decideTick(state: CompanyState, context: Context): CompanyEvent[] {
  const { tasksDue, gatesDue, locksDue } = state.index;
  const isOurs = endableBy(state, amongOthers(context));
  return [
    // First: what follows from a lease that ends frees those of its locks that are left.
    ...locksDue.until(context.now, isOurs).map((lock) => freed(lock, 'expired')),
    ...tasksDue.until(context.now, isOurs).map((task) => comeDue(state, task, context)),
    ...gatesDue.until(context.now).flatMap((gate) => decideTimeOut(state, gate, context)),
    ...endSetAside(state, context.now),
    ...endRests(state, context.now),
    // What a hung worker still holds when this comes to be folded counts as failed: its leases that ran out do already.
    ...decideHung(state, context),
  ];
}

/** When a tick of that host next has something to do; null: not before something else happens. */
export function nextDue(state: CompanyState, host: HostId | null): EpochMs | null {
  const { index, company } = state;
  const isOurs = endableBy(state, host);
  const { hungAfter } = company?.policy ?? defaultPolicy;
  const silentSince = index.workersBySilence.next(isOurs);
  const hung = silentSince === null ? null : addMs(silentSince, hungAfter);
  const dues = [
    index.tasksDue.next(isOurs),
    index.gatesDue.next(),
    index.gatesSetAside.next(),
    index.locksDue.next(isOurs),
    index.membersDue.next(),
    hung,
  ];
  const [first = null] = dues.filter((at) => at !== null).sort((a, b) => a - b);
  return first;
}

function comeDue(state: CompanyState, task: Task, context: Context): CompanyEvent {
  if (!task.lease) return { type: 'task.readied', taskId: task.id };
  const holder = state.members.get(task.lease.memberId)?.name ?? task.lease.memberId;
  return failedAttempt(state, task, 'expired', `the lease of ${holder} ran out`, context);
}
