/** What `--json` says of an epic. Times are ISO 8601 in UTC; what is not there is null. */
import type { EpicView } from '../../contract/queries.ts';
import type { EpicState } from '../../core/epic/epic.ts';
import type { Priority } from '../../core/workflow/workflow.ts';
import { isoTime } from '../output/time-text.ts';

export interface EpicDocument {
  readonly id: string;
  readonly title: string;
  readonly workflow: string;
  readonly priority: Priority;
  readonly state: EpicState;
  /** Why it is blocked or cancelled. */
  readonly reason: string | null;
  /** Why it does not go on, in words; null when nothing holds it. */
  readonly waitingBecause: string | null;
  readonly stories: readonly string[];
  /** By weight, from 0 to 1. */
  readonly progress: number;
  readonly tasks: { readonly done: number; readonly total: number };
  readonly createdAt: string;
  readonly endedAt: string | null;
}

export function epicDocument({
  epic,
  waitingBecause,
  stories,
  progress,
  done,
  total,
}: EpicView): EpicDocument {
  return {
    id: epic.id,
    title: epic.title,
    workflow: epic.workflow.name,
    priority: epic.priority,
    state: epic.state,
    reason: epic.reason,
    waitingBecause,
    stories: stories.map((story) => story.title),
    progress,
    tasks: { done, total },
    createdAt: isoTime(epic.createdAt),
    endedAt: epic.endedAt && isoTime(epic.endedAt),
  };
}
