/** Whether there is something to do: answers as soon as there is, without asking again and again. */
import type { CompanyEvent, StoredEvent } from '../../core/event.ts';
import { openLeases } from '../../core/org/availability.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Found } from '../../core/task/find-task.ts';
import { findTask } from '../../core/task/find-task.ts';
import type { EpochMs } from '../../core/units.ts';
import { addMs, seconds } from '../../core/units.ts';
import type { Answer, QueryScope } from './query-scope.ts';
import { waitUntil } from './wait-until.ts';

export const work: Answer<'work'> = async (scope, { tags, wait }) => {
  const { coordinator } = scope.company;
  const { now } = coordinator;
  const { task } = await waitUntil(scope, {
    look: (state) => lookFor(state, scope, tags, now()),
    found: (view) => view.task !== null,
    isNews: mayBringWork,
    // Whether other hosts are there is no event.
    lookAgainAt: (view) =>
      coordinator.presence === null ? view.lookAgainAt : soonest(view.lookAgainAt, now()),
    wait,
  });
  return { available: task !== null };
};

/** A host that comes or goes is noticed so soon. */
const betweenLooks = seconds(2);

function soonest(at: EpochMs | null, now: EpochMs): EpochMs {
  const next = addMs(now, betweenLooks);
  return at === null || next < at ? next : at;
}

function lookFor(
  state: CompanyState,
  { memberId, workerId, company }: QueryScope,
  tags: readonly string[],
  now: EpochMs,
): Found {
  const member = state.members.get(memberId);
  const isPaused = workerId !== null && state.workers.get(workerId)?.pause != null;
  const hasRoom = !isPaused && member?.kind === 'agent' && openLeases(state, member) < member.maxConcurrent;
  const { choice } = company.coordinator;
  if (!hasRoom || !choice) return { task: null, lookAgainAt: null };
  return findTask(state, member, tags, now, choice);
}

/** Signs of life are frequent and give nobody anything to do. */
function mayBringWork({ event }: StoredEvent): boolean {
  const idle: readonly CompanyEvent['type'][] = ['worker.seen', 'task.lease_renewed'];
  return !idle.includes(event.type);
}
