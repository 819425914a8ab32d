/** An epic and its stories: the work that is routed through a workflow. */
import type { Budget } from '../budget/budget.ts';
import type { CommitHash, EpicId, MemberId, StoryId, WorkflowName } from '../ids.ts';
import type { EpochMs } from '../units.ts';
import type { Priority } from '../workflow/workflow.ts';

export type EpicState = 'pending' | 'in_progress' | 'blocked' | 'completed' | 'cancelled';

export interface Epic {
  readonly id: EpicId;
  readonly title: string;
  readonly description: string;
  /** The workflow as it was when the epic was routed; a later edit does not reach it. */
  readonly workflow: { readonly name: WorkflowName; readonly version: number };
  readonly priority: Priority;
  readonly state: EpicState;
  /** Why it is blocked or cancelled, in words; null otherwise. */
  readonly reason: string | null;
  /** For all that is spent on its tasks; null: without a limit. */
  readonly budget: Budget | null;
  /** Its branch in git, after the last change that was merged; left out: none was. */
  readonly head?: CommitHash;
  readonly createdBy: MemberId;
  readonly createdAt: EpochMs;
  readonly endedAt: EpochMs | null;
}

/** One pass of an epic through its workflow, with tasks and gates of its own. */
export interface Story {
  readonly id: StoryId;
  readonly epicId: EpicId;
  readonly title: string;
}
