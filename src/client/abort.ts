/** Waiting that a signal can end. */

/** Settles with the promise, or rejects with the signal's reason as soon as it aborts. */
export function unlessAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Resolves after so many ms, or at once when the signal aborts; keeps no process alive by itself. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}

/** How long one question may wait at the host, in ms: a line that went is noticed by then. */
const longestQuestion = 30_000;

/** Counts down what is left of a wait, in ms; `Infinity` never ends. */
export class Deadline {
  readonly #end: number;

  constructor(wait: number) {
    this.#end = performance.now() + wait;
  }

  get isOver(): boolean {
    return performance.now() >= this.#end;
  }

  /** For the next question. */
  get share(): number {
    return Math.max(0, Math.min(longestQuestion, Math.ceil(this.#end - performance.now())));
  }
}
