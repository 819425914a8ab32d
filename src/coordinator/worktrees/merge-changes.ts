/** Merges the changes whose gates are open, one after the other, or sends them back to their authors with the conflict. */
import { CoordError } from '../../core/error.ts';
import type { CommitHash, MemberId, TaskId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import { unmergedTasks } from '../../core/task/delivered.ts';
import type { Task, TreeChange } from '../../core/task/task.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import { branchFor } from './branch-names.ts';
import type { Origin } from './held-task.ts';
import { originOf } from './held-task.ts';
import type { BranchPlace } from './work-so-far.ts';
import { mergeWords, workOn } from './work-so-far.ts';

export interface MergePlace extends BranchPlace {
  readonly coordinator: Pick<CompanyCoordinator, 'actOn' | 'execute' | 'now' | 'host'>;
  readonly onFault: (error: unknown) => void;
}

interface Due {
  readonly task: Task;
  readonly change: TreeChange;
  readonly memberId: MemberId;
  readonly author: string;
  readonly origin: Origin;
}

/** @returns whether something waits for a lock, or could not be merged now: it is to be tried again */
export async function mergeChanges(place: MergePlace): Promise<boolean> {
  const { coordinator, onFault } = place;
  const tried = new Set<TaskId>();
  let waits = false;
  for (;;) {
    const due = await coordinator.actOn((state) => nextDue(state, coordinator.host, tried));
    if (!due) return waits;
    tried.add(due.task.id);
    try {
      await mergeOne(place, due);
    } catch (error) {
      waits = true;
      // A lock is somebody's work, and a branch that moved is looked at again.
      const isPassing = error instanceof CoordError && ['LOCK_HELD', 'WRONG_STATE'].includes(error.code);
      if (!isPassing) onFault(error);
    }
  }
}

function nextDue(state: CompanyState, host: TreeChange['hostId'], tried: ReadonlySet<TaskId>): Due | null {
  for (const task of unmergedTasks(state)) {
    const { submission } = task;
    const change = submission?.change;
    if (!change || change.hostId !== host || tried.has(task.id)) continue;
    const { memberId } = submission;
    const author = state.members.get(memberId)?.name ?? memberId;
    return { task, change, memberId, author, origin: originOf(state, task) };
  }
  return null;
}

async function mergeOne(place: MergePlace, due: Due): Promise<void> {
  const { repository, workspace, coordinator, onFault } = place;
  const { task, change, origin } = due;
  const { commit } = change;
  const onto = origin.head;
  await repository.ready();
  // A part has to fit the work on the whole, and comes into the branch with it.
  const isPart = task.partOf !== null && origin.above !== null;
  const branch = isPart
    ? null
    : await branchFor(repository, { id: task.epicId ?? task.id, title: origin.title });
  const ours = await oursFor(place, due, branch);
  const host = { kind: 'host' } as const;
  const { tree, conflicts } = await repository.mergeTrees(ours, commit);
  if (conflicts.length > 0) {
    await coordinator.execute(host, {
      type: 'task.report_conflict',
      taskId: task.id,
      commit,
      onto,
      paths: [...conflicts],
    });
    return;
  }
  const { title, id: taskId } = task;
  const words = mergeWords({
    title,
    taskId,
    memberId: due.memberId,
    author: due.author,
    at: coordinator.now(),
  });
  const isAhead = await repository.contains(commit, ours);
  const head = isAhead ? commit : await repository.commit(tree, [ours, commit], words);
  const paths = (await repository.changed(change.base, commit)).map(({ path }) => path);
  await coordinator.execute(host, { type: 'task.merge', taskId, commit, onto, head, paths });
  if (branch === null) return;
  await repository.setRef(`refs/heads/${branch}`, head);
  await repository.publish(workspace, branch).catch(onFault);
}

/** @param branch null: it is a part, and comes into no branch by itself */
async function oursFor(
  place: MergePlace,
  { task, change, origin }: Due,
  branch: string | null,
): Promise<CommitHash> {
  if (branch === null && origin.above) return (await workOn(place, origin.above)).commit;
  if (task.epicId === null) return change.base;
  return origin.head ?? (await place.repository.commitOf(`refs/heads/${branch}`)) ?? change.base;
}
