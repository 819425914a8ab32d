/** Follows tasks and locks by the events alone: each task and each path has one holder at most, whoever decided that. */
import type { StoredEvent } from '../../src/core/event.ts';
import type { LockId, TaskId } from '../../src/core/ids.ts';
import type { PathScope } from '../../src/core/lock/path-scope.ts';
import { overlap, parseScope } from '../../src/core/lock/path-scope.ts';

export class HolderWitness {
  readonly #tasks = new Set<TaskId>();
  readonly #locks = new Map<LockId, PathScope>();

  /** @throws Error when it has a holder already */
  see({ seq, event }: StoredEvent): void {
    switch (event.type) {
      case 'task.claimed':
        if (this.#tasks.has(event.taskId)) throw new Error(`event ${seq} leases ${event.taskId} twice`);
        this.#tasks.add(event.taskId);
        return;
      case 'task.submitted':
      case 'task.done':
      case 'task.attempt_failed':
      case 'task.failed':
      case 'task.released':
      case 'task.budget_awaited':
      case 'task.cancelled':
        this.#tasks.delete(event.taskId);
        return;
      case 'lock.acquired': {
        const scope = parseScope(event.lock.scope);
        for (const [id, held] of this.#locks)
          if (overlap(held, scope))
            throw new Error(`event ${seq} locks what ${id} holds: ${event.lock.scope}`);
        this.#locks.set(event.lock.id, scope);
        return;
      }
      case 'lock.released':
        this.#locks.delete(event.lockId);
        return;
      default:
        return;
    }
  }
}
