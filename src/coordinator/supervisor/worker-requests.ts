/** Workers that somebody asked this host for and that have no place yet. */
import type { EventOf } from '../../core/event.ts';
import type { HostId, MemberId } from '../../core/ids.ts';

/** One worker. */
export interface WorkerRequest {
  readonly memberId: MemberId;
  readonly launcher: string | null;
  readonly runner: string | null;
}

export class WorkerRequests {
  readonly #host: HostId | null;
  #waiting: WorkerRequest[] = [];

  /** @param host what is asked of another one is not for us */
  constructor(host: HostId | null) {
    this.#host = host;
  }

  add({ memberId, count, launcher, runner, hostId }: EventOf<'worker.requested'>): void {
    if (hostId !== null && hostId !== this.#host) return;
    for (let n = 0; n < count; n += 1) this.#waiting.push({ memberId, launcher, runner });
  }

  /** All of them, the oldest first; whoever takes them gives back those that found no place. */
  take(): WorkerRequest[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }

  giveBack(starts: readonly { readonly request: WorkerRequest | null }[]): void {
    const back = starts.flatMap(({ request }) => (request === null ? [] : [request]));
    this.#waiting = [...back, ...this.#waiting];
  }
}
