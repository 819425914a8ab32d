/** A file lock that is kept until it is released: renewed at half of its time by itself, and told when it is lost. */
import type { Coordination } from '../contract/rpc.ts';
import type { WrittenFile } from '../contract/workspace.ts';
import type { ErrorCode } from '../core/error.ts';
import { CoordError } from '../core/error.ts';
import type { ArtifactHash, LockId, Seq } from '../core/ids.ts';
import type { FileLock } from '../core/lock/lock.ts';
import type { Held, Holdings } from './holdings.ts';

export type LockHost = Pick<Coordination, 'command' | 'writeFile' | 'mergeFiles'>;

/** What a file must be for a write to be done. */
export interface WriteOptions {
  /** The SHA-256 that it has now, in hex, as an earlier write gave it; null: it is not there. Left out: whatever it is. */
  readonly ifHash?: string | null;
}

export interface FileChange extends WriteOptions {
  /** Relative to the workspace, with `/`; the lock covers it. */
  readonly path: string;
  /** The whole file; null removes it. */
  readonly content: string | Uint8Array | null;
}

/** The lock is gone, or the session that held it; any other refusal of a renewal may pass while its time lasts. */
const gone: readonly ErrorCode[] = ['LOCK_LOST', 'NOT_FOUND', 'NOT_CONNECTED', 'SESSION_INVALID'];

/** The longest that a timer can wait, in ms. */
const longestTimer = 2 ** 31 - 1;
/** Between two renewals of which the first was refused, in ms. */
const shortestPause = 50;

export class HeldLock implements AsyncDisposable, Held {
  /** As the host gave it. */
  readonly lock: FileLock;
  readonly #host: LockHost;
  readonly #holdings: Pick<Holdings<HeldLock>, 'remove'>;
  readonly #lost = new AbortController();
  #isOver = false;
  /** By this process's own steady clock, in ms: never later than by the host's. */
  #until = 0;
  #renewal: NodeJS.Timeout | undefined;
  #expiry: NodeJS.Timeout | undefined;

  /** @param askedAt when the host was asked for it: its time counts from a moment later on */
  constructor(host: LockHost, holdings: Pick<Holdings<HeldLock>, 'remove'>, lock: FileLock, askedAt: number) {
    this.#host = host;
    this.#holdings = holdings;
    this.lock = lock;
    this.#holdFrom(askedAt);
  }

  get id(): LockId {
    return this.lock.id;
  }

  /** As the host understood it. */
  get scope(): string {
    return this.lock.scope;
  }

  /** The fencing token: a write under an older one is refused. */
  get token(): Seq {
    return this.lock.token;
  }

  /** Aborts when it is lost before it was released, with a `CoordError` `LOCK_LOST` that says why. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Writes a file of the workspace under this lock; null removes it. Resolves once it is durable.
   * @throws CoordError `LOCK_LOST`; `FILE_CHANGED` - it has another hash than `ifHash`; `NOT_LOCKED`, `PATH_OUTSIDE`
   */
  async writeFile(
    path: string,
    content: string | Uint8Array | null,
    options: WriteOptions = {},
  ): Promise<WrittenFile> {
    this.lost.throwIfAborted();
    return this.#host.writeFile(this.#sealed({ path, content, ...options }));
  }

  /** Writes up to 200 files, all of them or none. @throws CoordError as `writeFile` does */
  async mergeFiles(changes: readonly FileChange[]): Promise<readonly WrittenFile[]> {
    this.lost.throwIfAborted();
    return this.#host.mergeFiles({ files: changes.map((change) => this.#sealed(change)) });
  }

  /** Gives it back. Once more, or after it was lost, it does nothing. */
  async release(): Promise<void> {
    if (this.#isOver) return;
    this.abandon();
    try {
      await this.#host.command({ type: 'lock.release', lockId: this.id, token: this.token });
    } catch (error) {
      // It ran out or the line went in this moment: either way it is free.
      if (!isGone(error)) throw error;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }

  /** Stops the renewing: it ends with its time, its task or its session. */
  abandon(): void {
    this.#isOver = true;
    clearTimeout(this.#renewal);
    clearTimeout(this.#expiry);
    this.#holdings.remove(this);
  }

  lose(why: string): void {
    if (this.#isOver) return;
    this.abandon();
    const words = `“${this.scope}” is not yours any more (${why}). Take it again, and look at the files anew`;
    this.#lost.abort(new CoordError('LOCK_LOST', words, { lockId: this.id }));
  }

  #sealed({ path, content, ifHash }: FileChange) {
    return {
      path,
      base64: content === null ? null : Buffer.from(content).toString('base64'),
      token: this.token,
      ...(ifHash !== undefined && { ifHash: ifHash as ArtifactHash | null }),
    };
  }

  #holdFrom(since: number): void {
    this.#until = since + this.lock.ttl;
    const left = this.#until - performance.now();
    clearTimeout(this.#expiry);
    // Of a longer one nobody sees the end: it is renewed before.
    if (left < longestTimer) this.#expiry = after(left, () => this.lose('its time ran out'));
    this.#renewAfter(left - this.lock.ttl / 2);
  }

  #renewAfter(delay: number): void {
    clearTimeout(this.#renewal);
    this.#renewal = after(delay, () => void this.#renew());
  }

  async #renew(): Promise<void> {
    const askedAt = performance.now();
    try {
      await this.#host.command({ type: 'lock.renew', lockId: this.id, token: this.token });
      if (!this.#isOver) this.#holdFrom(askedAt);
    } catch (error) {
      if (this.#isOver) return;
      if (isGone(error)) this.lose(error.message);
      else this.#renewAfter(Math.max(shortestPause, (this.#until - performance.now()) / 2));
    }
  }
}

function after(delay: number, act: () => void): NodeJS.Timeout {
  return setTimeout(act, Math.min(Math.max(0, delay), longestTimer)).unref();
}

function isGone(error: unknown): error is CoordError {
  return error instanceof CoordError && gone.includes(error.code);
}
