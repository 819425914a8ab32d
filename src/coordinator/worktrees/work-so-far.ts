/** The branch of people or of an epic from which a tree begins, and what parts of a task add to it. */
import { CoordError } from '../../core/error.ts';
import type { CommitHash, TaskId } from '../../core/ids.ts';
import { branchFor } from './branch-names.ts';
import type { MergedPart, Origin } from './held-task.ts';
import type { Repository } from './repository.ts';

export interface BranchPlace {
  readonly repository: Repository;
  /** The git repository that people work in. */
  readonly workspace: string;
}

export interface Joined {
  readonly commit: CommitHash;
  /** The files of parts that do not fit; they have markers there, if that was asked for. */
  readonly conflicts: readonly string[];
}

/** What the last attempt of a task committed, whatever becomes of its branch. */
export const keptRef = (taskId: TaskId): string => `refs/agentcoord/kept/${taskId}`;

/**
 * The work on what it belongs to; else the branch of its epic. A new one begins from what people have checked out.
 * @throws CoordError `WORKSPACE_UNUSABLE`
 */
export async function beginningOf(place: BranchPlace, origin: Origin): Promise<CommitHash> {
  if (origin.above) return (await workOn(place, origin.above)).commit;
  const { repository, workspace } = place;
  const { task, title, head } = origin;
  if (task.epicId === null) return repository.fetchBase(workspace);
  const ref = `refs/heads/${await branchFor(repository, { id: task.epicId, title })}`;
  if (head === null) {
    const begun = await repository.commitOf(ref);
    if (begun) return begun;
    const base = await repository.fetchBase(workspace);
    await repository.setRef(ref, base);
    return base;
  }
  if ((await repository.commitOf(head)) === null) throw elsewhere(task.title, head);
  // The log says where the branch is, whoever moved the ref.
  await repository.setRef(ref, head);
  return head;
}

/**
 * What has been done of a task by now, by whoever holds it and in its parts: where a part of it begins, and what a part
 * has to fit.
 */
export async function workOn(place: BranchPlace, origin: Origin): Promise<Joined> {
  const { repository } = place;
  const own = await repository.commitOf(keptRef(origin.task.id));
  return joinParts(repository, own ?? (await beginningOf(place, origin)), origin.parts, 'leave out');
}

/** The same work in the same order is the same commit, whenever it is asked for. */
export async function joinParts(
  repository: Repository,
  start: CommitHash,
  parts: readonly MergedPart[],
  unfit: 'leave out' | 'mark',
): Promise<Joined> {
  let commit = start;
  const conflicts: string[] = [];
  for (const part of parts) {
    if (await repository.contains(commit, part.commit)) continue;
    const merged = await repository.mergeTrees(commit, part.commit);
    conflicts.push(...merged.conflicts);
    if (merged.conflicts.length > 0 && unfit === 'leave out') continue;
    commit = (await repository.contains(part.commit, commit))
      ? part.commit
      : await repository.commit(merged.tree, [commit, part.commit], mergeWords(part));
  }
  return { commit, conflicts: [...new Set(conflicts)] };
}

export function mergeWords({ title, taskId, memberId, author, at }: Omit<MergedPart, 'commit'>) {
  const email = `${memberId}@agentcoord.invalid`;
  return { author, email, at, message: `Merge "${title}"\n\nTask: ${taskId}\n` };
}

function elsewhere(title: string, head: CommitHash): CoordError {
  return new CoordError(
    'WORKSPACE_UNUSABLE',
    `"${title}" can't get a worktree here: the branch of its epic is at ${head}, which another host merged and this one does ` +
      'not have. Let the workers of a company with worktrees run on one host (`serve --workers 0` on the others)',
    { head },
  );
}
