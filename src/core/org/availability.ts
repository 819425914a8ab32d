/** What an agent is up to, and which agent is the best for a piece of work. */
import type { Capability, RoleId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import { sinceMs } from '../units.ts';
import type { Worker } from '../worker/worker.ts';
import { seniority, whyCapability } from './membership.ts';
import type { Member } from './org.ts';
import { restOf } from './pause.ts';
import { defaultPolicy } from './policy.ts';

/**
 * `available` can take work now; `working` is at its limit, or finishes what it has before it stops;
 * `blocked` has a process that can't go on: it still starts, drains, is hung or paused; `offline` has none.
 */
export type AgentState = 'available' | 'working' | 'blocked' | 'offline';

export function agentState(state: CompanyState, member: Member, now: EpochMs): AgentState {
  const workers = liveWorkers(state, member);
  if (workers.length === 0) return 'offline';
  const sound = workers.filter((worker) => !isSilent(state, worker, now));
  if (sound.length === 0) return 'blocked';
  const leases = openLeases(state, member);
  if (leases >= member.maxConcurrent) return 'working';
  const isThere = sound.some((worker) => worker.state === 'ready' && worker.pause === null);
  if (isThere && restOf(state, member) === null) return 'available';
  return leases > 0 ? 'working' : 'blocked';
}

/** Whether each of an agent's processes has missed its heartbeats for as long as the policy says. */
export function isHung(state: CompanyState, member: Member, now: EpochMs): boolean {
  const workers = liveWorkers(state, member);
  return workers.length > 0 && workers.every((worker) => isSilent(state, worker, now));
}

/** How many tasks a member holds leases on. */
export function openLeases(state: CompanyState, member: Pick<Member, 'id'>): number {
  return state.index.leasedByMember.get(member.id).size;
}

/** What the agent must be able to do: both, when both are given. */
export interface AgentNeed {
  readonly roleId?: RoleId | undefined;
  readonly capability?: Capability | undefined;
}

/** The available agent that fits: the least senior, then the one with the fewest tasks, then by name. Null: none. */
export function bestAgent(state: CompanyState, need: AgentNeed, now: EpochMs): Member | null {
  const fitting = [...state.members.values()].flatMap((member) => {
    const rank = rankFor(state, member, need);
    const isAvailable = member.kind === 'agent' && agentState(state, member, now) === 'available';
    return rank !== null && isAvailable ? [{ member, rank, leases: openLeases(state, member) }] : [];
  });
  fitting.sort((a, b) => a.rank - b.rank || a.leases - b.leases || (a.member.name < b.member.name ? -1 : 1));
  return fitting[0]?.member ?? null;
}

/** How senior the member is for the need: the distance to the role, or to the role that has the capability. */
function rankFor(state: CompanyState, member: Member, { roleId, capability }: AgentNeed): number | null {
  const byRole = roleId === undefined ? 0 : seniority(state, member, roleId);
  const why = capability === undefined ? [] : whyCapability(state, member, capability);
  if (byRole === null || why === null) return null;
  return roleId === undefined ? why.length : byRole;
}

function liveWorkers(state: CompanyState, { id }: Member): Worker[] {
  return [...state.index.workersByMember.get(id)].filter((worker) => worker.endedAt === null);
}

function isSilent(state: CompanyState, worker: Worker, now: EpochMs): boolean {
  const { hungAfter } = state.company?.policy ?? defaultPolicy;
  return worker.state === 'hung' || sinceMs(worker.lastSeenAt, now) >= hungAfter;
}
