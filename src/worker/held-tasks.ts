/** The tasks that this worker runs, each with what ends its run early. */
import type { CompanyEvent } from '../core/event.ts';
import type { Seq, TaskId } from '../core/ids.ts';

/** `lost`: somebody else may have the task by now. `stopping`: it is given back. */
export type RunEnd = 'lost' | 'stopping';

export interface HeldTask {
  readonly taskId: TaskId;
  /** Of the lease. */
  readonly token: Seq;
  /** Aborts with a `RunEnd`. */
  readonly ending: AbortController;
}

export class HeldTasks {
  readonly #held = new Map<TaskId, HeldTask>();

  get size(): number {
    return this.#held.size;
  }

  add(taskId: TaskId, token: Seq): HeldTask {
    const held = { taskId, token, ending: new AbortController() };
    this.#held.set(taskId, held);
    return held;
  }

  /** It is done with; a later lease on the same task stays. */
  remove({ taskId, token }: HeldTask): void {
    if (this.#held.get(taskId)?.token === token) this.#held.delete(taskId);
  }

  endAll(why: RunEnd): void {
    for (const { ending } of this.#held.values()) ending.abort(why);
  }

  /** The lease ended without this worker: it ran out, or somebody cancelled the task. */
  see(event: CompanyEvent): void {
    switch (event.type) {
      case 'task.cancelled':
      case 'task.released':
      case 'task.attempt_failed':
      case 'task.failed':
        this.#held.get(event.taskId)?.ending.abort('lost' satisfies RunEnd);
        return;
      default:
        return;
    }
  }
}
