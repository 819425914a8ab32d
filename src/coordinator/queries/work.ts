/** Whether there is something to do: answers as soon as there is, without asking again and again. */
import type { CompanyEvent, StoredEvent } from '../../core/event.ts';
import type { MemberId } from '../../core/ids.ts';
import { openLeases } from '../../core/org/availability.ts';
import type { CompanyState } from '../../core/state.ts';
import { bestTaskFor } from '../../core/task/claim.ts';
import type { EpochMs } from '../../core/units.ts';
import type { Answer } from './query-scope.ts';
import { waitUntil } from './wait-until.ts';

export const work: Answer<'work'> = async (scope, { tags, wait }) => {
  const { now } = scope.company.coordinator;
  const available = await waitUntil(scope, {
    look: (state) => couldClaim(state, scope.memberId, tags, now()),
    found: (could) => could,
    isNews: mayBringWork,
    wait,
  });
  return { available };
};

function couldClaim(state: CompanyState, memberId: MemberId, tags: readonly string[], now: EpochMs): boolean {
  const member = state.members.get(memberId);
  if (member?.kind !== 'agent' || openLeases(state, member) >= member.maxConcurrent) return false;
  return bestTaskFor(state, member, tags, now) !== undefined;
}

/** Signs of life are frequent and give nobody anything to do. */
function mayBringWork({ event }: StoredEvent): boolean {
  const idle: readonly CompanyEvent['type'][] = ['worker.seen', 'task.lease_renewed'];
  return !idle.includes(event.type);
}
