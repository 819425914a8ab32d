/** Which agents could take a task now: a ready worker, and fewer leases than they may hold. Kept up with every change. */
import type { MemberId, RoleId } from '../ids.ts';
import type { Index } from '../table.ts';
import type { Task } from '../task/task.ts';
import type { Worker } from '../worker/worker.ts';
import type { Member } from './org.ts';

/**
 * Follows three tables, so that a claim need not look at every member. It knows nothing of the clock:
 * whoever asks sets aside the agents that are hung.
 */
export class AvailableAgents {
  readonly #agents = new Map<MemberId, Member>();
  readonly #readyWorkers = new Map<MemberId, number>();
  readonly #leases = new Map<MemberId, number>();
  readonly #available = new Set<MemberId>();
  readonly #byRole = new Map<RoleId, Set<MemberId>>();

  readonly members: Index<Member> = {
    add: (member) => {
      if (member.kind !== 'agent') return;
      this.#agents.set(member.id, member);
      this.#settle(member.id);
    },
    remove: (member) => {
      this.#set(member, false);
      this.#agents.delete(member.id);
    },
  };

  readonly workers: Index<Worker> = {
    add: (worker) => this.#count(this.#readyWorkers, worker.state === 'ready' ? worker.memberId : null, 1),
    remove: (worker) =>
      this.#count(this.#readyWorkers, worker.state === 'ready' ? worker.memberId : null, -1),
  };

  readonly tasks: Index<Task> = {
    add: (task) => this.#count(this.#leases, task.lease?.memberId ?? null, 1),
    remove: (task) => this.#count(this.#leases, task.lease?.memberId ?? null, -1),
  };

  has(id: MemberId): boolean {
    return this.#available.has(id);
  }

  /** Those who hold exactly this role, in no order. */
  ofRole(roleId: RoleId): ReadonlySet<MemberId> {
    return this.#byRole.get(roleId) ?? new Set();
  }

  #count(counts: Map<MemberId, number>, id: MemberId | null, change: 1 | -1): void {
    if (id === null) return;
    const count = (counts.get(id) ?? 0) + change;
    if (count === 0) counts.delete(id);
    else counts.set(id, count);
    this.#settle(id);
  }

  #settle(id: MemberId): void {
    const agent = this.#agents.get(id);
    if (!agent) return;
    const online = (this.#readyWorkers.get(id) ?? 0) > 0;
    this.#set(agent, online && (this.#leases.get(id) ?? 0) < agent.maxConcurrent);
  }

  #set(agent: Member, available: boolean): void {
    if (available === this.#available.has(agent.id)) return;
    if (available) this.#available.add(agent.id);
    else this.#available.delete(agent.id);
    for (const roleId of agent.roleIds) {
      const group = this.#byRole.get(roleId) ?? new Set();
      this.#byRole.set(roleId, group);
      if (available) group.add(agent.id);
      else group.delete(agent.id);
    }
  }
}
