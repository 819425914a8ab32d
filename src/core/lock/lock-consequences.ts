/** Which locks an event leaves without their reason: the task is handed in, the worker is gone, the member has left, everything is stopped. */
import type { CompanyEvent } from '../event.ts';
import type { TaskId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import { leaseEndedBy } from '../task/lease-end.ts';
import { freed, inOrder } from './free.ts';
import type { LockEvent } from './lock-events.ts';

export function lockConsequences(state: CompanyState, event: CompanyEvent): LockEvent[] {
  const taskId = leaseEndedBy(event);
  if (taskId !== null) return freeTaskLocks(state, taskId);
  switch (event.type) {
    case 'worker.stopped':
    case 'worker.crashed': {
      const worker = state.workers.get(event.workerId);
      const held = worker ? [...state.index.locksByMember.get(worker.memberId)] : [];
      const own = held.filter(({ holder }) => holder.workerId === event.workerId);
      return inOrder(own).map((lock) => freed(lock, 'worker_ended'));
    }
    case 'member.removed':
      return inOrder(state.index.locksByMember.get(event.memberId)).map((lock) =>
        freed(lock, 'session_ended'),
      );
    case 'company.stopped':
      return freeAgentsLocks(state, `the company was stopped: ${event.reason}`);
    default:
      return [];
  }
}

function freeTaskLocks(state: CompanyState, taskId: TaskId): LockEvent[] {
  return inOrder(state.index.locksByTask.get(taskId)).map((lock) => freed(lock, 'lease_ended'));
}

/** Agents write nothing more, with a task or without; what people hold they keep. */
function freeAgentsLocks(state: CompanyState, note: string): LockEvent[] {
  const held = [...state.locks.values()].filter(
    ({ holder }) => state.members.get(holder.memberId)?.kind === 'agent',
  );
  return inOrder(held).map((lock) => freed(lock, 'forced', note));
}
