/** What there is to know of a worker beside its row: its process, what it spent, what it holds. */
import type { LockId, TaskId } from '../core/ids.ts';
import type { Load } from '../core/scaling/next-size.ts';
import type { Scaling } from '../core/scaling/scaling.ts';
import type { MicroUsd } from '../core/units.ts';
import type { WorkerStage } from '../core/worker/stage.ts';
import type { Worker } from '../core/worker/worker.ts';

/** What a worker and all that it started take of their machine. */
export interface ProcessUse {
  /** Of one core, over the last second or more: 150 is one and a half. */
  readonly cpuPercent: number;
  /** Resident, in bytes. */
  readonly memory: number;
  readonly processes: number;
  /** The largest of them, parents before what they started; empty: its machine does not tell them apart. */
  readonly tree: readonly ProcessNode[];
}

/** One process of a worker. */
export interface ProcessNode {
  readonly pid: number;
  /** How deep below the worker's own it is, which is 0. */
  readonly depth: number;
  /** Of its program, without arguments. */
  readonly name: string;
  readonly cpuPercent: number;
  readonly memory: number;
}

/** Calls to models by one worker since it started, those that are settled. */
export interface WorkerSpending {
  readonly calls: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly money: MicroUsd;
}

export interface WorkerFacts {
  readonly worker: Worker;
  readonly stage: WorkerStage;
  /** `suspected hung: no heartbeat for 4 min`; null: nothing is odd about it. */
  readonly suspicion: string | null;
  readonly tasks: readonly { readonly id: TaskId; readonly title: string }[];
  /** Path or glob of each file lock that its tasks hold. */
  readonly locks: readonly { readonly id: LockId; readonly scope: string }[];
  /** Null: another host runs it, it is no process of ours, or its machine does not tell. */
  readonly process: ProcessUse | null;
  readonly spent: WorkerSpending;
}

/** A rule that says how many workers there are, and what it goes by. */
export interface ScalingView {
  readonly scaling: Scaling;
  readonly load: Load;
  /** Workers of its agents that live. */
  readonly live: number;
}

/** The end of what a worker wrote. */
export interface WorkerTail {
  /** Oldest first. */
  readonly lines: readonly string[];
  readonly exitReason: string | null;
}
