/** The ready tasks of each role: the highest priority first, then the oldest; plain ones apart from those with conditions. */
import type { RoleId } from '../ids.ts';
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

export class ReadyIndex implements Index<Task> {
  readonly #byRole = new Map<RoleId | null, Queues>();

  /** The best ready task that fits; undefined when there is none. */
  first({ roles, wantsPlain, fits }: Search): Task | undefined {
    let best: Task | undefined;
    for (const role of [null, ...roles]) {
      const queues = this.#byRole.get(role);
      if (!queues) continue;
      best = firstOf(queues.special, best, fits);
      if (queues.plain.first() && wantsPlain(role)) best = firstOf(queues.plain, best, fits);
    }
    return best;
  }

  add(task: Task): void {
    if (task.state === 'ready') this.#queueOf(task).add(task);
  }

  remove(task: Task): void {
    if (task.state === 'ready') this.#queueOf(task).remove(task);
  }

  #queueOf(task: Task): SortedList<Task> {
    let queues = this.#byRole.get(task.roleId);
    if (!queues) {
      queues = { plain: new SortedList<Task>(compareTasks), special: new SortedList<Task>(compareTasks) };
      this.#byRole.set(task.roleId, queues);
    }
    return isPlain(task) ? queues.plain : queues.special;
  }
}

/** Asks for nothing but its role, so that whoever may take one such task may take them all. */
export function isPlain({ kind, reserved, requiresCapabilities }: Task): boolean {
  return kind === 'single' && !reserved && requiresCapabilities.length === 0;
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
