/** Folds what happened to a task. */
import type { StoredEvent } from '../event.ts';
import { claimedAt } from '../host/claimed-at.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import type { Attempt, AttemptOutcome, Task } from './task.ts';
import type { TaskEvent } from './task-events.ts';

type Stamp = Pick<StoredEvent, 'seq' | 'at'>;

export function evolveTask(state: CompanyState, event: TaskEvent, stamp: Stamp): void {
  if (event.type === 'task.created') {
    state.tasks.put({
      ...event.task,
      state: event.isReady ? 'ready' : 'blocked',
      readyAt: event.isReady ? stamp.at : null,
      lease: null,
      attempts: [],
      failures: 0,
      failedBecause: null,
      forgiven: { attempts: 0, notes: 0 },
      retryAt: null,
      awaitsBudget: null,
      notes: [],
      questions: [],
      answers: null,
      partOf: null,
      parts: [],
      awaitsParts: false,
      returns: [],
      submission: null,
      createdAt: stamp.at,
      home: event.home,
      order: stamp.seq,
    });
    return;
  }
  const task = state.tasks.get(event.taskId);
  if (!task) return;
  state.tasks.put(changedBy(state, event, task, stamp));
  const epic = event.type === 'task.merged' && task.epicId !== null && state.epics.get(task.epicId);
  if (epic) state.epics.put({ ...epic, head: event.merge.head });
  for (const other of tiedBy(state, event)) state.tasks.put(other);
}

/** The other tasks that have to do with it from now on. */
function tiedBy(state: CompanyState, event: TaskEvent): Task[] {
  if (event.type === 'task.divided') {
    const parts = event.parts.flatMap((id) => state.tasks.get(id) ?? []);
    return parts.map((part) => ({ ...part, partOf: event.taskId }));
  }
  const answering = event.type === 'task.asked' && event.question.taskId;
  const task = answering ? state.tasks.get(answering) : undefined;
  return task && event.type === 'task.asked' ? [{ ...task, answers: event.taskId }] : [];
}

function changedBy(
  state: CompanyState,
  event: Exclude<TaskEvent, { type: 'task.created' }>,
  task: Task,
  { seq, at }: Stamp,
): Task {
  switch (event.type) {
    case 'task.readied':
      return { ...task, state: 'ready', readyAt: at, retryAt: null, awaitsBudget: null, awaitsParts: false };
    case 'task.held':
      return { ...task, state: 'blocked', readyAt: null };
    case 'task.claimed': {
      const { memberId, workerId, until, token = seq } = event;
      const number = task.attempts.length + 1;
      const attempt = {
        number,
        memberId,
        workerId,
        startedAt: at,
        endedAt: null,
        outcome: null,
        reason: null,
      };
      return {
        ...task,
        state: 'leased',
        readyAt: null,
        assigneeId: memberId,
        lease: { memberId, workerId, hostId: claimedAt(state, event), token, until },
        attempts: [...task.attempts, attempt],
      };
    }
    case 'task.lease_renewed':
      return task.lease ? { ...task, lease: { ...task.lease, until: event.until } } : task;
    case 'task.submitted':
      return {
        ...task,
        state: 'awaiting_gate',
        lease: null,
        attempts: ended(task.attempts, 'submitted', null, at),
        failures: 0,
        submission: event.submission,
      };
    case 'task.done':
      return {
        ...task,
        state: 'done',
        lease: null,
        attempts: ended(task.attempts, 'submitted', null, at),
        failures: 0,
        submission: event.submission ?? task.submission,
      };
    case 'task.attempt_failed':
      return {
        ...task,
        state: 'blocked',
        lease: null,
        attempts: ended(task.attempts, event.outcome, event.reason, at),
        failures: task.failures + 1,
        retryAt: event.retryAt,
      };
    case 'task.failed':
      return {
        ...task,
        state: 'failed',
        readyAt: null,
        lease: null,
        attempts: ended(task.attempts, event.outcome, event.reason, at),
        failures: task.lease ? task.failures + 1 : task.failures,
        failedBecause: event.reason,
      };
    case 'task.released':
      return {
        ...task,
        state: 'ready',
        readyAt: at,
        lease: null,
        attempts: ended(task.attempts, 'released', event.reason, at),
      };
    case 'task.budget_awaited':
      return {
        ...task,
        state: 'blocked',
        readyAt: null,
        lease: null,
        attempts: ended(task.attempts, 'released', event.reason, at),
        awaitsBudget: event.awaits,
      };
    case 'task.merged':
      return { ...task, merge: event.merge };
    case 'task.asked': {
      const { to, text, taskId } = event.question;
      const number = task.questions.length + 1;
      const by = task.lease?.memberId ?? task.assigneeId ?? to;
      return {
        ...parked(task, `asked: ${text}`, at),
        questions: [...task.questions, { number, by, to, text, at, taskId, answer: null }],
      };
    }
    case 'task.answered':
      return {
        ...task,
        questions: task.questions.map((question) =>
          question.number === event.number ? { ...question, answer: { ...event.answer, at } } : question,
        ),
      };
    case 'task.divided':
      return { ...task, parts: [...task.parts, ...event.parts] };
    case 'task.parts_awaited':
      return { ...parked(task, 'waits for its parts', at), awaitsParts: true };
    case 'task.returned':
      return {
        ...task,
        state: 'ready',
        readyAt: at,
        reserved: task.assigneeId !== null,
        returns: [...task.returns, { ...event.note, at }],
      };
    case 'task.sent_back':
    case 'task.conflicted':
      return {
        ...task,
        state: 'ready',
        readyAt: at,
        reserved: task.assigneeId !== null,
        notes: [...task.notes, event.note],
      };
    case 'task.retried':
      return {
        ...task,
        state: 'ready',
        readyAt: at,
        failures: 0,
        failedBecause: null,
        forgiven: { attempts: task.attempts.length, notes: task.notes.length },
        retryAt: null,
      };
    case 'task.assigned':
      return {
        ...task,
        assigneeId: event.memberId,
        reserved: event.memberId !== null,
        // The one it is assigned to now is called anew.
        readyAt: task.readyAt !== null && event.memberId !== null ? at : task.readyAt,
      };
    case 'task.prioritized':
      return { ...task, priority: event.priority };
    case 'task.cancelled':
      return {
        ...task,
        awaitsBudget: null,
        awaitsParts: false,
        state: 'cancelled',
        readyAt: null,
        lease: null,
        retryAt: null,
        attempts: ended(task.attempts, 'cancelled', event.reason, at),
      };
  }
}

/** Given back until something is there; then it is kept for whoever worked on it. */
function parked(task: Task, reason: string, at: EpochMs): Task {
  return {
    ...task,
    state: 'blocked',
    readyAt: null,
    lease: null,
    reserved: task.assigneeId !== null,
    attempts: ended(task.attempts, 'released', reason.slice(0, 2_000), at),
  };
}

/** Closes the attempt that runs, if one does. */
function ended(
  attempts: readonly Attempt[],
  outcome: AttemptOutcome,
  reason: string | null,
  endedAt: EpochMs,
): readonly Attempt[] {
  const last = attempts.at(-1);
  if (!last || last.endedAt !== null) return attempts;
  return [...attempts.slice(0, -1), { ...last, endedAt, outcome, reason }];
}
