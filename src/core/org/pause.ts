/** Who takes no task for now: everybody while the company is paused or stopped, or an agent that is or has no budget left. */
import { usedUp } from '../budget/room.ts';
import type { ErrorCode } from '../error.ts';
import type { CompanyState } from '../state.ts';
import type { Member } from './org.ts';

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
    const because = `${member.name} is paused: ${member.pause.reason}`;
    return { code: 'PAUSED', because, remedy: `resume ${member.name} first` };
  }
  // What people do costs no call.
  if (member.kind === 'human') return null;
  const because =
    usedUp(state, { kind: 'member', memberId: member.id }) ?? usedUp(state, { kind: 'company' });
  return because === null ? null : { code: 'BUDGET_EXCEEDED', because, remedy: 'have it raised first' };
}
