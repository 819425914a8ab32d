/** Collects what is asked while a batch is under way into the next batch; one batch at a time. */
import { setImmediate as nextTurn } from 'node:timers/promises';

export interface QueueOptions<Ask> {
  /** Settles each of the asks; never rejects. */
  readonly run: (batch: readonly Ask[]) => Promise<void>;
  readonly maxBatch: number;
}

export class CommandQueue<Ask> {
  readonly #run: (batch: readonly Ask[]) => Promise<void>;
  readonly #maxBatch: number;
  #waiting: Ask[] = [];
  #running: Promise<void> | null = null;
  #batch: Promise<void> | null = null;

  constructor({ run, maxBatch }: QueueOptions<Ask>) {
    this.#run = run;
    this.#maxBatch = maxBatch;
  }

  add(ask: Ask): void {
    this.#waiting.push(ask);
    this.#running ??= this.#drain();
  }

  /** Resolves when no batch is under way; one that waits may start after that. */
  async betweenBatches(): Promise<void> {
    while (this.#batch !== null) await this.#batch;
  }

  /** Resolves when all that was added is settled. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #drain(): Promise<void> {
    // A turn of the event loop before each batch: others get their turn, and what arrives together goes together.
    for (await nextTurn(); this.#waiting.length > 0; await nextTurn()) {
      const batch = this.#waiting.splice(0, this.#maxBatch);
      this.#batch = this.#run(batch);
      await this.#batch;
      this.#batch = null;
    }
    this.#running = null;
  }
}
