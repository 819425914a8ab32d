/** Finds the best ready task for an agent, and when to look again for one that still waits for somebody else. */
import type { HostChoice } from '../context.ts';
import { hostAlone } from '../context.ts';
import type { RoleId } from '../ids.ts';
import type { Member } from '../org/org.ts';
import { restOf } from '../org/pause.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import { likeness } from './likeness.ts';
import type { Search } from './ready-index.ts';
import { isPlain } from './ready-index.ts';
import { refusalToTake } from './taking-rules.ts';
import type { Task } from './task.ts';
import type { Predecessor } from './turn.ts';
import { calledUntil, isOffline, keptFor, predecessor, rolePredecessor } from './turn.ts';

export interface Found {
  /** What an automatic claim of the agent would get; null: nothing. */
  readonly task: Task | null;
  /** When the first task that calls for others becomes the agent's, if they do not come; null: none does, or there is a task. */
  readonly lookAgainAt: EpochMs | null;
}

/** How an agent stands to a task: it is the agent's, or only if those do not come who are offline, or not at all. */
type Standing = 'first' | 'after_call' | 'behind';

/** @param choice left out: as one host alone would choose, the best there is */
export function findTask(
  state: CompanyState,
  agent: Member,
  tags: readonly string[],
  now: EpochMs,
  choice: HostChoice = hostAlone,
): Found {
  if (restOf(state, agent)) return { task: null, lookAgainAt: null };
  const ofPlain = new Map<RoleId | null, Standing>();
  const ofAlike = new Map<string, Standing>();
  let lookAgainAt: EpochMs | null = null;

  function standingTo(task: Task): Standing {
    if (isPlain(task)) return ofPlain.get(task.roleId) ?? 'behind';
    const alike = likeness(state, task);
    const standing =
      (alike === null ? undefined : ofAlike.get(alike)) ?? specialStanding(state, agent, task, now);
    if (alike !== null) ofAlike.set(alike, standing);
    return standing;
  }

  function fits(task: Task): boolean {
    if (!tags.every((tag) => task.tags.includes(tag))) return false;
    const standing = standingTo(task);
    if (standing !== 'after_call') return standing === 'first';
    const until = calledUntil(state, task);
    if (until === null || until <= now) return true;
    if (lookAgainAt === null || until < lookAgainAt) lookAgainAt = until;
    return false;
  }

  const search: Search = {
    roles: rolesOf(state, agent),
    wantsPlain: (roleId) => {
      const standing = ofPlain.get(roleId) ?? plainStanding(state, agent, roleId, now);
      ofPlain.set(roleId, standing);
      return standing !== 'behind';
    },
    fits,
  };
  const { ready } = state.index;
  const { host, sharesLog } = choice;
  const task = host === null || !sharesLog ? ready.first(search) : ready.firstFor(host, search, choice);
  return task ? { task, lookAgainAt: null } : { task: null, lookAgainAt };
}

/** The roles of an agent, and those that they inherit; most have one. */
function rolesOf(state: CompanyState, { roleIds }: Member): ReadonlySet<RoleId> {
  const { roles } = state.index;
  const [only, ...others] = roleIds;
  if (only !== undefined && others.length === 0) return roles.inherited(only);
  return new Set(roleIds.flatMap((roleId) => [...roles.inherited(roleId)]));
}

function plainStanding(state: CompanyState, agent: Member, roleId: RoleId | null, now: EpochMs): Standing {
  return roleId === null ? 'first' : after(rolePredecessor(state, agent, roleId, now));
}

function specialStanding(state: CompanyState, agent: Member, task: Task, now: EpochMs): Standing {
  if (refusalToTake(state, agent, task)) return 'behind';
  const kept = keptFor(state, task, now);
  if (kept?.id === agent.id) return 'first';
  if (kept) return isOffline(state, kept, now) ? 'after_call' : 'behind';
  return after(predecessor(state, agent, task, now));
}

function after(other: Predecessor | null): Standing {
  if (other === null) return 'first';
  return other.presence === 'offline' ? 'after_call' : 'behind';
}
