/** What follows from what happened to a task. */
import type { Context } from '../context.ts';
import { settleEpic } from '../epic/blockers.ts';
import { isFinished } from '../epic/progress.ts';
import type { CompanyEvent } from '../event.ts';
import { askGatesAfter, askGatesBefore, gatesOf } from '../gate/ask.ts';
import { withdrawAround } from '../gate/rework.ts';
import type { CompanyState } from '../state.ts';
import { isUnmerged } from './delivered.ts';
import { holdBack, takeBackDependents } from './hold-back.ts';
import { inOrder } from './in-order.ts';
import { loopByRejection } from './loop.ts';
import { cancelAround, goOnWithWhole } from './parts.ts';
import { answerBy, isParked } from './questions.ts';
import type { Task } from './task.ts';
import type { TaskEvent } from './task-events.ts';

export function taskConsequences(state: CompanyState, event: TaskEvent, context: Context): CompanyEvent[] {
  const task = state.tasks.get(event.type === 'task.created' ? event.task.id : event.taskId);
  if (!task) return [];
  switch (event.type) {
    case 'task.claimed':
      return startEpic(state, task);
    case 'task.readied':
      return [...settleFirst(state, task), ...holdBack(state, task, context)];
    case 'task.released':
      return holdBack(state, task, context);
    case 'task.held':
      return askGatesBefore(state, task, context);
    case 'task.submitted':
      return askGatesAfter(state, task, context);
    case 'task.done':
      return goOn(state, task, context);
    case 'task.failed':
      return [...settleEpic(state, task.epicId), ...tellAsker(state, task)];
    case 'task.retried':
      return [...settleEpic(state, task.epicId), ...holdBack(state, task, context)];
    case 'task.merged':
      return goOn(state, task, context);
    case 'task.sent_back':
    case 'task.conflicted':
      return sendBackAround(state, task, context);
    case 'task.cancelled':
      return [...cancelWith(state, task), ...cancelAround(state, task), ...tellAsker(state, task)];
    case 'task.assigned':
      return freeOfBudget(task);
    case 'task.answered':
      return goOnAnswered(task);
    case 'task.returned':
      return [...takeBackDependents(state, task), ...holdBack(state, task, context)];
    case 'task.created':
    case 'task.asked':
    case 'task.divided':
    case 'task.parts_awaited':
    case 'task.lease_renewed':
    case 'task.attempt_failed':
    case 'task.budget_awaited':
    case 'task.prioritized':
      return [];
  }
}

function startEpic(state: CompanyState, task: Task): CompanyEvent[] {
  if (task.epicId === null || task.kind !== 'step') return [];
  const isFirst = state.epics.get(task.epicId)?.state === 'pending';
  return isFirst ? [{ type: 'epic.started', epicId: task.epicId }] : [];
}

/** From now on nobody can revise the text that another story's gate turned down. */
function settleFirst(state: CompanyState, { epicId, dependsOn, gatesBefore }: Task): CompanyEvent[] {
  const isFirst = dependsOn.length === 0 && gatesBefore.length > 0;
  const epic = isFirst && epicId !== null ? state.epics.get(epicId) : undefined;
  return epic?.state === 'blocked' ? settleEpic(state, epic.id) : [];
}

/** It was the answer to a question, or a part of something. */
function tellAsker(state: CompanyState, task: Task): CompanyEvent[] {
  return [...answerBy(state, task), ...goOnWithWhole(state, task)];
}

function goOnAnswered(task: Task): CompanyEvent[] {
  const goesOn = task.state === 'blocked' && !isParked(task);
  return goesOn ? [{ type: 'task.readied', taskId: task.id }] : [];
}

/** It waited for the budget of another member. */
function freeOfBudget({ id, awaitsBudget, assigneeId }: Task): CompanyEvent[] {
  const isOver = awaitsBudget !== null && awaitsBudget.memberId !== assigneeId;
  return isOver ? [{ type: 'task.readied', taskId: id }] : [];
}

/** Nobody begins with a result that is being reworked, and whoever did stops. */
function sendBackAround(state: CompanyState, task: Task, context: Context): CompanyEvent[] {
  const around = [...takeBackDependents(state, task), ...withdrawAround(state, task)];
  const failed = failIfLooping(state, task);
  return [...around, ...(failed.length > 0 ? failed : holdBack(state, task, context))];
}

function failIfLooping(state: CompanyState, task: Task): CompanyEvent[] {
  const reason = loopByRejection(state, task);
  return reason ? [{ type: 'task.failed', taskId: task.id, outcome: 'failed', reason }] : [];
}

/** The tasks that waited for it may go on; the epic is completed with its last step. */
function goOn(state: CompanyState, task: Task, context: Context): CompanyEvent[] {
  if (task.kind === 'review' || isUnmerged(task)) return [];
  const next = state.index.dependents
    .of(task.id)
    .sort(inOrder)
    .flatMap((dependent) => askGatesBefore(state, dependent, context));
  const isLast = task.epicId !== null && isFinished(state, task.epicId);
  const around = [...next, ...tellAsker(state, task)];
  return isLast ? [{ type: 'epic.completed', epicId: task.epicId }, ...around] : around;
}

/** An epic that is cancelled as a whole cancels its gates itself; a review matters to it only if it had failed. */
function cancelWith(state: CompanyState, task: Task): CompanyEvent[] {
  const epic = task.epicId && state.epics.get(task.epicId);
  if (!epic || epic.state === 'cancelled') return [];
  if (task.kind === 'review') return epic.state === 'blocked' ? settleEpic(state, epic.id) : [];
  const gates = gatesOf(state, [...task.gatesBefore, ...task.gatesAfter])
    .filter((gate) => gate.state !== 'open' && gate.state !== 'cancelled')
    .map((gate): CompanyEvent => ({ type: 'gate.cancelled', gateId: gate.id }));
  return [...settleEpic(state, epic.id), ...gates];
}
