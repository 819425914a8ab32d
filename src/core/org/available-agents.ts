/** Which agents could take a task now, or once they come online. Kept up with every change. */
import type { MemberId, RoleId } from '../ids.ts';
import type { Index } from '../table.ts';
import type { Task } from '../task/task.ts';
import type { Worker } from '../worker/worker.ts';
import type { Member } from './org.ts';

/**
 * An agent with fewer leases than it may hold is `available` with a ready worker, and `starting` with one that is to
 * report, a paused one aside; else it is `offline`, unless a worker of its own is paused, or still finishes a task
 * before it goes.
 */
export type Presence = 'available' | 'starting' | 'offline';

interface Counts {
  readonly live: number;
  readonly ready: number;
  readonly starting: number;
  readonly paused: number;
  readonly leases: number;
}

const none: Counts = { live: 0, ready: 0, starting: 0, paused: 0, leases: 0 };

/**
 * Follows three tables, so that a claim need not look at every member. It knows nothing of the clock:
 * whoever asks sets aside the agents that are hung.
 */
export class AvailableAgents {
  readonly #agents = new Map<MemberId, Member>();
  readonly #counts = new Map<MemberId, Counts>();
  readonly #present = new Map<MemberId, Presence>();
  readonly #byRole = new Map<RoleId, Record<Presence, Set<MemberId>>>();
  readonly #nobody: ReadonlySet<MemberId> = new Set();

  readonly members: Index<Member> = {
    add: (member) => {
      if (member.kind !== 'agent') return;
      this.#agents.set(member.id, member);
      this.#settle(member.id);
    },
    remove: (member) => {
      this.#set(member, null);
      this.#agents.delete(member.id);
    },
  };

  readonly workers: Index<Worker> = {
    add: (worker) => this.#countWorker(worker, 1),
    remove: (worker) => this.#countWorker(worker, -1),
  };

  readonly tasks: Index<Task> = {
    add: ({ lease }) => lease && this.#count(lease.memberId, { leases: 1 }),
    remove: ({ lease }) => lease && this.#count(lease.memberId, { leases: -1 }),
  };

  has(id: MemberId): boolean {
    return this.presenceOf(id) === 'available';
  }

  /** Null: it has enough to do, goes when it is done with that, or is paused; or is no agent. */
  presenceOf(id: MemberId): Presence | null {
    return this.#present.get(id) ?? null;
  }

  /** It has workers, and each of them is paused. */
  isPaused(id: MemberId): boolean {
    const { live, paused } = this.#counts.get(id) ?? none;
    return live > 0 && paused === live;
  }

  /** Those who hold exactly this role, in no order. */
  ofRole(roleId: RoleId, presence: Presence = 'available'): ReadonlySet<MemberId> {
    return this.#byRole.get(roleId)?.[presence] ?? this.#nobody;
  }

  #countWorker({ memberId, state, endedAt, pause }: Worker, change: 1 | -1): void {
    if (endedAt !== null) return;
    const counted = pause === null ? state : 'paused';
    const countIf = (wanted: typeof counted) => (counted === wanted ? change : 0);
    const [ready, starting, paused] = [countIf('ready'), countIf('starting'), countIf('paused')];
    this.#count(memberId, { live: change, ready, starting, paused });
  }

  #count(id: MemberId, change: Partial<Counts>): void {
    const before = this.#counts.get(id) ?? none;
    const counts = {
      live: before.live + (change.live ?? 0),
      ready: before.ready + (change.ready ?? 0),
      starting: before.starting + (change.starting ?? 0),
      paused: before.paused + (change.paused ?? 0),
      leases: before.leases + (change.leases ?? 0),
    };
    if (counts.live === 0 && counts.leases === 0) this.#counts.delete(id);
    else this.#counts.set(id, counts);
    this.#settle(id);
  }

  #settle(id: MemberId): void {
    const agent = this.#agents.get(id);
    if (agent) this.#set(agent, presence(this.#counts.get(id) ?? none, agent.maxConcurrent));
  }

  #set(agent: Member, after: Presence | null): void {
    const before = this.presenceOf(agent.id);
    if (after === before) return;
    if (after) this.#present.set(agent.id, after);
    else this.#present.delete(agent.id);
    for (const roleId of agent.roleIds) {
      const group = this.#byRole.get(roleId) ?? {
        available: new Set(),
        starting: new Set(),
        offline: new Set(),
      };
      this.#byRole.set(roleId, group);
      if (before) group[before].delete(agent.id);
      if (after) group[after].add(agent.id);
    }
  }
}

function presence({ live, ready, starting, paused, leases }: Counts, maxConcurrent: number): Presence | null {
  if (leases >= maxConcurrent) return null;
  if (ready > 0) return 'available';
  if (starting > 0) return 'starting';
  if (paused > 0) return null;
  // A worker that drains with nothing in hand is gone in a moment.
  return live === 0 || leases === 0 ? 'offline' : null;
}
