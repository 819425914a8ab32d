/** What ended long ago leaves the state, so that a company does not slow down with its age: its log has it all. */
import { foldUsage } from './budget/usage.ts';
import type { DueIndex } from './due-index.ts';
import { endOfSingle } from './ended.ts';
import type { Epic } from './epic/epic.ts';
import type { Gate } from './gate/gate.ts';
import type { EpicId, TaskId } from './ids.ts';
import type { CompanyState } from './state.ts';
import type { Task } from './task/task.ts';
import { isOver } from './task/task-state.ts';

/** How much of what has ended stays; the newest of it. */
export interface Kept {
  /** Tasks that are done or cancelled: single ones, and those of epics that have ended. */
  readonly tasks: number;
  /** Approvals outside workflows. */
  readonly approvals: number;
  readonly workers: number;
  /** Threads of the board that are resolved. */
  readonly threads: number;
  /** Hosts that were lost or have left. */
  readonly hosts: number;
  /** Conflicts that are resolved. */
  readonly conflicts: number;
}

const kept: Kept = {
  tasks: 3_000,
  approvals: 1_000,
  workers: 1_000,
  threads: 5_000,
  hosts: 1_000,
  conflicts: 1_000,
};

/**
 * Called with every event that is folded: whoever folds the same events forgets the same.
 * @param instead of what is kept usually
 */
export function forgetOldest(state: CompanyState, instead: Partial<Kept> | null = null): void {
  const { tasks, approvals, workers, threads, hosts, conflicts } = instead ? { ...kept, ...instead } : kept;
  const { tasksByState, endedApprovals, endedWorkers, endedThreads, goneHosts, endedConflicts } = state.index;
  while (tasksByState.get('done').size + tasksByState.get('cancelled').size > tasks) {
    if (!forgetOldestWork(state)) break;
  }
  if (endedApprovals.size > approvals) forgetApproval(state, first(endedApprovals, isNeeded.approval(state)));
  if (endedWorkers.size > workers) {
    const oldest = first(endedWorkers, () => false);
    if (oldest) state.workers.delete(oldest.id);
  }
  if (endedThreads.size > threads) {
    const oldest = first(endedThreads, () => false);
    if (oldest) state.threads.delete(oldest.id);
  }
  if (goneHosts.size > hosts) {
    const oldest = first(goneHosts, () => false);
    if (oldest) state.hosts.delete(oldest.id);
  }
  if (endedConflicts.size > conflicts) {
    const oldest = first(endedConflicts, () => false);
    if (oldest) state.conflicts.delete(oldest.id);
  }
}

/** The oldest epic or single task that nothing waits for. @returns whether there was one */
function forgetOldestWork(state: CompanyState): boolean {
  const epic = first(state.index.endedEpics, isNeeded.epic(state));
  const task = first(state.index.endedSingles, isNeeded.task(state));
  const taskEnd = task ? endOfSingle(task) : null;
  if (task && (epic?.endedAt == null || (taskEnd !== null && taskEnd < epic.endedAt)))
    forgetTask(state, task.id);
  else if (epic) forgetEpic(state, epic.id);
  return Boolean(epic ?? task);
}

function forgetTask(state: CompanyState, id: TaskId): void {
  state.tasks.delete(id);
  foldUsage(state, id);
}

function forgetEpic(state: CompanyState, id: EpicId): void {
  for (const task of [...state.index.tasksByEpic.get(id)]) forgetTask(state, task.id);
  for (const gate of [...state.index.gatesByEpic.get(id)]) state.gates.delete(gate.id);
  for (const story of [...state.stories.values()]) if (story.epicId === id) state.stories.delete(story.id);
  state.accounts.delete(id);
  state.epics.delete(id);
}

function forgetApproval(state: CompanyState, gate: Gate | undefined): void {
  if (!gate) return;
  for (const review of [...state.index.reviewsByGate.get(gate.id)]) forgetTask(state, review.id);
  state.gates.delete(gate.id);
}

/** Whether something that goes on, or can be retried, still looks at it. */
const isNeeded = {
  task: (state: CompanyState) => (task: Task) =>
    !isOver(task) ||
    state.index.dependents.some(task.id, (dependent) => mayGoOn(dependent)) ||
    [task.partOf, task.answers].some((id) => id !== null && isGoingOn(state, id)),
  // Nothing of an epic that has ended goes on; only what is not part of it can.
  epic: (state: CompanyState) => (epic: Epic) =>
    [...state.index.tasksByEpic.get(epic.id)].some((task) =>
      state.index.dependents.some(task.id, (dependent) => dependent.epicId !== epic.id && mayGoOn(dependent)),
    ),
  approval: (state: CompanyState) => (gate: Gate) =>
    [...state.index.reviewsByGate.get(gate.id)].some(isNeeded.task(state)),
};

function isGoingOn(state: CompanyState, id: TaskId): boolean {
  const task = state.tasks.get(id);
  return task !== undefined && mayGoOn(task);
}

function mayGoOn({ state }: Task): boolean {
  return state !== 'done' && state !== 'cancelled';
}

function first<Row extends { readonly id: string }>(
  rows: DueIndex<Row>,
  isNeeded: (row: Row) => boolean,
): Row | undefined {
  return rows.find((row) => !isNeeded(row));
}
