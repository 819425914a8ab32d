/** Merges the changes whose gates are open, one after the other, or sends them back to their authors with the conflict. */
import { CoordError } from '../../core/error.ts';
import type { CommitHash, TaskId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import { unmergedTasks } from '../../core/task/delivered.ts';
import { headOf } from '../../core/task/merge.ts';
import type { Task, TreeChange } from '../../core/task/task.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';
import { branchFor } from './branch-names.ts';
import type { Repository } from './repository.ts';

export interface MergePlace {
  readonly repository: Repository;
  /** What people work in: the branches are shown there. */
  readonly workspace: string;
  readonly coordinator: Pick<CompanyCoordinator, 'actOn' | 'execute' | 'now' | 'host'>;
  readonly onFault: (error: unknown) => void;
}

interface Due {
  readonly task: Task;
  readonly change: TreeChange;
  readonly title: string;
  readonly author: string;
  readonly head: CommitHash | null;
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
    const epic = task.epicId === null ? undefined : state.epics.get(task.epicId);
    return {
      task,
      change,
      title: epic?.title ?? task.title,
      author: state.members.get(submission.memberId)?.name ?? submission.memberId,
      head: headOf(state, task),
    };
  }
  return null;
}

async function mergeOne(
  { repository, workspace, coordinator, onFault }: MergePlace,
  due: Due,
): Promise<void> {
  const { task, change, title, author, head: onto } = due;
  const { commit } = change;
  await repository.ready();
  const branch = await branchFor(repository, { id: task.epicId ?? task.id, title });
  const ref = `refs/heads/${branch}`;
  const ours = task.epicId === null ? change.base : (onto ?? (await repository.commitOf(ref)) ?? change.base);
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
  const words = {
    author,
    email: `${task.submission?.memberId}@agentcoord.invalid`,
    at: coordinator.now(),
    message: `Merge "${task.title}"\n\nTask: ${task.id}\n`,
  };
  const isAhead = await repository.contains(commit, ours);
  const head = isAhead ? commit : await repository.commit(tree, [ours, commit], words);
  const paths = (await repository.changed(change.base, commit)).map(({ path }) => path);
  await coordinator.execute(host, { type: 'task.merge', taskId: task.id, commit, onto, head, paths });
  await repository.setRef(ref, head);
  await repository.publish(workspace, branch).catch(onFault);
}
