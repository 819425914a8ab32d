/** Where the time of an epic went: for each task what it waited for, each attempt at it, and its gates; and which tasks set the pace. Pure. */
import type { EpicId, TaskId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import type { Attempt, Task } from '../../../core/task/task.ts';
import type { EpochMs } from '../../../core/units.ts';

export type SegmentKind =
  /** It could be taken, and nobody had. */
  | 'queue'
  | 'work'
  /** An attempt that came to nothing. */
  | 'failed'
  /** Between an attempt that failed and the next one. */
  | 'retry'
  /** Somebody has to sign. */
  | 'gate';

export interface Segment {
  readonly kind: SegmentKind;
  readonly from: EpochMs;
  /** Of what is not over: now. */
  readonly to: EpochMs;
  readonly isOpen: boolean;
  /** Of an attempt. */
  readonly attempt: Attempt | null;
}

export interface TimelineRow {
  readonly task: Task;
  readonly segments: readonly Segment[];
  /** Had it been quicker, the epic would have been, or would be, too. */
  readonly isCritical: boolean;
}

export interface EpicTimeline {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly rows: readonly TimelineRow[];
  /** In ms, over all tasks; what several did at once counts for each. */
  readonly sums: Readonly<Record<SegmentKind, number>>;
}

/** @returns null when there is no such epic */
export function epicTimeline(state: CompanyState, epicId: EpicId, now: EpochMs): EpicTimeline | null {
  const epic = state.epics.get(epicId);
  if (!epic) return null;
  const tasks = [...state.index.tasksByEpic.get(epicId)]
    .filter(({ kind }) => kind === 'step')
    .sort((a, b) => a.order - b.order);
  const critical = criticalPath(state, tasks, now);
  const rows = tasks.map((task) => ({
    task,
    segments: segmentsOf(state, task, now),
    isCritical: critical.has(task.id),
  }));
  const sums = { queue: 0, work: 0, failed: 0, retry: 0, gate: 0 };
  for (const { segments } of rows) for (const { kind, from, to } of segments) sums[kind] += to - from;
  const to = (epic.endedAt ?? Math.max(now, epic.createdAt)) as EpochMs;
  return { from: epic.createdAt, to, rows, sums };
}

function segmentsOf(state: CompanyState, task: Task, now: EpochMs): Segment[] {
  const segments: Segment[] = [];
  const add = (kind: SegmentKind, from: EpochMs, to: EpochMs | null, attempt: Attempt | null = null) => {
    const end = (to ?? Math.max(now, from)) as EpochMs;
    if (end > from || to === null) segments.push({ kind, from, to: end, isOpen: to === null, attempt });
  };
  const isWaiting = task.state === 'ready' || task.state === 'blocked';
  let since = freeAt(state, task);
  if (since === null) return segments;
  const before = openedAt(state, task.gatesBefore);
  if (task.gatesBefore.length > 0) {
    add('gate', since, before);
    if (before === null) return segments;
    since = Math.max(since, before) as EpochMs;
  }
  let wait: SegmentKind = 'queue';
  for (const attempt of task.attempts) {
    add(wait, since, attempt.startedAt);
    const { endedAt, outcome } = attempt;
    add(outcome === null || outcome === 'submitted' ? 'work' : 'failed', attempt.startedAt, endedAt, attempt);
    if (endedAt === null) return segments;
    since = endedAt;
    wait = outcome === 'failed' || outcome === 'expired' ? 'retry' : 'queue';
    if (outcome !== 'submitted' || task.gatesAfter.length === 0) continue;
    const judged = judgedAt(state, task, endedAt);
    add('gate', endedAt, judged);
    if (judged === null) return segments;
    since = judged;
  }
  if (isWaiting) add(task.retryAt === null ? wait : 'retry', since, null);
  return segments;
}

/** When everything that it builds on was there; null: not yet. */
function freeAt(state: CompanyState, task: Task): EpochMs | null {
  let free = task.createdAt;
  for (const id of task.dependsOn) {
    const before = state.tasks.get(id);
    // What the state has let go of ended long ago.
    const done = before ? doneAt(state, before) : free;
    if (done === null) return null;
    free = Math.max(free, done) as EpochMs;
  }
  return free;
}

function doneAt(state: CompanyState, task: Task): EpochMs | null {
  if (task.state !== 'done') return null;
  const handedIn = task.attempts.at(-1)?.endedAt ?? task.createdAt;
  return Math.max(handedIn, openedAt(state, task.gatesAfter) ?? handedIn) as EpochMs;
}

/** When the last of the gates opened; null: one of them has not. */
function openedAt(state: CompanyState, gates: Task['gatesAfter']): EpochMs | null {
  let last = 0;
  for (const id of gates) {
    const at = state.gates.get(id)?.openedAt ?? null;
    if (at === null) return null;
    last = Math.max(last, at);
  }
  return last as EpochMs;
}

/** When what was handed in then was sent back or let through; null: it still waits. */
function judgedAt(state: CompanyState, task: Task, handedIn: EpochMs): EpochMs | null {
  const sentBack = task.notes.find(({ at }) => at >= handedIn)?.at;
  if (sentBack !== undefined) return sentBack;
  const opened = openedAt(state, task.gatesAfter);
  return opened === null ? null : (Math.max(opened, handedIn) as EpochMs);
}

/** Back from what ended last, or from what goes on now, each time to the last of those that it had to wait for. */
function criticalPath(state: CompanyState, tasks: readonly Task[], now: EpochMs): ReadonlySet<TaskId> {
  const endOf = (task: Task) => doneAt(state, task) ?? (freeAt(state, task) === null ? -1 : now + task.order);
  const lastOf = (some: readonly Task[]) =>
    some.reduce<Task | null>(
      (last, task) => (last === null || endOf(task) > endOf(last) ? task : last),
      null,
    );
  const path = new Set<TaskId>();
  let task = lastOf(tasks.filter((one) => one.state !== 'cancelled' && endOf(one) >= 0));
  while (task && !path.has(task.id)) {
    path.add(task.id);
    task = lastOf(task.dependsOn.flatMap((id) => state.tasks.get(id) ?? []));
  }
  return path;
}
