/** A task that this worker runs, with what ends its run early. */
import type { Claimed } from '../client/claim.ts';
import type { Held } from '../client/holdings.ts';
import type { Seq, TaskId } from '../core/ids.ts';

/** `lost`: somebody else may have the task by now. `stopping`: it is given back. */
export type RunEnd = 'lost' | 'stopping';

export class RunningTask implements Held {
  readonly id: TaskId;
  readonly token: Seq;
  readonly #ending = new AbortController();

  constructor({ taskId, token }: Claimed) {
    this.id = taskId;
    this.token = token;
  }

  /** Aborts with a `RunEnd`. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  lose(): void {
    this.end('lost');
  }

  end(why: RunEnd): void {
    this.#ending.abort(why);
  }
}
