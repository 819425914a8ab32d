/** A lock of a script's session: renewed by itself, lost with the line, given back at the end of its block. */
import type { WrittenFile } from '../contract/workspace.ts';
import { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { LockId, Seq, TaskId } from '../core/ids.ts';
import type { FileLock } from '../core/lock/lock.ts';
import { ms } from '../core/units.ts';
import { acquireLock } from './acquire-lock.ts';
import type { Held, Holdings } from './holdings.ts';
import { lost } from './holdings.ts';
import type { Line } from './line.ts';
import { isLineLost } from './line.ts';

export interface LockOptions {
  /** What it is for: whoever waits reads it. */
  readonly intent: string;
  /** How long it holds without a sign of life, in ms; the company's by default. It is renewed at half of it. */
  readonly ttl?: number;
  /** How long to wait for it, in ms; 0, the default, refuses at once; `Infinity` waits until it is free. */
  readonly wait?: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
  /** A task that this session works on: the lock ends with it at the latest. */
  readonly taskId?: string;
}

export class SessionLock implements AsyncDisposable, Held {
  readonly survivesLine = false;
  readonly id: LockId;
  /** As the host understood it. */
  readonly scope: string;
  /** The fencing token: a write under an older one is refused. */
  readonly token: Seq;
  readonly #line: Line;
  readonly #holdings: Holdings;
  readonly #ttl: number;
  readonly #lost = new AbortController();
  #isOver = false;
  #renewal: NodeJS.Timeout | undefined;
  #expiry: NodeJS.Timeout | undefined;

  constructor(line: Line, holdings: Holdings, lock: FileLock, askedAt: number) {
    this.#line = line;
    this.#holdings = holdings;
    this.id = lock.id;
    this.scope = lock.scope;
    this.token = lock.token;
    this.#ttl = lock.ttl;
    this.#holdFrom(askedAt);
    holdings.add(this);
  }

  /** Aborts when it is lost before it was released, with a `CoordError` `LOCK_LOST` that says why. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Writes a file of the workspace under this lock; null removes it. @throws CoordError `LOCK_LOST`, `PATH_OUTSIDE` */
  async writeFile(path: string, content: string | Uint8Array | null): Promise<WrittenFile> {
    this.#lost.signal.throwIfAborted();
    const base64 = content === null ? null : Buffer.from(content).toString('base64');
    const { connection } = await this.#line.bound();
    return connection.writeFile({ path, base64, token: this.token });
  }

  /** Once more, or after it was lost, it does nothing. */
  async release(): Promise<void> {
    if (this.#isOver) return;
    this.#end();
    try {
      await this.#line.command({ type: 'lock.release', lockId: this.id, token: this.token });
    } catch (error) {
      // It ran out or the line went in this moment: either way it is free.
      const isFree =
        error instanceof CoordError && ['LOCK_LOST', 'NOT_FOUND', 'NOT_CONNECTED'].includes(error.code);
      if (!isFree) throw error;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }

  isEndedBy(event: StoredEvent['event']): boolean {
    return event.type === 'lock.released' && event.lockId === this.id;
  }

  lose(why: string): void {
    if (this.#isOver) return;
    this.#end();
    this.#lost.abort(lost('LOCK_LOST', `The lock on “${this.scope}”`, why));
  }

  giveBack(): Promise<void> {
    return this.release();
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#renewal);
    clearTimeout(this.#expiry);
    this.#holdings.remove(this);
  }

  /** @param since when the host was asked: it counts from a moment later on */
  #holdFrom(since: number): void {
    clearTimeout(this.#renewal);
    clearTimeout(this.#expiry);
    const left = since + this.#ttl - performance.now();
    this.#expiry = setTimeout(() => this.lose('its time ran out'), Math.max(0, left));
    this.#renewal = setTimeout(() => void this.#renew(), Math.max(0, left - this.#ttl / 2));
  }

  async #renew(): Promise<void> {
    const askedAt = performance.now();
    try {
      await this.#line.command({ type: 'lock.renew', lockId: this.id, token: this.token });
      if (!this.#isOver) this.#holdFrom(askedAt);
    } catch (error) {
      if (isLineLost(error)) return;
      this.lose(error instanceof Error ? error.message : String(error));
    }
  }
}

/** @throws CoordError `LOCK_HELD` - naming who has it, for what and until when; or what the signal aborts with */
export async function lockFile(
  line: Line,
  holdings: Holdings,
  scope: string,
  { intent, ttl, wait = 0, signal, taskId }: LockOptions,
): Promise<SessionLock> {
  const deadline = performance.now() + wait;
  let askedAt = performance.now();
  const host: Parameters<typeof acquireLock>[0] = {
    command: (command) => {
      askedAt = performance.now();
      return line.command(command);
    },
    query: (name, params) => line.query(name, params, signal),
  };
  for (;;) {
    try {
      const lock = await acquireLock(host, {
        scope,
        intent,
        ttl: ttl === undefined ? null : ms(ttl),
        taskId: (taskId ?? null) as TaskId | null,
        wait: ms(Math.max(0, deadline - performance.now())),
        ...(signal && { signal }),
      });
      return new SessionLock(line, holdings, lock, askedAt);
    } catch (error) {
      // A line that went took with it what was acquired on it, so asking again is safe.
      const mayAskAgain = isLineLost(error) && performance.now() < deadline && !line.closing.aborted;
      if (!mayAskAgain) throw error;
    }
  }
}
