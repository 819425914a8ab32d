/** The git worktree in which a task is done, where tasks have one. */
import type { TaskBrief } from '../contract/queries.ts';
import type { Coordination } from '../contract/rpc.ts';
import type { OpenTree } from '../contract/task-tree.ts';
import type { RunningTask } from './running-task.ts';

/** Null: the tasks share one workspace. A review finds what it judges in it, and changes nothing by it. */
export async function openTaskTree(
  { id: taskId, token }: Pick<RunningTask, 'id' | 'token'>,
  { workspace }: Pick<TaskBrief, 'workspace'>,
  host: Pick<Coordination, 'openTree'>,
): Promise<OpenTree | null> {
  if (workspace.mode !== 'worktree') return null;
  return host.openTree({ taskId, token });
}
