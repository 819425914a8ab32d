/** Which tasks wait for a task. */
import type { TaskId } from '../ids.ts';
import type { Index } from '../table.ts';
import type { Task } from './task.ts';

export class DependentsIndex implements Index<Task> {
  readonly #waiting = new Map<TaskId, Map<TaskId, Task>>();

  of(id: TaskId): Task[] {
    return [...(this.#waiting.get(id)?.values() ?? [])];
  }

  /** Whether one of them is so. */
  some(id: TaskId, isSo: (task: Task) => boolean): boolean {
    for (const task of this.#waiting.get(id)?.values() ?? []) if (isSo(task)) return true;
    return false;
  }

  add(task: Task): void {
    for (const id of task.dependsOn) {
      const waiting = this.#waiting.get(id);
      if (waiting) waiting.set(task.id, task);
      else this.#waiting.set(id, new Map([[task.id, task]]));
    }
  }

  remove(task: Task): void {
    for (const id of task.dependsOn) {
      const waiting = this.#waiting.get(id);
      waiting?.delete(task.id);
      if (waiting?.size === 0) this.#waiting.delete(id);
    }
  }
}
