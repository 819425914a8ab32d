/** What an MCP server has of its member: the session with the company, and the tasks and locks held in it. */
import { unlessAborted } from '../client/abort.ts';
import type { HeldLock } from '../client/held-lock.ts';
import type { HeldTask } from '../client/held-task.ts';
import type { ConnectOptions } from '../client/index.ts';
import { connect } from '../client/index.ts';
import type { Session } from '../client/session.ts';
import { CoordError } from '../core/error.ts';

/** How long a call waits for a line that is lost before it says so, in ms. */
const patienceMs = 5_000;

export class Desk implements AsyncDisposable {
  readonly tasks: Held<HeldTask> = new Held('LEASE_LOST', 'task', 'claim it with claim_task first');
  readonly locks: Held<HeldLock> = new Held('LOCK_LOST', 'lock', 'take it with lock_files first');
  /** The thread in which progress on a task is told, by the task's id. */
  readonly progressThreads = new Map<string, string>();
  readonly #options: ConnectOptions;
  #session: Promise<Session> | null = null;
  /** Resolves when the line is back; null while it is up. */
  #lineBack: Promise<void> | null = null;

  constructor(options: ConnectOptions) {
    this.#options = options;
  }

  /**
   * The member's session. The first call connects, and each one after a failure tries again, so a server may start
   * before its host does.
   * @throws CoordError `NOT_CONNECTED` - no host runs, or its line has been lost for some seconds
   */
  async session(signal?: AbortSignal): Promise<Session> {
    this.#session ??= this.#open();
    const session = await unlessAborted(this.#session, signal);
    if (this.#lineBack !== null) await this.#untilBack(this.#lineBack, signal);
    return session;
  }

  /** The session if there is one by now, for what may do without. */
  async sessionIfAny(): Promise<Session | null> {
    return await this.session().catch(() => null);
  }

  /** What is held goes back to the company: nobody works on it any more. @param reason goes on record */
  async giveBackAll(reason: string): Promise<void> {
    const given = [
      ...[...this.tasks].map((task) => task.release(reason)),
      ...[...this.locks].map((lock) => lock.release()),
    ];
    this.tasks.clear();
    this.locks.clear();
    await Promise.allSettled(given);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const session = await this.#session?.catch(() => null);
    await session?.close();
  }

  async #open(): Promise<Session> {
    try {
      const session = await connect(this.#options);
      session.onLineLost(() => {
        this.#lineBack ??= new Promise((resolve) => {
          const stop = session.onLineBack(() => {
            stop();
            this.#lineBack = null;
            resolve();
          });
        });
      });
      return session;
    } catch (error) {
      this.#session = null;
      throw error;
    }
  }

  async #untilBack(back: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
    const timeUp = AbortSignal.timeout(patienceMs);
    try {
      await unlessAborted(back, signal ? AbortSignal.any([signal, timeUp]) : timeUp);
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new CoordError(
        'NOT_CONNECTED',
        'The host of the company does not answer; this server goes on trying. Start it with "agentcoord serve", then call again',
      );
    }
  }
}

/** Things of one kind that are held, and why those are not any more that were lost. */
class Held<Thing extends { readonly id: string; readonly lost: AbortSignal }> {
  readonly #held = new Map<string, Thing>();
  readonly #losses = new Map<string, CoordError>();
  readonly #code: 'LEASE_LOST' | 'LOCK_LOST';
  readonly #kind: string;
  readonly #whatToDo: string;

  constructor(code: 'LEASE_LOST' | 'LOCK_LOST', kind: string, whatToDo: string) {
    this.#code = code;
    this.#kind = kind;
    this.#whatToDo = whatToDo;
  }

  [Symbol.iterator](): IterableIterator<Thing> {
    return [...this.#held.values()].values();
  }

  add(thing: Thing): void {
    const { id, lost } = thing;
    this.#held.set(id, thing);
    this.#losses.delete(id);
    const lose = () => {
      if (this.#held.get(id) !== thing) return;
      this.#held.delete(id);
      if (lost.reason instanceof CoordError) this.#losses.set(id, lost.reason);
    };
    if (lost.aborted) lose();
    else lost.addEventListener('abort', lose, { once: true });
  }

  /** @throws CoordError `LEASE_LOST` or `LOCK_LOST` - it was lost, and why; or this member never had it */
  require(id: string): Thing {
    const held = this.#held.get(id);
    if (held) return held;
    const loss = this.#losses.get(id);
    if (loss) throw loss;
    throw new CoordError(
      this.#code,
      `You do not hold the ${this.#kind} ${id} in this session: ${this.#whatToDo}`,
      { id },
    );
  }

  remove(id: string): void {
    this.#held.delete(id);
  }

  clear(): void {
    this.#held.clear();
  }
}
