/** The workers that have gone silent, the longest first. */
import type { QueryParams } from '../../contract/queries.ts';
import type { HungSuspect } from '../../contract/usage.ts';
import { durationWords } from '../../core/duration-words.ts';
import { requireCompany } from '../../core/org/require-company.ts';
import type { CompanyState } from '../../core/state.ts';
import type { EpochMs } from '../../core/units.ts';
import { addMs, sinceMs } from '../../core/units.ts';
import { leasesOf } from '../../core/worker/leases-of.ts';
import type { Worker } from '../../core/worker/worker.ts';

/** @param params without a threshold the policy's: those that are, or are about to be, declared hung */
export function hungSuspects(
  state: CompanyState,
  { threshold }: QueryParams<'hung'>,
  now: EpochMs,
): HungSuspect[] {
  const patience = threshold ?? requireCompany(state).policy.hungAfter;
  return [...state.workers.values()]
    .filter((worker) => worker.endedAt === null)
    .filter((worker) => worker.state === 'hung' || sinceMs(worker.lastSeenAt, now) >= patience)
    .sort((a, b) => a.lastSeenAt - b.lastSeenAt || (a.id < b.id ? -1 : 1))
    .map((worker) => ({
      worker,
      member: state.members.get(worker.memberId) ?? null,
      silentFor: sinceMs(worker.lastSeenAt, now),
      declared: worker.state === 'hung',
      tasks: leasesOf(state, worker),
      whatToDo: whatToDo(state, worker, now),
    }));
}

function whatToDo(state: CompanyState, worker: Worker, now: EpochMs): string {
  if (worker.state === 'hung') return 'nothing: its tasks are free, and its host ends it';
  const declaredAt = addMs(worker.lastSeenAt, requireCompany(state).policy.hungAfter);
  const wait = declaredAt > now ? `in ${durationWords(sinceMs(now, declaredAt))}` : 'by the next tick';
  return `wait: it is declared hung ${wait}; \`worker end\` ends it at once`;
}
