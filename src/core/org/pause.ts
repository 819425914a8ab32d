/** Who takes no task for now: everybody while the company is paused or stopped, or an agent that is, whose workers all are, or that has no budget left. */
import { usedUp } from '../budget/room.ts';
import type { ErrorCode } from '../error.ts';
import type { CompanyState } from '../state.ts';
import type { Worker } from '../worker/worker.ts';
import type { Member, Pause } from './org.ts';

/** Why somebody takes no task now. */
export interface Rest {
  readonly code: Extract<ErrorCode, 'PAUSED' | 'BUDGET_EXCEEDED'>;
  /** A clause, such as `the company is paused: a release`. */
  readonly because: string;
  readonly remedy: string;
}

/** Null: they may take what is theirs to take. */
export function restOf(state: CompanyState, member: Member): Rest | null {
  const pause = state.company?.pause;
  if (pause) {
    const because = `the company is ${pause.kind}: ${pause.reason}`;
    return { code: 'PAUSED', because, remedy: 'resume it first' };
  }
  if (member.pause) {
    const { until, reason } = member.pause;
    if (until !== null) {
      const because = `${member.name} rests: ${reason}`;
      return { code: 'PAUSED', because, remedy: `${member.name} goes on by itself; resume it to try before` };
    }
    const because = `${member.name} is paused: ${reason}`;
    return { code: 'PAUSED', because, remedy: `resume ${member.name} first` };
  }
  const worker = pausedWorker(state, member);
  if (worker) return workerRest(worker, member);
  // What people do costs no call.
  if (member.kind === 'human') return null;
  const because =
    usedUp(state, { kind: 'member', memberId: member.id }) ?? usedUp(state, { kind: 'company' });
  return because === null ? null : { code: 'BUDGET_EXCEEDED', because, remedy: 'have it raised first' };
}

/** Why a paused worker takes no task. */
export function workerRest({ id, pause }: PausedWorker, { name }: Pick<Member, 'name'>): Rest {
  const because = `the worker ${id} of ${name} is paused: ${pause.reason}`;
  return { code: 'PAUSED', because, remedy: 'resume the worker first' };
}

export type PausedWorker = Worker & { readonly pause: Pause };

export function isPausedWorker(worker: Worker): worker is PausedWorker {
  return worker.pause !== null;
}

/** Whether the agent itself is paused, or every worker that it has. */
export function isPausedAgent(state: CompanyState, member: Member): boolean {
  return member.pause !== null || state.index.available.isPaused(member.id);
}

/** One of an agent's workers, if every one that lives is paused. */
function pausedWorker(state: CompanyState, { id }: Member): PausedWorker | null {
  if (!state.index.available.isPaused(id)) return null;
  const paused = [...state.index.workersByMember.get(id)].filter(isPausedWorker);
  return paused.find(({ endedAt }) => endedAt === null) ?? null;
}
