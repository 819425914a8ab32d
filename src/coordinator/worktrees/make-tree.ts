/** Makes the worktree of a task: from the branch of its epic, with what earlier attempts committed. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { CoordError } from '../../core/error.ts';
import type { CommitHash, CompanyId, Seq, TaskId } from '../../core/ids.ts';
import type { Task } from '../../core/task/task.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import { Workspace } from '../workspace/workspace.ts';
import { branchFor } from './branch-names.ts';
import { git } from './git.ts';
import type { HeldTask } from './held-task.ts';
import type { Repository } from './repository.ts';

export interface TaskTree {
  readonly taskId: TaskId;
  readonly token: Seq;
  readonly folder: string;
  readonly branch: string;
  readonly base: CommitHash;
  /** Where both sides stand in it, between markers. */
  readonly conflicts: readonly string[];
  /** Its files under locks. */
  readonly files: Workspace;
  readonly committed: Set<CommitHash>;
}

export interface TreePlace {
  readonly companyId: CompanyId;
  readonly coordinator: CompanyCoordinator;
  readonly repository: Repository;
  /** Holds all worktrees of the company. */
  readonly folder: string;
  /** The git repository that people work in. */
  readonly workspace: string;
}

/** What the last attempt of a task committed, whatever becomes of its branch. */
export const keptRef = (taskId: TaskId): string => `refs/agentcoord/kept/${taskId}`;

/**
 * @param token of the lease that it is for
 * @throws CoordError `WORKSPACE_UNUSABLE`
 */
export async function makeTree(place: TreePlace, held: HeldTask, token: Seq): Promise<TaskTree> {
  const { companyId, coordinator, repository } = place;
  const { task } = held;
  await repository.ready();
  const base = await beginningOf(place, held);
  const kept = await repository.commitOf(keptRef(task.id));
  const start = kept
    ? await repository.mergeTrees(base, kept)
    : { tree: await repository.treeOf(base), conflicts: [] };
  const isReview = task.kind === 'review';
  const branch =
    task.epicId === null
      ? await branchFor(repository, task)
      : `agentcoord/tasks/${path.basename(await branchFor(repository, task))}`;
  const folder = path.join(place.folder, `${task.id}-${token}`);
  await mkdir(place.folder, { recursive: true, mode: 0o700 });
  const on = isReview ? ['--detach'] : ['-B', branch];
  const add = ['worktree', 'add', '--quiet', '--force', '--no-checkout', ...on, folder, base];
  await git(repository.call, add);
  const own = {
    gitDir: path.join(repository.folder, 'worktrees', path.basename(folder)),
    workTree: folder,
  };
  await git(own, ['read-tree', '--reset', '-u', start.tree]);
  const files = new Workspace({ folder, companyId, coordinator });
  const { conflicts } = start;
  return { taskId: task.id, token, folder, branch, base, conflicts, files, committed: new Set() };
}

/** A review looks at what is handed in; where that changed nothing, at the branch that it would come into. */
async function beginningOf(place: TreePlace, held: HeldTask): Promise<CommitHash> {
  const { judged } = held;
  if (judged !== null && (await place.repository.commitOf(judged)) !== null) return judged;
  return baseOf(place, held);
}

/** The branch of the epic; a new one begins from what people have checked out in their repository. */
async function baseOf(
  { repository, workspace }: TreePlace,
  { task, title, head }: HeldTask,
): Promise<CommitHash> {
  if (task.epicId === null) return repository.fetchBase(workspace);
  const ref = `refs/heads/${await branchFor(repository, { id: task.epicId, title })}`;
  if (head === null) {
    const begun = await repository.commitOf(ref);
    if (begun) return begun;
    const base = await repository.fetchBase(workspace);
    await repository.setRef(ref, base);
    return base;
  }
  if ((await repository.commitOf(head)) === null) throw elsewhere(task, head);
  // The log says where the branch is, whoever moved the ref.
  await repository.setRef(ref, head);
  return head;
}

function elsewhere({ title }: Task, head: CommitHash): CoordError {
  return new CoordError(
    'WORKSPACE_UNUSABLE',
    `"${title}" can't get a worktree here: the branch of its epic is at ${head}, which another host merged and this one does ` +
      'not have. Let the workers of a company with worktrees run on one host (`serve --workers 0` on the others)',
    { head },
  );
}
