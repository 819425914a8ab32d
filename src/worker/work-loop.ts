/** Claims tasks for the worker's agent, as many at once as the agent may hold, until it is told to stop. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Coordination, Receipt } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import type { WorkerId } from '../core/ids.ts';
import { seconds } from '../core/units.ts';
import type { HeldTask } from './held-tasks.ts';
import { HeldTasks } from './held-tasks.ts';
import type { Log } from './worker-log.ts';

export interface WorkLoopOptions {
  readonly host: Pick<Coordination, 'command' | 'query'>;
  readonly workerId: WorkerId;
  /** Tasks at once. */
  readonly slots: number;
  /** Does one task; never rejects. */
  readonly run: (held: HeldTask) => Promise<void>;
  readonly log: Log;
}

/** How long one question for work waits at the host. */
const askFor = seconds(30);
/** Between two claims when somebody else was faster, in ms: 20, doubling up to this. */
const longestPause = 1_000;

export class WorkLoop {
  readonly held = new HeldTasks();
  readonly #options: WorkLoopOptions;
  readonly #running = new Set<Promise<void>>();
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
    const { host, workerId, run } = this.#options;
    const receipt = await host.command({ type: 'task.claim', workerId }).catch(passOver);
    const claimed = receipt?.events.flatMap(({ event, seq }) =>
      event.type === 'task.claimed' && event.workerId === workerId
        ? [{ taskId: event.taskId, token: seq }]
        : [],
    );
    for (const { taskId, token } of claimed ?? []) {
      const held = this.held.add(taskId, token);
      const running = run(held).finally(() => {
        this.held.remove(held);
        this.#running.delete(running);
      });
      this.#running.add(running);
    }
    return (claimed ?? []).length > 0;
  }

  /** What comes of it, or undefined as soon as the worker drains: nobody waits for it then. */
  #unlessDraining<Value>(promise: Promise<Value>): Promise<Value | undefined> {
    const { signal } = this.#draining;
    return new Promise((resolve, reject) => {
      const giveUp = () => resolve(undefined);
      if (signal.aborted) giveUp();
      signal.addEventListener('abort', giveUp, { once: true });
      promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
    });
  }
}

/** The agent holds enough already: no task this time. */
function passOver(error: unknown): Receipt | null {
  if (error instanceof CoordError && error.code === 'AGENT_BUSY') return null;
  throw error;
}
