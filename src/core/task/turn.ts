/** Whose turn a ready task is: its assignee's while it is kept for them, else the least senior's who is available. */
import type { RoleId } from '../ids.ts';
import { agentState, isHung } from '../org/availability.ts';
import { seniority } from '../org/membership.ts';
import type { Member } from '../org/org.ts';
import { restOf } from '../org/pause.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import { refusalToTake } from './taking-rules.ts';
import type { Task } from './task.ts';

/** The member for whom the task is kept; null: for nobody, or for one who is offline, paused or may not take it any more. */
export function keptFor(state: CompanyState, task: Task, now: EpochMs): Member | null {
  if (!task.reserved || task.assigneeId === null) return null;
  const assignee = state.members.get(task.assigneeId);
  if (!assignee || assignee.pause) return null;
  if (assignee.kind === 'agent' && agentState(state, assignee, now) === 'offline') return null;
  return refusalToTake(state, assignee, task) === null ? assignee : null;
}

/** An available agent that may take the task and stands closer to its role than the member; null: there is none. */
export function lessSenior(state: CompanyState, member: Member, task: Task, now: EpochMs): Member | null {
  if (task.roleId === null) return null;
  for (const other of closerAgents(state, member, task.roleId, now)) {
    if (refusalToTake(state, other, task) === null) return other;
  }
  return null;
}

/** Whether an available agent stands closer to the role than the member. */
export function isAnyLessSenior(state: CompanyState, member: Member, roleId: RoleId, now: EpochMs): boolean {
  return closerAgents(state, member, roleId, now).next().done === false;
}

/** Those who are available and closer to the role, nearest first. */
function* closerAgents(
  state: CompanyState,
  member: Member,
  roleId: RoleId,
  now: EpochMs,
): Generator<Member, void> {
  const own = seniority(state, member, roleId);
  if (own === null || own === 0) return;
  for (const closer of state.index.roles.inheritors(roleId)) {
    if ((state.index.roles.distance(closer, roleId) ?? own) >= own) return;
    for (const id of state.index.available.ofRole(closer)) {
      const other = state.members.get(id);
      if (other && !isHung(state, other, now) && !restOf(state, other)) yield other;
    }
  }
}
