/** The git worktree of a task, as its worker asks the host for it. */
import { z } from 'zod';
import type { CommitHash } from '../core/ids.ts';
import { seqSchema, taskIdSchema } from '../core/ids.ts';
import type { Artifact } from '../core/task/task.ts';

/** Whether each task has files of its own, or all write the same ones under locks. */
export const workspaceModes = ['shared', 'worktree'] as const;
export type WorkspaceMode = (typeof workspaceModes)[number];

/** Of the lease that the caller holds. */
export const taskTreeSchema = z.strictObject({ taskId: taskIdSchema, token: seqSchema });

export interface OpenTree {
  readonly folder: string;
  readonly branch: string;
  /** The branch of the epic, from which it begins. */
  readonly base: CommitHash;
  /** Files in which an earlier attempt and what was merged meanwhile both stand, between conflict markers. */
  readonly conflicts: readonly string[];
}

export interface CommittedTree {
  readonly commit: CommitHash;
  readonly base: CommitHash;
  /** The change as a patch, stored as an artifact: what gates show and sign. */
  readonly patch: Artifact;
  readonly files: number;
}
