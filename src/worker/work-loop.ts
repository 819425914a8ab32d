/** Claims tasks for the worker's agent, as many at once as the agent may hold, until it is told to stop. */
import { setTimeout as delay } from 'node:timers/promises';
import { unlessAborted } from '../client/abort.ts';
import { claim } from '../client/claim.ts';
import { Holdings } from '../client/holdings.ts';
import type { Coordination } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import type { WorkerId } from '../core/ids.ts';
import { seconds } from '../core/units.ts';
import type { RunEnd } from './running-task.ts';
import { RunningTask } from './running-task.ts';
import type { Log } from './worker-log.ts';

export interface WorkLoopOptions {
  readonly host: Pick<Coordination, 'command' | 'query'>;
  readonly workerId: WorkerId;
  /** Tasks at once. */
  readonly slots: number;
  /**
   * Does one task; never rejects. As soon as what it hands in is on the line it says so, within the same turn: the claim of
   * the next task goes out right behind it.
   */
  readonly run: (held: RunningTask, handingIn: () => void) => Promise<void>;
  readonly log: Log;
}

/** How long one question for work waits at the host. */
const askFor = seconds(30);
/** Between two claims when somebody else was faster, in ms: 20, doubling up to this. */
const longestPause = 1_000;

export class WorkLoop {
  readonly held = new Holdings<RunningTask>();
  readonly #options: WorkLoopOptions;
  readonly #running = new Set<Promise<unknown>>();
  readonly #draining = new AbortController();

  constructor(options: WorkLoopOptions) {
    this.#options = options;
  }

  get isDraining(): boolean {
    return this.#draining.signal.aborted;
  }

  /** Takes no further task. */
  drain(): void {
    this.#draining.abort();
  }

  endAll(why: RunEnd): void {
    for (const held of this.held) held.end(why);
  }

  /** Resolves when it drains and the last task is done. @throws CoordError what the host refused for good */
  async run(): Promise<void> {
    let missed = 0;
    while (!this.isDraining) {
      if (this.#running.size >= this.#options.slots) {
        await this.#unlessDraining(Promise.race(this.#running));
        continue;
      }
      if (!(await this.#hasWork())) continue;
      missed = (await this.#claim()) ? 0 : missed + 1;
      if (missed > 0) await delay(Math.min(10 * 2 ** missed, longestPause));
    }
    await Promise.all(this.#running);
  }

  async #hasWork(): Promise<boolean> {
    const answer = await this.#unlessDraining(this.#options.host.query('work', { wait: askFor }));
    return answer?.available ?? false;
  }

  async #claim(): Promise<boolean> {
    const held = await this.held.take(() => this.#ask());
    if (held) this.#keep(this.#do(held));
    return held !== null;
  }

  /**
   * Takes a slot before it is known whether there is a task for it, so that nothing else is claimed meanwhile. What goes
   * wrong with it goes wrong with the next question for work as well, and is told there.
   */
  readonly #claimBehind = (): void => {
    if (this.isDraining) return;
    const asked = this.held.take(() => this.#ask()).catch(() => null);
    this.#keep(asked.then((held) => held && this.#do(held)));
  };

  async #do(held: RunningTask): Promise<void> {
    await this.#options.run(held, this.#claimBehind);
    this.held.remove(held);
  }

  #keep(work: Promise<unknown>): void {
    const running = work.finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #ask(): Promise<RunningTask | null> {
    const { host, workerId } = this.#options;
    const claimed = await claim(host, { workerId }).catch(passOver);
    return claimed && new RunningTask(claimed);
  }

  /** What comes of it, or undefined as soon as the worker drains: nobody waits for it then. */
  #unlessDraining<Value>(promise: Promise<Value>): Promise<Value | undefined> {
    const { signal } = this.#draining;
    return unlessAborted(promise, signal).catch((error: unknown) => {
      if (signal.aborted) return undefined;
      throw error;
    });
  }
}

/** The agent holds enough already: no task this time. */
function passOver(error: unknown): null {
  if (error instanceof CoordError && error.code === 'AGENT_BUSY') return null;
  throw error;
}
