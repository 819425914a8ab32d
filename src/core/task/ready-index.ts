/** The ready tasks of each role: the highest priority first, then the oldest. */
import type { RoleId } from '../ids.ts';
import type { Index } from '../table.ts';
import { priorities } from '../workflow/workflow.ts';
import type { Task } from './task.ts';

/** Tasks that any member may take are kept under this key. */
type Key = RoleId | null;

/** Whether `a` goes before `b`: by priority, then by age. */
export function goesBefore(a: Task, b: Task): boolean {
  const byPriority = priorities.indexOf(b.priority) - priorities.indexOf(a.priority);
  return byPriority === 0 ? a.order < b.order : byPriority < 0;
}

export class ReadyIndex implements Index<Task> {
  readonly #queues = new Map<Key, Task[]>();

  /** The best ready task that any of the roles may take and that fits; undefined when there is none. */
  first(roles: Iterable<Key>, fits: (task: Task) => boolean): Task | undefined {
    let best: Task | undefined;
    for (const role of roles) {
      for (const task of this.#queues.get(role) ?? []) {
        if (best && !goesBefore(task, best)) break;
        if (fits(task)) best = task;
      }
    }
    return best;
  }

  add(task: Task): void {
    if (task.state !== 'ready') return;
    const queue = this.#queues.get(task.roleId);
    if (!queue) this.#queues.set(task.roleId, [task]);
    else queue.splice(placeOf(queue, task), 0, task);
  }

  remove(task: Task): void {
    if (task.state !== 'ready') return;
    const queue = this.#queues.get(task.roleId);
    const place = queue ? placeOf(queue, task) : 0;
    if (queue?.[place]?.id === task.id) queue.splice(place, 1);
  }
}

/** Where the task stands or belongs in a sorted queue, by bisection. */
function placeOf(queue: readonly Task[], task: Task): number {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = queue[middle];
    if (other && goesBefore(other, task)) low = middle + 1;
    else high = middle;
  }
  return low;
}
