/** Whether there is something to do: answers as soon as there is, without asking again and again. */
import type { CompanyEvent, StoredEvent } from '../../core/event.ts';
import { openLeases } from '../../core/org/availability.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Found } from '../../core/task/find-task.ts';
import { findTask } from '../../core/task/find-task.ts';
import type { EpochMs } from '../../core/units.ts';
import type { Answer, QueryScope } from './query-scope.ts';
import { waitUntil } from './wait-until.ts';

export const work: Answer<'work'> = async (scope, { tags, wait }) => {
  const { now } = scope.company.coordinator;
  const { task } = await waitUntil(scope, {
    look: (state) => lookFor(state, scope, tags, now()),
    found: (view) => view.task !== null,
    isNews: mayBringWork,
    lookAgainAt: (view) => view.lookAgainAt,
    wait,
  });
  return { available: task !== null };
};

function lookFor(
  state: CompanyState,
  { memberId, workerId }: QueryScope,
  tags: readonly string[],
  now: EpochMs,
): Found {
  const member = state.members.get(memberId);
  const isPaused = workerId !== null && state.workers.get(workerId)?.pause != null;
  const hasRoom = !isPaused && member?.kind === 'agent' && openLeases(state, member) < member.maxConcurrent;
  return hasRoom ? findTask(state, member, tags, now) : { task: null, lookAgainAt: null };
}

/** Signs of life are frequent and give nobody anything to do. */
function mayBringWork({ event }: StoredEvent): boolean {
  const idle: readonly CompanyEvent['type'][] = ['worker.seen', 'task.lease_renewed'];
  return !idle.includes(event.type);
}
