/** Decides what becomes of a change whose gates are open: it is merged into the branch of its epic, or goes back to its author. */
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { CommitHash } from '../ids.ts';
import { lockOn } from '../lock/acquire.ts';
import { pathOf } from '../lock/path-scope.ts';
import { requireTask } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import { isUnmerged } from './delivered.ts';
import type { Submission, Task, TreeChange } from './task.ts';
import type { TaskEvent } from './task-events.ts';

interface Unmerged {
  readonly task: Task;
  readonly submission: Submission & { readonly change: TreeChange };
}

/**
 * The merge is prepared by then: what stands in `head` is what the branch was and the change.
 * @throws CoordError `LOCK_HELD` - somebody has a file locked that it changes; `WRONG_STATE` - the branch or the task moved
 */
export function decideMerge(
  state: CompanyState,
  { taskId, commit, onto, head, paths }: CommandOf<'task.merge'>,
  { now, host }: Context,
): TaskEvent[] {
  const { task } = requireUnmerged(state, taskId, commit);
  requireHead(state, task, onto);
  for (const path of paths) {
    const lock = lockOn(state, pathOf(path), now, host);
    if (!lock) continue;
    const name = state.members.get(lock.holder.memberId)?.name ?? lock.holder.memberId;
    throw new CoordError(
      'LOCK_HELD',
      `"${task.title}" is not merged yet: it changes “${path}”, and ${name} has “${lock.scope}” locked (${lock.intent})`,
      { taskId, path, lockId: lock.id, holder: name },
    );
  }
  return [{ type: 'task.merged', taskId, merge: { commit, head } }];
}

/** @throws CoordError `WRONG_STATE` - the branch or the task moved meanwhile */
export function decideReportConflict(
  state: CompanyState,
  { taskId, commit, onto, paths }: CommandOf<'task.report_conflict'>,
  { now }: Context,
): TaskEvent[] {
  const { task, submission } = requireUnmerged(state, taskId, commit);
  requireHead(state, task, onto);
  const shown = paths.slice(0, 20).join(', ');
  const more = paths.length > 20 ? ` and ${paths.length - 20} more` : '';
  const note = {
    gateId: null,
    gateName: 'merge',
    by: null,
    note:
      `It conflicts with what was merged meanwhile, in ${shown}${more}. ` +
      'The next attempt finds both sides in these files, between conflict markers: make one of them, and hand it in again',
    at: now,
    artifactHash: submission.hash,
    unanswered: false,
  };
  return [{ type: 'task.conflicted', taskId, note }];
}

/** The branch of the epic as its host left it; null: nothing was merged into it yet. */
export function headOf(state: CompanyState, { epicId }: Pick<Task, 'epicId'>): CommitHash | null {
  return (epicId === null ? undefined : state.epics.get(epicId))?.head ?? null;
}

function requireUnmerged(state: CompanyState, taskId: Task['id'], commit: CommitHash): Unmerged {
  const task = requireTask(state, taskId);
  const { submission } = task;
  const change = submission?.change;
  if (submission && change?.commit === commit && isUnmerged(task)) {
    return { task, submission: { ...submission, change } };
  }
  throw new CoordError(
    'WRONG_STATE',
    `"${task.title}" can't be merged: it is ${task.state}, and ${commit} is not what waits to be merged`,
    { taskId, commit },
  );
}

function requireHead(state: CompanyState, task: Task, onto: CommitHash | null): void {
  const head = headOf(state, task);
  if (head === onto) return;
  throw new CoordError(
    'WRONG_STATE',
    `"${task.title}" can't be merged onto ${onto ?? 'nothing'}: the branch is at ${head ?? 'its beginning'} by now`,
    { taskId: task.id, onto, head },
  );
}
