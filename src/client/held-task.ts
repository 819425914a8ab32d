/** A task that a session has claimed: its lease is renewed by itself, and it is given back unless it is finished. */
import type { TaskBrief } from '../contract/queries.ts';
import type { Seq, TaskId } from '../core/ids.ts';
import type { Proof } from '../core/task/proof.ts';
import type { Artifact } from '../core/task/task.ts';
import type { Lease } from './lease.ts';
import type { Line } from './line.ts';

/** A result to hand in: its bytes, or what was stored before. */
export type Result = Artifact | { readonly path: string; readonly content: string | Uint8Array };

export class HeldTask implements AsyncDisposable {
  /** All that is needed to do it, as it was when it was claimed. */
  readonly brief: TaskBrief;
  readonly #line: Line;
  readonly #lease: Lease;

  constructor(line: Line, lease: Lease, brief: TaskBrief) {
    this.#line = line;
    this.#lease = lease;
    this.brief = brief;
    lease.name = `“${brief.task.title}”`;
  }

  get id(): TaskId {
    return this.#lease.id;
  }

  /** Of the lease. */
  get token(): Seq {
    return this.#lease.token;
  }

  get title(): string {
    return this.brief.task.title;
  }

  /** Aborts when it is lost before it was finished, with a `CoordError` `LEASE_LOST` that says why: stop working on it. */
  get lost(): AbortSignal {
    return this.#lease.lost;
  }

  /**
   * Hands in the results; a step of a workflow has at least one.
   * @param proof that the checks of its step passed, if it has any
   * @throws CoordError `LEASE_LOST`, `CHECKS_FAILED`
   */
  async complete(results: readonly Result[] = [], proof: Proof | null = null): Promise<void> {
    this.lost.throwIfAborted();
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
    await this.#lease.finish({ type: 'task.complete', artifacts, proof });
  }

  /** Answers a review: signs what it is about, or sends it back with a note. */
  answer(decision: 'approve' | 'request_changes' | 'veto', note = ''): Promise<void> {
    return this.#lease.finish({ type: 'task.answer', decision, note });
  }

  /** Another attempt is made later, as often as the company allows. */
  fail(reason: string): Promise<void> {
    return this.#lease.finish({ type: 'task.fail', reason });
  }

  /** Gives it back unfinished: somebody else may take it at once. It counts as no failure. */
  release(reason: string): Promise<void> {
    return this.#lease.finish({ type: 'task.release', reason });
  }

  /** Gives it back unless it is finished. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#lease[Symbol.asyncDispose]();
  }
}
