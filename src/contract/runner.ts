/** What a worker asks of the thing that executes one task: a runner. */

import type { Decision } from '../core/gate/gate.ts';
import type { MicroUsd } from '../core/units.ts';
import type { CompanyActs } from './company-acts.ts';
import type { GuardedWorkspace } from './guarded-workspace.ts';
import type { WorkerHandover } from './model-access.ts';
import type { TaskBrief } from './queries.ts';
import type { OpenTree } from './task-tree.ts';

/** A file that a run produced, with its bytes. */
export interface ProducedFile {
  /** Relative, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export type RunResult =
  | { readonly kind: 'artifacts'; readonly files: readonly ProducedFile[] }
  /** The answer to a review task. */
  | { readonly kind: 'review'; readonly decision: Decision; readonly note: string }
  /** The run gave the task back itself, by one of its acts: it waits, for what the words say. */
  | { readonly kind: 'waits'; readonly words: string };

/** The most that a call may come to. */
export interface WantedCall {
  readonly model: string;
  /** In and out together. */
  readonly tokens: number;
  readonly money: MicroUsd;
}

/**
 * Keeps room in the budgets for one call. Whoever does not settle it pays all that was reserved.
 * @throws CoordError `BUDGET_EXCEEDED` - do not make the call; let it end the run, and the task waits for its budget
 * @throws CoordError `LEASE_LOST` - the task is somebody else's by now
 */
export type Spend = (call: WantedCall) => Promise<{
  /** What the call came to. */
  settle(used: {
    readonly tokensIn: number;
    readonly tokensOut: number;
    readonly money: MicroUsd;
  }): Promise<void>;
}>;

/** @returns whether it was given. @throws CoordError `APPROVAL_UNSATISFIABLE`, `NOT_FOUND` - nobody has such a role */
export type Approve = (wish: {
  readonly title: string;
  readonly context: string;
  /** How many members of which role must sign. */
  readonly roles: Readonly<Record<string, number>>;
}) => Promise<boolean>;

export interface RunContext {
  readonly brief: TaskBrief;
  /** A folder of this run alone; gone when it ends. */
  readonly workspace: string;
  /**
   * The git worktree of this task, where tasks have one: what is changed in it is handed in. Of a review: what is judged, as
   * files. Null: all share `guarded`.
   */
  readonly tree: OpenTree | null;
  /** The files that the task works on, written under locks: those of its worktree, or those that the whole company shares. */
  readonly guarded: GuardedWorkspace;
  /**
   * Copies into a folder what a copy of the files lacks and needs to be worked with, such as installed packages; the worktree
   * has it. @throws CoordError `WORKSPACE_UNUSABLE`, `TOO_LARGE`
   */
  readonly carryAlong: (folder: string) => Promise<void>;
  /** What it may do in the company, as its own agent. */
  readonly acts: CompanyActs;
  /** What the host handed over for the runner: access to a model, prices, texts of prompts. */
  readonly handover: WorkerHandover;
  /** Ends the run: the lease is lost or the worker must stop. */
  readonly signal: AbortSignal;
  /** A line for the worker's log. */
  readonly log: (line: string) => void;
  /** Asked before each call to a model, so that no budget is exceeded. */
  readonly spend: Spend;
  /** Asks for an approval outside workflows, and waits for the answer. */
  readonly approve: Approve;
  /** The bytes of an artifact of the brief. */
  readonly readArtifact: (hash: string) => Promise<Uint8Array>;
  /** The runner's own options, from the member or the host's settings. */
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Runners that reserve once, for a whole run, in which a program of its own calls models by itself: how many of them there are
 * is a matter of workers, and none of them takes the turn of a call.
 */
export const wholeRunRunners: readonly string[] = ['cli-agent'];

export interface Runner {
  readonly name: string;
  /** @throws CoordError `RUNNER_FAILED` with the reason; the attempt has failed */
  run(context: RunContext): Promise<RunResult>;
}
