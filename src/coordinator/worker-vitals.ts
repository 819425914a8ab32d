/** What this host sees of the workers of a company beside their rows: what their processes use, and what they spent. */
import type { ProcessMeasure } from '../contract/launcher.ts';
import type { ProcessUse, WorkerSpending } from '../contract/worker-facts.ts';
import type { EventOf, StoredEvent } from '../core/event.ts';
import type { Seq, TaskId, WorkerId } from '../core/ids.ts';
import type { EpochMs, MicroUsd } from '../core/units.ts';
import type { CompanyCoordinator } from './company-coordinator.ts';
import { percentOf, processNodes } from './process-nodes.ts';

/** A share of a core over less than this says little, in ms; whoever asks sooner gets the last answer. */
const betweenSamples = 1_000;

interface Sample {
  readonly at: EpochMs;
  readonly measured: ProcessMeasure;
  readonly use: ProcessUse;
}

interface Watched {
  readonly startedAt: EpochMs;
  readonly measure: () => Promise<ProcessMeasure | null>;
  last: Sample | null;
  /** Where its process can’t be measured from here, what it says itself. */
  reported: Sample | null;
}

/** No machine has more: what somebody says beyond it is nonsense. */
const mostCores = 1_024;

function sampleOf(measured: ProcessMeasure, at: EpochMs, last: Sample | null, startedAt: EpochMs): Sample {
  const elapsed = Math.max(1, at - (last?.at ?? startedAt));
  const since = measured.cpuMs - (last?.measured.cpuMs ?? 0);
  const cpuMs = Math.min(Math.max(0, since), elapsed * mostCores);
  const { memory, processes, tree = [] } = measured;
  const use = {
    cpuPercent: percentOf(cpuMs, elapsed),
    memory,
    processes,
    tree: processNodes(tree, last?.measured.tree ?? [], elapsed),
  };
  return { at, measured, use };
}

const nothing: WorkerSpending = { calls: 0, tokensIn: 0, tokensOut: 0, money: 0 as MicroUsd };

export class WorkerVitals {
  readonly #now: () => EpochMs;
  readonly #watched = new Map<WorkerId, Watched>();
  readonly #spent = new Map<WorkerId, WorkerSpending>();
  /** Whose each task that is under way is. */
  readonly #holders = new Map<TaskId, { readonly token: Seq; readonly workerId: WorkerId }>();

  constructor(coordinator: Pick<CompanyCoordinator, 'onCommit' | 'now'>) {
    this.#now = coordinator.now;
    coordinator.onCommit((events) => {
      for (const stored of events) this.#see(stored);
      for (const stored of events) this.#forgetHolder(stored);
    });
  }

  /** From now on the process can be measured. @returns ends it */
  watch(workerId: WorkerId, measure: Watched['measure']): () => void {
    this.#watched.set(workerId, { startedAt: this.#now(), measure, last: null, reported: null });
    return () => this.#watched.delete(workerId);
  }

  spentBy(workerId: WorkerId): WorkerSpending {
    return this.#spent.get(workerId) ?? nothing;
  }

  /** Null: this host has no process of it. Never rejects. */
  async useOf(workerId: WorkerId): Promise<ProcessUse | null> {
    const watched = this.#watched.get(workerId);
    if (!watched) return null;
    const { last, startedAt } = watched;
    if (last && this.#now() < last.at + betweenSamples) return last.use;
    const measured = await watched.measure();
    if (!measured) return watched.reported?.use ?? null;
    watched.last = sampleOf(measured, this.#now(), last, startedAt);
    return watched.last.use;
  }

  /** What a worker says of itself counts only where nothing can be measured, and for nothing but to be shown. */
  report(workerId: WorkerId, measured: ProcessMeasure): void {
    const watched = this.#watched.get(workerId);
    const at = this.#now();
    if (!watched || (watched.reported && at < watched.reported.at + betweenSamples)) return;
    watched.reported = sampleOf(measured, at, watched.reported, watched.startedAt);
  }

  #see({ seq, event }: StoredEvent): void {
    if (event.type === 'usage.settled') this.#count(event);
    if (event.type === 'worker.stopped' || event.type === 'worker.crashed')
      this.#spent.delete(event.workerId);
    if (event.type !== 'task.claimed') return;
    const { taskId, workerId, token = seq } = event;
    if (workerId === null) this.#holders.delete(taskId);
    else this.#holders.set(taskId, { token, workerId });
  }

  #count({ reservation, tokensIn, tokensOut, money }: EventOf<'usage.settled'>): void {
    const holder = this.#holders.get(reservation.taskId);
    if (holder?.token !== reservation.token) return;
    const before = this.spentBy(holder.workerId);
    this.#spent.set(holder.workerId, {
      calls: before.calls + 1,
      tokensIn: before.tokensIn + tokensIn,
      tokensOut: before.tokensOut + tokensOut,
      money: (before.money + money) as MicroUsd,
    });
  }

  /** Only now: what is still to be settled of a task that is over comes behind its end. */
  #forgetHolder({ event }: StoredEvent): void {
    if (event.type === 'task.done' || event.type === 'task.failed' || event.type === 'task.cancelled') {
      this.#holders.delete(event.taskId);
    }
  }
}
