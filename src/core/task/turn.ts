/** Whose turn a ready task is: its assignee's while it is kept for them, else the least senior's. Who is offline is called. */
import type { MemberId, RoleId } from '../ids.ts';
import { agentState, isHung } from '../org/availability.ts';
import type { Presence } from '../org/available-agents.ts';
import { seniority } from '../org/membership.ts';
import type { Member } from '../org/org.ts';
import { isPausedAgent, restOf } from '../org/pause.ts';
import { defaultPolicy } from '../org/policy.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import { addMs } from '../units.ts';
import { refusalToTake } from './taking-rules.ts';
import type { Task } from './task.ts';

/** Until when a ready task waits for those who are offline to come online; null: it is not ready. */
export function calledUntil(state: CompanyState, { readyAt }: Task): EpochMs | null {
  const { callWait } = state.company?.policy ?? defaultPolicy;
  return readyAt === null ? null : addMs(readyAt, callWait);
}

export function isCalling(state: CompanyState, task: Task, now: EpochMs): boolean {
  return now < (calledUntil(state, task) ?? 0);
}

/** The member for whom the task is kept; null: for nobody, or for one who did not come, is paused or may not take it any more. */
export function keptFor(state: CompanyState, task: Task, now: EpochMs): Member | null {
  if (!task.reserved || task.assigneeId === null) return null;
  const assignee = state.members.get(task.assigneeId);
  if (!assignee || isPausedAgent(state, assignee)) return null;
  if (isOffline(state, assignee, now) && !isCalling(state, task, now)) return null;
  return refusalToTake(state, assignee, task) === null ? assignee : null;
}

/** Whether it is an agent without a process; a person is never offline. */
export function isOffline(state: CompanyState, member: Member, now: EpochMs): boolean {
  return member.kind === 'agent' && agentState(state, member, now) === 'offline';
}

/** An agent that goes before another. One that is offline does so only as long as the task calls. */
export interface Predecessor {
  readonly agent: Member;
  readonly presence: Presence;
}

/** Who may take the task and stands closer to its role than the member: one that is there, if there is one. */
export function predecessor(
  state: CompanyState,
  member: Member,
  task: Task,
  now: EpochMs,
): Predecessor | null {
  if (task.roleId === null) return null;
  for (const closer of closerAgents(state, member, task.roleId, now)) {
    if (refusalToTake(state, closer.agent, task) === null) return closer;
  }
  return null;
}

/** The same for tasks that ask for nothing but the role. */
export function rolePredecessor(
  state: CompanyState,
  member: Member,
  roleId: RoleId,
  now: EpochMs,
): Predecessor | null {
  return closerAgents(state, member, roleId, now).next().value ?? null;
}

/** What an agent could do about a task now, or once it is online; null also when it is hung or paused. */
export function presenceOf(state: CompanyState, id: MemberId, now: EpochMs): Presence | null {
  const member = state.members.get(id);
  return member && !isHung(state, member, now) && !restOf(state, member)
    ? state.index.available.presenceOf(id)
    : null;
}

/** Those who are there before those who are not, and then nearest first. */
export const presences: readonly Presence[] = ['available', 'starting', 'offline'];

function* closerAgents(
  state: CompanyState,
  member: Member,
  roleId: RoleId,
  now: EpochMs,
): Generator<Predecessor, void> {
  const own = seniority(state, member, roleId);
  if (own === null || own === 0) return;
  const closer = state.index.roles
    .inheritors(roleId)
    .filter((role) => (state.index.roles.distance(role, roleId) ?? own) < own);
  for (const presence of presences) {
    for (const role of closer) {
      for (const id of state.index.available.ofRole(role, presence)) {
        const agent = state.members.get(id);
        if (agent && !isHung(state, agent, now) && !restOf(state, agent)) yield { agent, presence };
      }
    }
  }
}
