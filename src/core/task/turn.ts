/** Whose turn a ready task is: its assignee's while it is kept for them, else the least senior's who is available. */
import type { MemberId } from '../ids.ts';
import { agentState, isHung } from '../org/availability.ts';
import { seniority } from '../org/membership.ts';
import type { Member } from '../org/org.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import { refusalToTake } from './taking-rules.ts';
import type { Task } from './task.ts';

/** The member for whom the task is kept; null: for nobody, or for one who is offline or may not take it any more. */
export function keptFor(state: CompanyState, task: Task, now: EpochMs): Member | null {
  if (!task.reserved || task.assigneeId === null) return null;
  const assignee = state.members.get(task.assigneeId);
  if (!assignee) return null;
  if (assignee.kind === 'agent' && agentState(state, assignee, now) === 'offline') return null;
  return refusalToTake(state, assignee, task) === null ? assignee : null;
}

/** An available agent that may take the task and stands closer to its role than the member; null: there is none. */
export function lessSenior(state: CompanyState, member: Member, task: Task, now: EpochMs): Member | null {
  const { roleId } = task;
  const own = roleId === null ? 0 : seniority(state, member, roleId);
  if (roleId === null || own === null || own === 0) return null;
  for (const closer of state.index.roles.inheritors(roleId)) {
    if ((state.index.roles.distance(closer, roleId) ?? own) >= own) break;
    const fit = firstFit(state, state.index.available.ofRole(closer), task, now);
    if (fit) return fit;
  }
  return null;
}

function firstFit(state: CompanyState, ids: ReadonlySet<MemberId>, task: Task, now: EpochMs): Member | null {
  for (const id of ids) {
    const other = state.members.get(id);
    if (other && !isHung(state, other, now) && refusalToTake(state, other, task) === null) return other;
  }
  return null;
}
