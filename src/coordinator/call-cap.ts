/** How many calls to models the workers of a host may have under way at once; the next ones wait their turn. */
import type { Receipt } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import type { ReservationId } from '../core/ids.ts';
import type { CompanyCoordinator } from './company-coordinator.ts';

type Calling = Pick<CompanyCoordinator, 'onCommit'>;

export class CallCap {
  #limit: number;
  /** Those that wait, the longest first. */
  readonly #queue = new Set<() => void>();
  /** The calls that are not settled yet, with what stops listening for the end of their callers. */
  readonly #open = new Map<ReservationId, () => void>();
  readonly #listensTo = new WeakSet<Calling>();
  /** Calls that were settled before this side heard that they had begun. */
  readonly #settledEarly = new Set<ReservationId>();
  #taken = 0;
  /** Turns that were taken for calls of which it is not known yet whether they begin. */
  #beginning = 0;

  /** @param limit calls at once, at most */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  get atMost(): number {
    return this.#limit;
  }

  get underWay(): number {
    return this.#taken;
  }

  /** From now on. What is under way goes on, also where it is more than that. */
  limit(calls: number): void {
    this.#limit = calls;
    while (this.#taken < this.#limit && this.#queue.size > 0) {
      this.#taken += 1;
      this.#enterNext();
    }
  }

  /**
   * Waits for a turn, then asks for room in the budgets; the turn is given back once the call is settled.
   * @throws CoordError `NOT_CONNECTED` - whoever waits is gone; or whatever `reserve` refuses
   */
  async begin(coordinator: Calling, reserve: () => Promise<Receipt>, gone: AbortSignal): Promise<Receipt> {
    await this.#turn(gone);
    this.#listenTo(coordinator);
    this.#beginning += 1;
    let isOpen = false;
    try {
      const receipt = await reserve();
      for (const { event } of receipt.events) {
        if (event.type !== 'usage.reserved' || this.#settledEarly.has(event.reservation.id)) continue;
        this.#open.set(event.reservation.id, this.#untilGone(event.reservation.id, gone));
        isOpen = true;
      }
      return receipt;
    } finally {
      this.#beginning -= 1;
      if (this.#beginning === 0) this.#settledEarly.clear();
      if (!isOpen) this.#giveBack();
    }
  }

  #turn(gone: AbortSignal): Promise<void> {
    if (this.#taken < this.#limit) {
      this.#taken += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const enter = () => {
        gone.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#queue.delete(enter);
        reject(new CoordError('NOT_CONNECTED', 'The connection ended while its call waited for its turn'));
      };
      this.#queue.add(enter);
      gone.addEventListener('abort', leave, { once: true });
    });
  }

  #giveBack(): void {
    if (this.#queue.size === 0 || this.#taken > this.#limit) this.#taken -= 1;
    else this.#enterNext();
  }

  /** Its turn is counted already. */
  #enterNext(): void {
    const [next] = this.#queue;
    if (!next) return;
    this.#queue.delete(next);
    next();
  }

  #listenTo(coordinator: Calling): void {
    if (this.#listensTo.has(coordinator)) return;
    this.#listensTo.add(coordinator);
    coordinator.onCommit((events) => {
      for (const { event } of events) if (event.type === 'usage.settled') this.#settle(event.reservation.id);
    });
  }

  /** Whoever is gone calls nobody any more, also where the log will never say how it ended. */
  #untilGone(id: ReservationId, gone: AbortSignal): () => void {
    const leave = () => this.#settle(id);
    gone.addEventListener('abort', leave, { once: true });
    return () => gone.removeEventListener('abort', leave);
  }

  #settle(id: ReservationId): void {
    const unlisten = this.#open.get(id);
    if (unlisten) {
      unlisten();
      this.#open.delete(id);
      this.#giveBack();
    } else if (this.#beginning > 0) this.#settledEarly.add(id);
  }
}
