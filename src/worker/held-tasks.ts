/** The tasks that this worker runs, each with what ends its run early. */
import type { StoredEvent } from '../core/event.ts';
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
  /** When leases ended of which nobody here had heard yet: the event may come before the receipt of the claim. */
  readonly #lostAt = new Map<TaskId, Seq>();

  get size(): number {
    return this.#held.size;
  }

  add(taskId: TaskId, token: Seq): HeldTask {
    const held = { taskId, token, ending: new AbortController() };
    this.#held.set(taskId, held);
    if ((this.#lostAt.get(taskId) ?? 0) > token) held.ending.abort('lost' satisfies RunEnd);
    // A later claim has a higher token than all that happened before this one.
    for (const [id, seq] of this.#lostAt) if (seq < token) this.#lostAt.delete(id);
    return held;
  }

  /** It is done with; a later lease on the same task stays. */
  remove({ taskId, token }: HeldTask): void {
    if (this.#held.get(taskId)?.token === token) this.#held.delete(taskId);
  }

  endAll(why: RunEnd): void {
    for (const { ending } of this.#held.values()) ending.abort(why);
  }

  /** Whether a lease ended without this worker: it ran out, or somebody cancelled the task or took it back. */
  see({ seq, event }: Pick<StoredEvent, 'seq' | 'event'>): void {
    switch (event.type) {
      case 'task.cancelled':
      case 'task.released':
      case 'task.attempt_failed':
      case 'task.failed':
        this.#end(event.taskId, seq);
        return;
      default:
        return;
    }
  }

  /** The end of a lease before the one that is held says nothing about it. */
  #end(taskId: TaskId, seq: Seq): void {
    const held = this.#held.get(taskId);
    if (!held) this.#lostAt.set(taskId, seq);
    else if (seq > held.token) held.ending.abort('lost' satisfies RunEnd);
  }
}
