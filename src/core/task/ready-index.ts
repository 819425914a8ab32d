/** The ready tasks of each role: the highest priority first, then the oldest; plain ones apart from those with conditions. */
import type { HostChoice } from '../context.ts';
import { isClaimableAt } from '../host/claimable.ts';
import type { HostId, RoleId } from '../ids.ts';
import { SortedList } from '../sorted-list.ts';
import type { Index } from '../table.ts';
import type { Priority } from '../workflow/workflow.ts';
import { priorities } from '../workflow/workflow.ts';
import type { Task } from './task.ts';

/** Where a task stands among others: the most urgent first, then the oldest. */
export type TaskPlace = Pick<Task, 'priority' | 'order'>;

/** By priority, then by age: below 0 when `a` goes first. */
function compareTasks(a: TaskPlace, b: TaskPlace): number {
  return ranks[b.priority] - ranks[a.priority] || a.order - b.order;
}

const ranks = Object.fromEntries(priorities.map((priority, n) => [priority, n])) as Record<Priority, number>;

/** Whether `a` goes before `b`. */
export function goesBefore(a: TaskPlace, b: TaskPlace): boolean {
  return compareTasks(a, b) < 0;
}

/** What whoever looks for a task makes of those there are. */
export interface Search {
  /** Tasks of these roles, and those that ask for none. */
  readonly roles: Iterable<RoleId>;
  /** False: none of the plain tasks of this role is for them, so they need not be looked at. */
  readonly wantsPlain: (roleId: RoleId | null) => boolean;
  readonly fits: (task: Task) => boolean;
}

interface Queues {
  readonly plain: SortedList<Task>;
  readonly special: SortedList<Task>;
}

interface RoleQueues extends Queues {
  /** Those of the tasks that a host among several created; the others are in the role's own. */
  readonly homed: Map<HostId, Queues>;
}

/** From so many tasks of other hosts one is picked: enough that hosts rarely want the same, and still the oldest. */
const pickedFrom = 32;

export class ReadyIndex implements Index<Task> {
  readonly #byRole = new Map<RoleId | null, RoleQueues>();

  /** The best ready task that fits; undefined when there is none. */
  first(search: Search): Task | undefined {
    let best = this.#firstOf(null, undefined, search);
    for (const role of search.roles) best = this.#firstOf(role, best, search);
    return best;
  }

  /** The best one at home at this host, unless another that it may claim is more urgent: then one of the first of those at random. */
  firstFor(host: HostId, search: Search, choice: HostChoice): Task | undefined {
    const roles = [null, ...search.roles];
    let own: Task | undefined;
    for (const role of roles) {
      const queues = this.#byRole.get(role)?.homed.get(host);
      if (queues) own = better(queues, role, own, search);
    }
    const others = new MostUrgent(own ? ranks[own.priority] + 1 : 0);
    for (const role of roles) {
      const queues = this.#byRole.get(role);
      if (!queues) continue;
      if (isClaimableAt(choice, null)) others.addFrom(queues, role, search);
      for (const [home, homed] of queues.homed)
        if (home !== host && isClaimableAt(choice, home)) others.addFrom(homed, role, search);
    }
    return others.picked(choice.pick) ?? own;
  }

  add(task: Task): void {
    if (task.state === 'ready') this.#queueOf(task).add(task);
  }

  remove(task: Task): void {
    if (task.state === 'ready') this.#queueOf(task).remove(task);
  }

  #firstOf(role: RoleId | null, best: Task | undefined, search: Search): Task | undefined {
    const queues = this.#byRole.get(role);
    if (!queues) return best;
    let first = better(queues, role, best, search);
    for (const homed of queues.homed.values()) first = better(homed, role, first, search);
    return first;
  }

  #queueOf(task: Task): SortedList<Task> {
    let ofRole = this.#byRole.get(task.roleId);
    if (!ofRole) {
      ofRole = { ...newQueues(), homed: new Map() };
      this.#byRole.set(task.roleId, ofRole);
    }
    const queues = task.home === null ? ofRole : queuesAt(ofRole, task.home);
    return isPlain(task) ? queues.plain : queues.special;
  }
}

/** The first so many of the most urgent tasks of several queues. */
class MostUrgent {
  #least: number;
  #tasks: Task[] = [];

  /** @param least the rank below which they don't count */
  constructor(least: number) {
    this.#least = least;
  }

  addFrom({ plain, special }: Queues, role: RoleId | null, { wantsPlain, fits }: Search): void {
    this.#add(special, fits);
    if (plain.first() && wantsPlain(role)) this.#add(plain, fits);
  }

  picked(pick: (count: number) => number): Task | undefined {
    const first = this.#tasks.sort(compareTasks).slice(0, pickedFrom);
    return first.length > 1 ? first[pick(first.length)] : first[0];
  }

  #add(queue: Iterable<Task>, fits: Search['fits']): void {
    let added = 0;
    for (const task of queue) {
      const rank = ranks[task.priority];
      if (rank < this.#least || added === pickedFrom) return;
      if (!fits(task)) continue;
      if (rank > this.#least) this.#tasks = [];
      this.#least = rank;
      this.#tasks.push(task);
      added += 1;
    }
  }
}

function newQueues(): Queues {
  return { plain: new SortedList<Task>(compareTasks), special: new SortedList<Task>(compareTasks) };
}

function queuesAt({ homed }: RoleQueues, home: HostId): Queues {
  const queues = homed.get(home) ?? newQueues();
  homed.set(home, queues);
  return queues;
}

/** Asks for nothing but its role, so that whoever may take one such task may take them all. */
export function isPlain({ kind, reserved, requiresCapabilities }: Task): boolean {
  return kind === 'single' && !reserved && requiresCapabilities.length === 0;
}

/** The best of the queues that fits and goes before the best so far, else that one. */
function better(
  { plain, special }: Queues,
  role: RoleId | null,
  best: Task | undefined,
  { wantsPlain, fits }: Search,
): Task | undefined {
  const first = firstOf(special, best, fits);
  return plain.first() && wantsPlain(role) ? firstOf(plain, first, fits) : first;
}

/** The first of the queue that fits and goes before the best so far, else that one. */
function firstOf(
  queue: Iterable<Task>,
  best: Task | undefined,
  fits: (task: Task) => boolean,
): Task | undefined {
  for (const task of queue) {
    if (best && compareTasks(best, task) <= 0) return best;
    if (fits(task)) return task;
  }
  return best;
}
