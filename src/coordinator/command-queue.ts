/** Collects what is asked into batches, and lets the next one be decided while the one before it is written. */

export interface QueueOptions<Ask> {
  /**
   * Decides the batch at once, and settles each of its asks once the earlier batch is; never rejects.
   * @param earlier resolves when the batch before it is settled
   */
  readonly run: (batch: readonly Ask[], earlier: Promise<void>) => Promise<void>;
  readonly maxBatch: number;
  /** So many batches may be under way: each is decided on top of those before it. Left out: two, of which one is written. */
  readonly mostUnderWay?: () => number;
  /**
   * In so many batches what waits goes, if it is enough for them. Whoever waits for an answer asks again when it comes: in
   * one batch they would all wait for the same, and nothing be decided meanwhile. Left out: one.
   */
  readonly waves?: () => number;
}

/** Fewer are not worth a batch of their own, while others are asked. */
const leastOfWave = 16;

export class CommandQueue<Ask> {
  readonly #run: QueueOptions<Ask>['run'];
  readonly #maxBatch: number;
  readonly #mostUnderWay: () => number;
  readonly #waves: () => number;
  #waiting: Ask[] = [];
  #visits: (() => void)[] = [];
  #batchesUnderWay = 0;
  /** Somebody has it for themselves. */
  #isTaken = false;
  #settled: Promise<void> = Promise.resolve();
  #turn: NodeJS.Immediate | null = null;

  constructor({ run, maxBatch, mostUnderWay = () => 2, waves = () => 1 }: QueueOptions<Ask>) {
    this.#mostUnderWay = mostUnderWay;
    this.#waves = waves;
    this.#run = run;
    this.#maxBatch = maxBatch;
  }

  add(ask: Ask): void {
    this.#waiting.push(ask);
    this.#schedule();
  }

  /** What waits to be decided. */
  get depth(): number {
    return this.#waiting.length;
  }

  /** Resolves when every batch that is under way now is settled. */
  settled(): Promise<void> {
    return this.#settled;
  }

  /** Visits when no batch is under way; none begins before it has returned. */
  async betweenBatches<Result>(visit: () => Result): Promise<Result> {
    while (this.#isBusy) await this.#nextPause();
    return visit();
  }

  /** Works when no batch is under way; none begins, and nothing counts as settled, before the work is done. */
  async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#isBusy) await this.#nextPause();
    this.#isTaken = true;
    const done = work().finally(() => {
      this.#isTaken = false;
      this.#goOn();
    });
    this.#settled = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  /** Resolves when all that was added is settled. */
  async idle(): Promise<void> {
    while (this.#turn !== null || this.#isBusy) {
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
    if (this.#isTaken || this.#visits.length > 0 || this.#waiting.length === 0) return;
    if (this.#batchesUnderWay >= this.#mostUnderWay()) return;
    const waves = Math.max(1, this.#waves() - this.#batchesUnderWay);
    const share = Math.max(leastOfWave, Math.ceil(this.#waiting.length / waves));
    const batch = this.#waiting.splice(0, Math.min(share, this.#maxBatch));
    this.#batchesUnderWay += 1;
    this.#settled = this.#run(batch, this.#settled).then(() => this.#end());
    if (this.#waiting.length > 0) this.#schedule();
  }

  #end(): void {
    this.#batchesUnderWay -= 1;
    this.#goOn();
  }

  #goOn(): void {
    if (!this.#isBusy) for (const visit of this.#visits.splice(0)) visit();
    if (this.#waiting.length > 0) this.#schedule();
  }

  get #isBusy(): boolean {
    return this.#isTaken || this.#batchesUnderWay > 0;
  }

  /** Of several that wait, the next may find it taken by the one before: whoever is woken looks again, and acts at once. */
  #nextPause(): Promise<void> {
    return new Promise<void>((resolve) => {
      this.#visits.push(resolve);
    });
  }
}
