/** A file lock that is kept until it is released: renewed before half of its time is over, and told when it is lost. */
import type { Coordination } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import type { FileLock } from '../core/lock/lock.ts';

export class HeldLock {
  readonly lock: FileLock;
  readonly #host: Pick<Coordination, 'command'>;
  readonly #lost = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #released = false;

  constructor(host: Pick<Coordination, 'command'>, lock: FileLock) {
    this.#host = host;
    this.lock = lock;
    this.#renewLater();
  }

  /** Aborts with the refusal when somebody else may have it by now. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Gives it back; that it was lost before is no failure. */
  async release(): Promise<void> {
    if (this.#released) return;
    this.abandon();
    try {
      await this.#host.command({ type: 'lock.release', ...this.#held() });
    } catch (error) {
      if (!isLoss(error)) throw error;
    }
  }

  /** Stops the renewing: it ends with its time, its task or its session. */
  abandon(): void {
    this.#released = true;
    clearTimeout(this.#timer);
  }

  #held() {
    return { lockId: this.lock.id, token: this.lock.token };
  }

  #renewLater(): void {
    if (this.#released || this.#lost.signal.aborted) return;
    // A third leaves room for one that is refused because the log can't be written just then.
    this.#timer = setTimeout(() => void this.#renew(), this.lock.ttl / 3).unref();
  }

  async #renew(): Promise<void> {
    try {
      await this.#host.command({ type: 'lock.renew', ...this.#held() });
    } catch (error) {
      if (isLoss(error) && !this.#released) this.#lost.abort(error);
    }
    this.#renewLater();
  }
}

/** The lock is gone, or the session that held it. */
function isLoss(error: unknown): boolean {
  return (
    error instanceof CoordError && ['LOCK_LOST', 'NOT_CONNECTED', 'SESSION_INVALID'].includes(error.code)
  );
}
