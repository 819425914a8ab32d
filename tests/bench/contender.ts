/** What the benchmark compares: a queue of tasks with workers at it, whatever it is made of. */

/** One round of one contender. */
export interface Round {
  /** From the first call to add until every task is acknowledged, in ms. */
  readonly addMs: number;
  /** From the start of the workers until the last completion is acknowledged, in ms. */
  readonly workMs: number;
  /** For each task the time that its calls took (add, claim, complete), in ms; waiting in the queue not counted. */
  readonly latencies: readonly number[];
}

/** A contender that is up, with a fixed number of workers. */
export interface Station {
  /** As many callers as there are workers add the tasks, each one call after the other; then the workers do them all. */
  run(tasks: number): Promise<Round>;
  close(): Promise<void>;
}

/** @param folder where it may keep its files; @param redisPort where the benchmark's Redis listens */
export type OpenStation = (workers: number, place: Place) => Promise<Station>;

export interface Place {
  readonly folder: string;
  readonly redisPort: number;
}
