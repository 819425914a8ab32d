/** A task that a session has claimed: its lease is renewed by itself, and it is given back unless it is finished. */
import type { TaskBrief } from '../contract/queries.ts';
import type { Receipt } from '../contract/rpc.ts';
import { CoordError } from '../core/error.ts';
import type { StoredEvent } from '../core/event.ts';
import type { Seq, TaskId } from '../core/ids.ts';
import type { Artifact } from '../core/task/task.ts';
import { ms } from '../core/units.ts';
import { Deadline, pause } from './abort.ts';
import type { Held, Holdings } from './holdings.ts';
import { lost } from './holdings.ts';
import type { Line } from './line.ts';
import { isLineLost } from './line.ts';

/** A result to hand in: its bytes, or what was stored before. */
export type Result = Artifact | { readonly path: string; readonly content: string | Uint8Array };

export interface ClaimOptions {
  /** Only tasks with all of these. */
  readonly tags?: readonly string[];
  /** This one. A person names the task that they want. */
  readonly taskId?: string;
  /** How long to wait for one, in ms; 0, the default, looks once; `Infinity` waits for ever. */
  readonly wait?: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

export class HeldTask implements AsyncDisposable, Held {
  readonly survivesLine: boolean;
  readonly id: TaskId;
  /** Of the lease. */
  readonly token: Seq;
  /** All that is needed to do it, as it was when it was claimed. */
  readonly brief: TaskBrief;
  readonly #line: Line;
  readonly #holdings: Holdings;
  readonly #lost = new AbortController();
  #isOver = false;

  constructor(line: Line, holdings: Holdings, brief: TaskBrief, token: Seq) {
    this.#line = line;
    this.#holdings = holdings;
    this.id = brief.task.id;
    this.token = token;
    this.brief = brief;
    this.survivesLine = brief.member.kind === 'human';
    holdings.add(this);
  }

  get title(): string {
    return this.brief.task.title;
  }

  /** Aborts when it is lost before it was finished, with a `CoordError` `LEASE_LOST` that says why: stop working on it. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Hands in the results; a step of a workflow has at least one. @throws CoordError `LEASE_LOST` */
  async complete(results: readonly Result[] = []): Promise<void> {
    this.#lost.signal.throwIfAborted();
    const { connection } = await this.#line.bound();
    const artifacts: Artifact[] = [];
    for (const result of results) {
      artifacts.push(
        'hash' in result
          ? result
          : await connection.putArtifact({
              path: result.path,
              base64: Buffer.from(result.content).toString('base64'),
            }),
      );
    }
    await this.#finish({ type: 'task.complete', artifacts });
  }

  /** Answers a review: signs what it is about, or sends it back with a note. */
  answer(decision: 'approve' | 'request_changes' | 'veto', note = ''): Promise<void> {
    return this.#finish({ type: 'task.answer', decision, note });
  }

  /** Another attempt is made later, as often as the company allows. */
  fail(reason: string): Promise<void> {
    return this.#finish({ type: 'task.fail', reason });
  }

  /** Gives it back unfinished: somebody else may take it at once. It counts as no failure. */
  release(reason: string): Promise<void> {
    return this.#finish({ type: 'task.release', reason });
  }

  /** Gives it back unless it is finished. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOver) return;
    try {
      await this.release('The script left it unfinished');
    } catch (error) {
      const isGone = error instanceof CoordError && ['LEASE_LOST', 'NOT_CONNECTED'].includes(error.code);
      if (!isGone) throw error;
    }
  }

  isEndedBy(event: StoredEvent['event']): boolean {
    switch (event.type) {
      case 'task.cancelled':
      case 'task.released':
      case 'task.attempt_failed':
      case 'task.failed':
        return event.taskId === this.id;
      default:
        return false;
    }
  }

  lose(why: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#lost.abort(lost('LEASE_LOST', `“${this.title}”`, why));
  }

  giveBack(): Promise<void> {
    return this[Symbol.asyncDispose]();
  }

  async #finish(
    outcome:
      | { readonly type: 'task.complete'; readonly artifacts: Artifact[] }
      | {
          readonly type: 'task.answer';
          readonly decision: 'approve' | 'request_changes' | 'veto';
          readonly note: string;
        }
      | { readonly type: 'task.fail' | 'task.release'; readonly reason: string },
  ): Promise<void> {
    this.#lost.signal.throwIfAborted();
    if (this.#isOver) throw lost('LEASE_LOST', `“${this.title}”`, 'it was finished or given back before');
    // Its own event ends it too, and must not count as a loss.
    this.#holdings.remove(this);
    try {
      await this.#line.command({ ...outcome, taskId: this.id, token: this.token });
      this.#isOver = true;
    } catch (error) {
      // Refused, such as for a missing note: it is still held, and may be finished otherwise.
      const isGone = error instanceof CoordError && error.code === 'LEASE_LOST';
      if (isGone || (isLineLost(error) && !this.survivesLine)) this.lose((error as CoordError).message);
      else this.#holdings.add(this);
      throw error;
    }
  }
}

/** @returns null when nothing fits in time @throws what the signal aborts with, or the refusal of the task that is named */
export async function claimTask(
  line: Line,
  holdings: Holdings,
  { tags = [], taskId, wait = 0, signal }: ClaimOptions,
): Promise<HeldTask | null> {
  const deadline = new Deadline(wait);
  for (let missed = 0; ; missed += 1) {
    signal?.throwIfAborted();
    try {
      const held = await claimNow(line, holdings, tags, taskId);
      if (held && signal?.aborted) await held.release('The script stopped waiting for it');
      else if (held) return held;
    } catch (error) {
      // A line that went took the claim with it, so claiming again is safe.
      const isBusy = error instanceof CoordError && error.code === 'AGENT_BUSY';
      const mayPass = isLineLost(error) || (isBusy && taskId === undefined);
      if (!mayPass || deadline.isOver || line.closing.aborted) throw error;
    }
    if (deadline.isOver) return null;
    // Somebody else was faster than this answer: not at once again.
    if (missed > 0)
      await pause(
        Math.min(10 * 2 ** missed, 1_000),
        AbortSignal.any([line.closing, ...(signal ? [signal] : [])]),
      );
    await line.query('work', { tags: [...tags], wait: ms(deadline.share) }, signal);
  }
}

async function claimNow(
  line: Line,
  holdings: Holdings,
  tags: readonly string[],
  taskId: string | undefined,
): Promise<HeldTask | null> {
  const { connection, workerId } = await line.bound();
  const receipt = await connection.command({
    type: 'task.claim',
    tags: [...tags],
    taskId: (taskId ?? null) as TaskId | null,
    workerId,
  });
  const claimed = claimIn(receipt);
  if (!claimed) return null;
  const brief = await connection.query('taskBrief', { taskId: claimed.taskId });
  return new HeldTask(line, holdings, brief, claimed.token);
}

function claimIn({ events }: Receipt): { taskId: TaskId; token: Seq } | null {
  for (const { event, seq } of events) {
    if (event.type === 'task.claimed') return { taskId: event.taskId, token: seq };
  }
  return null;
}
