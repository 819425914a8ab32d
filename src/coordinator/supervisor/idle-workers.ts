/** Since when each worker has had nothing to do, and whether that is too long. */
import type { WorkerId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { DurationMs, EpochMs } from '../../core/units.ts';
import { addMs } from '../../core/units.ts';
import type { SupervisedWorker } from './supervised-worker.ts';

export class IdleWorkers {
  readonly #idleAfter: DurationMs;
  readonly #since = new Map<WorkerId, EpochMs>();

  /** @param idleAfter how long one without a task may stay */
  constructor(idleAfter: DurationMs) {
    this.#idleAfter = idleAfter;
  }

  /** Looks who has a task. @returns when the next of them will have been idle for too long; null: none is idle */
  note(
    { index }: CompanyState,
    workers: Iterable<Pick<SupervisedWorker, 'workerId' | 'memberId'>>,
    now: EpochMs,
  ): EpochMs | null {
    let next: EpochMs | null = null;
    for (const { workerId, memberId } of workers) {
      const leases = [...index.leasedByMember.get(memberId)];
      if (leases.some(({ lease }) => lease?.workerId === workerId)) this.#since.delete(workerId);
      else if (!this.#since.has(workerId)) this.#since.set(workerId, now);
      const due = this.#due(workerId);
      if (due !== null && due > now && (next === null || due < next)) next = due;
    }
    return next;
  }

  isOverdue(id: WorkerId, now: EpochMs): boolean {
    const due = this.#due(id);
    return due !== null && due <= now;
  }

  /** It goes, or starts anew. */
  forget(id: WorkerId): void {
    this.#since.delete(id);
  }

  #due(id: WorkerId): EpochMs | null {
    const since = this.#since.get(id);
    return since === undefined ? null : addMs(since, this.#idleAfter);
  }
}
