/** Makes the worktree of a task: from the branch of its epic, with what earlier attempts committed. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { CommitHash, CompanyId, Seq, TaskId } from '../../core/ids.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import { Workspace } from '../workspace/workspace.ts';
import { branchFor } from './branch-names.ts';
import { git } from './git.ts';
import type { HeldTask } from './held-task.ts';
import type { BranchPlace } from './work-so-far.ts';
import { beginningOf, joinParts, keptRef } from './work-so-far.ts';

export interface TaskTree {
  readonly taskId: TaskId;
  readonly token: Seq;
  readonly folder: string;
  readonly branch: string;
  /** What its change is a change of. */
  readonly base: CommitHash;
  /** What its parts came to with what was done of it before, and stands in it as well; null: it has none. */
  readonly parts: CommitHash | null;
  /** Where both sides stand in it, between markers. */
  readonly conflicts: readonly string[];
  /** Its files under locks. */
  readonly files: Workspace;
  readonly committed: Set<CommitHash>;
  /** Commits that don't fit what its parts did meanwhile, with the files in which. */
  readonly unfit: Map<CommitHash, readonly string[]>;
}

export interface TreePlace extends BranchPlace {
  readonly companyId: CompanyId;
  readonly coordinator: CompanyCoordinator;
  /** Holds all worktrees of the company. */
  readonly folder: string;
}

/**
 * @param token of the lease that it is for
 * @throws CoordError `WORKSPACE_UNUSABLE`
 */
export async function makeTree(place: TreePlace, held: HeldTask, token: Seq): Promise<TaskTree> {
  const { companyId, coordinator, repository } = place;
  const { task, origin, judged } = held;
  await repository.ready();
  // A review looks at what is handed in; where that changed nothing, at the branch that it would come into.
  const isThere = judged !== null && (await repository.commitOf(judged)) !== null;
  const base = isThere ? judged : await beginningOf(place, origin);
  const kept = await repository.commitOf(keptRef(task.id));
  const joined = await joinParts(repository, kept ?? base, origin.parts, 'mark');
  const start = await repository.mergeTrees(base, joined.commit);
  const isReview = task.kind === 'review';
  const branch =
    task.epicId === null && task.partOf === null
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
  const conflicts = [...new Set([...joined.conflicts, ...start.conflicts])];
  const parts = origin.parts.length > 0 ? joined.commit : null;
  const made = { taskId: task.id, token, folder, branch, base, parts, conflicts, files };
  return { ...made, committed: new Set(), unfit: new Map() };
}
