/** Whether nothing is started for an agent just now, because its workers crashed. */
import type { MemberId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import type { StartHold, Worker } from './worker.ts';

/** What its last worker left behind: one that was started since, such as by somebody who asked for it, ends the wait. */
export function startHoldOf(state: CompanyState, id: MemberId, now: EpochMs): StartHold | null {
  let last: Worker | null = null;
  for (const worker of state.index.workersByMember.get(id)) {
    if (worker.endedAt === null) return null;
    if (last === null || worker.startedAt >= last.startedAt) last = worker;
  }
  return last?.hold && last.hold.until > now ? last.hold : null;
}
