/** What an address of the work board names. Pure. */
import type { EpicId, TaskId } from '../../core/ids.ts';
import { epicIdSchema, taskIdSchema } from '../../core/ids.ts';

/** `/board/epic_…`, `/board/task_…` and `/board/epic_…/task_…`: ids say of themselves what they are. */
export function boardPlace(parts: readonly (string | undefined)[]): {
  readonly epicId: EpicId | null;
  readonly taskId: TaskId | null;
} {
  const epic = parts.find((part) => part?.startsWith('epic_'));
  const task = parts.find((part) => part?.startsWith('task_'));
  return {
    epicId: epicIdSchema.safeParse(epic).data ?? null,
    taskId: taskIdSchema.safeParse(task).data ?? null,
  };
}
