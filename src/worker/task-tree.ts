/** The git worktree in which a task is done, where tasks have one. */
import { join } from 'node:path';
import type { GuardedWorkspace } from '../contract/guarded-workspace.ts';
import type { TaskBrief } from '../contract/queries.ts';
import type { Coordination } from '../contract/rpc.ts';
import type { OpenTree } from '../contract/task-tree.ts';
import { FetchedFiles } from './fetched-files.ts';
import type { RunningTask } from './running-task.ts';
import type { WorkerDisk } from './settings.ts';
import type { Log } from './worker-log.ts';

/** Null: the tasks share one workspace. A review finds what it judges in it, and changes nothing by it. */
export async function openTaskTree(
  { id: taskId, token }: Pick<RunningTask, 'id' | 'token'>,
  { workspace }: Pick<TaskBrief, 'workspace'>,
  host: Pick<Coordination, 'openTree'>,
): Promise<OpenTree | null> {
  if (workspace.mode !== 'worktree') return null;
  return host.openTree({ taskId, token });
}

interface TreePlace {
  readonly guarded: GuardedWorkspace;
  /** The folder of the run alone. */
  readonly workspace: string;
  readonly disk: WorkerDisk;
  readonly log: Log;
}

export interface BroughtTree<Host> {
  /** In a folder of this machine. */
  readonly tree: OpenTree | null;
  readonly guarded: GuardedWorkspace;
  /** What was changed here is there before it is committed. */
  readonly host: Host;
}

/** Where the worker has not the disk of its host, the worktree is fetched, and goes back before each commit. */
export async function bringTree<Host extends Pick<Coordination, 'commitTree'>>(
  tree: OpenTree | null,
  host: Host,
  { guarded, workspace, disk, log }: TreePlace,
): Promise<BroughtTree<Host>> {
  if (tree === null || disk === 'host') return { tree, guarded, host };
  const fetched = await FetchedFiles.fetch(guarded, join(workspace, 'worktree'), log);
  await fetched.beginHistory();
  const commitTree: Host['commitTree'] = async (call) => {
    await fetched.sendBack(workspace);
    return host.commitTree(call);
  };
  return {
    tree: { ...tree, folder: fetched.folder },
    guarded: fetched.guarded,
    host: withCommit(host, commitTree),
  };
}

/** Of a connection each call stands by itself. */
function withCommit<Host extends Pick<Coordination, 'commitTree'>>(
  host: Host,
  commitTree: Host['commitTree'],
): Host {
  return { ...host, commitTree };
}
