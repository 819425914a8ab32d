/** Collects what is asked into batches, and lets the next one be decided while the one before it is written. */

export interface QueueOptions<Ask> {
  /**
   * Decides the batch at once, and settles each of its asks once the earlier batch is; never rejects.
   * @param earlier resolves when the batch before it is settled
   */
  readonly run: (batch: readonly Ask[], earlier: Promise<void>) => Promise<void>;
  readonly maxBatch: number;
  /** How many batches may be on their way: one is decided while the ones before it are written. */
  readonly mostUnderWay: number;
}

/** Fewer that wait go as one batch: they are not worth an fsync more. */
const worthSharing = 32;

export class CommandQueue<Ask> {
  readonly #run: QueueOptions<Ask>['run'];
  readonly #maxBatch: number;
  readonly #mostUnderWay: number;
  #waiting: Ask[] = [];
  #visits: (() => void)[] = [];
  #asksUnderWay = 0;
  #batchesUnderWay = 0;
  #settled: Promise<void> = Promise.resolve();
  #turn: NodeJS.Immediate | null = null;
  #settlesFirst = false;

  constructor({ run, maxBatch, mostUnderWay }: QueueOptions<Ask>) {
    this.#run = run;
    this.#maxBatch = maxBatch;
    this.#mostUnderWay = mostUnderWay;
  }

  add(ask: Ask): void {
    this.#waiting.push(ask);
    this.#schedule();
  }

  /** Resolves when every batch that is under way now is settled. */
  settled(): Promise<void> {
    return this.#settled;
  }

  /** No batch begins before those that are under way are settled, whatever they must do for it. */
  settleFirst(): void {
    this.#settlesFirst = true;
  }

  /** Visits when no batch is under way; none begins before it has returned. */
  async betweenBatches<Result>(visit: () => Result): Promise<Result> {
    if (this.#batchesUnderWay > 0) {
      await new Promise<void>((resolve) => {
        this.#visits.push(resolve);
      });
    }
    return visit();
  }

  /** Resolves when all that was added is settled. */
  async idle(): Promise<void> {
    while (this.#turn !== null || this.#batchesUnderWay > 0) {
      await this.#settled;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** A turn of the event loop before each batch: others get their turn, and what arrives together goes together. */
  #schedule(): void {
    this.#turn ??= setImmediate(() => {
      this.#turn = null;
      this.#next();
    });
  }

  #next(): void {
    const most = this.#visits.length > 0 || this.#settlesFirst ? 0 : this.#mostUnderWay - 1;
    if (this.#waiting.length === 0 || this.#batchesUnderWay > most) return;
    const batch = this.#waiting.splice(0, this.#batchSize());
    this.#asksUnderWay += batch.length;
    this.#batchesUnderWay += 1;
    this.#settled = this.#run(batch, this.#settled).then(() => this.#end(batch.length));
    if (this.#waiting.length > 0) this.#schedule();
  }

  #end(asks: number): void {
    this.#asksUnderWay -= asks;
    this.#batchesUnderWay -= 1;
    if (this.#batchesUnderWay === 0) {
      this.#settlesFirst = false;
      for (const visit of this.#visits.splice(0)) visit();
    }
    if (this.#waiting.length > 0) this.#schedule();
  }

  /** What is asked at once is shared out evenly, so that none of the batches waits long for another. */
  #batchSize(): number {
    const asked = this.#asksUnderWay + this.#waiting.length;
    return Math.min(this.#maxBatch, asked < worthSharing ? asked : Math.ceil(asked / this.#mostUnderWay));
  }
}
