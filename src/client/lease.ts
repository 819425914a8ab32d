/** The lease of a session on a task: known from the claim's receipt on, and given back unless the task is finished. */
import type { CommandInput } from '../core/command.ts';
import { CoordError } from '../core/error.ts';
import type { Seq, TaskId } from '../core/ids.ts';
import type { Claimed } from './claim.ts';
import type { Held, Holdings } from './holdings.ts';
import type { Line } from './line.ts';
import { isLineLost } from './line.ts';

type Without<Key extends string, Command> = Command extends unknown ? Omit<Command, Key> : never;
/** How it ends by its holder. */
export type LeaseEnd = Without<
  'taskId' | 'token',
  Extract<CommandInput, { type: 'task.complete' | 'task.answer' | 'task.fail' | 'task.release' }>
>;

export class Lease implements AsyncDisposable, Held {
  readonly id: TaskId;
  readonly token: Seq;
  /** A person's stays theirs when the line is lost. */
  readonly survivesLine: boolean;
  /** What a message calls the task. */
  name: string;
  readonly #line: Line;
  readonly #holdings: Pick<Holdings<Lease>, 'remove'>;
  readonly #lost = new AbortController();
  #isOver = false;
  #finishing: Promise<void> | null = null;
  /** Why it ended while it was being finished: by that, or by somebody who was faster. */
  #lostMeanwhile: string | null = null;

  constructor(
    line: Line,
    holdings: Pick<Holdings<Lease>, 'remove'>,
    { taskId, token }: Claimed,
    survivesLine: boolean,
  ) {
    this.#line = line;
    this.#holdings = holdings;
    this.id = taskId;
    this.token = token;
    this.name = `Task ${taskId}`;
    this.survivesLine = survivesLine;
  }

  /** Aborts with a `CoordError` `LEASE_LOST`. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** @throws CoordError `LEASE_LOST`; after any other refusal it is still held */
  finish(end: LeaseEnd): Promise<void> {
    if (this.#lost.signal.aborted) return Promise.reject(this.#lost.signal.reason);
    if (this.#isOver || this.#finishing !== null)
      return Promise.reject(this.#loss('it was finished or given back before'));
    this.#finishing = this.#finish(end).finally(() => {
      this.#finishing = null;
    });
    return this.#finishing;
  }

  /** Gives it back unless it is finished. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#finishing?.catch(() => undefined);
    if (this.#isOver) return;
    try {
      await this.finish({ type: 'task.release', reason: this.#line.unfinished });
    } catch (error) {
      const isGone = error instanceof CoordError && ['LEASE_LOST', 'NOT_CONNECTED'].includes(error.code);
      if (!isGone) throw error;
    }
  }

  lose(why: string): void {
    if (this.#isOver) return;
    if (this.#finishing !== null) this.#lostMeanwhile = why;
    else this.#lose(why);
  }

  #lose(why: string): void {
    this.#end();
    this.#lost.abort(this.#loss(why));
  }

  #end(): void {
    this.#isOver = true;
    this.#holdings.remove(this);
  }

  #loss(why: string): CoordError {
    return new CoordError('LEASE_LOST', `${this.name} is not yours any more: ${why}`, { taskId: this.id });
  }

  async #finish(end: LeaseEnd): Promise<void> {
    try {
      await this.#line.command({ ...end, taskId: this.id, token: this.token });
      this.#end();
    } catch (error) {
      const isGone = error instanceof CoordError && error.code === 'LEASE_LOST';
      if (isGone || (isLineLost(error) && !this.survivesLine)) this.#lose((error as CoordError).message);
      else if (this.#lostMeanwhile !== null) this.#lose(this.#lostMeanwhile);
      throw error;
    }
  }
}
