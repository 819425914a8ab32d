/** Which entities an event changes: what two hosts may not change at the same time; and which it was decided on. */

import { directKey } from './board/board.ts';
import { accountIdOf } from './budget/budget.ts';
import { scopesOf } from './budget/room.ts';
import type { CompanyEvent, StoredEvent } from './event.ts';
import { claimedAt } from './host/claimed-at.ts';
import type { EpicId, HostId, MemberId, TaskId } from './ids.ts';
import type { CompanyState } from './state.ts';
import { epicIdOf } from './task/belonging.ts';

/**
 * Kind and id, such as `task:task_7k2m9q4xw0`; `org` stands for the whole org model, its workflows and
 * who is paused, `locks` for the space of paths: two hosts can't grant locks that overlap.
 */
export type EntityKey = string;

export function touches(event: CompanyEvent): EntityKey[] {
  switch (event.type) {
    case 'company.created':
    case 'company.configured':
    case 'company.template_merged':
    case 'company.paused':
    case 'company.stopped':
    case 'company.resumed':
    case 'role.defined':
    case 'role.removed':
    case 'department.added':
    case 'department.changed':
    case 'department.removed':
    case 'team.added':
    case 'team.changed':
    case 'team.removed':
    case 'member.added':
    case 'member.changed':
    case 'member.removed':
    case 'member.paused':
    case 'member.rested':
    case 'member.resumed':
    case 'workflow.defined':
    case 'workflow.removed':
      return ['org'];
    case 'epic.created':
      return [`epic:${event.epic.id}`];
    case 'story.created':
      return [`epic:${event.story.epicId}`];
    case 'epic.routed':
    case 'epic.started':
    case 'epic.revised':
    case 'epic.blocked':
    case 'epic.unblocked':
    case 'epic.completed':
    case 'epic.cancelled':
      return [`epic:${event.epicId}`];
    case 'task.created':
      return [`task:${event.task.id}`];
    case 'task.claimed':
      return [`task:${event.taskId}`, `member:${event.memberId}`];
    case 'task.readied':
    case 'task.held':
    case 'task.lease_renewed':
    case 'task.submitted':
    case 'task.done':
    case 'task.attempt_failed':
    case 'task.failed':
    case 'task.released':
    case 'task.budget_awaited':
    case 'task.asked':
    case 'task.answered':
    case 'task.divided':
    case 'task.parts_awaited':
    case 'task.returned':
    case 'task.sent_back':
    case 'task.merged':
    case 'task.conflicted':
    case 'task.retried':
    case 'task.assigned':
    case 'task.prioritized':
    case 'task.cancelled':
      return [`task:${event.taskId}`];
    case 'gate.created':
    case 'approval.requested':
      return [`gate:${event.gate.id}`];
    case 'gate.asked':
    case 'gate.signed':
    case 'gate.sign_off_voided':
    case 'gate.opened':
    case 'gate.rejected':
    case 'gate.vetoed':
    case 'gate.arbitrated':
    case 'gate.escalated':
    case 'gate.delegated':
    case 'gate.set_aside':
    case 'gate.taken_up':
    case 'gate.withdrawn':
    case 'gate.cancelled':
      return [`gate:${event.gateId}`];
    case 'thread.started':
      return [`thread:${event.thread.id}`, ...ofPair(event.thread.between)];
    case 'message.posted':
    case 'thread.waiting':
    case 'thread.resolved':
    case 'thread.reopened':
    case 'thread.prioritized':
    case 'thread.addressed':
      return [`thread:${event.threadId}`];
    case 'thread.read':
      return event.threadIds.map((id) => `thread:${id}`);
    case 'budget.set':
      return ['org', `budget:${accountIdOf(event.scope)}`];
    case 'budget.warned':
      return [`budget:${accountIdOf(event.scope)}`];
    case 'usage.reserved':
    case 'usage.settled':
      return scopesOf(event.reservation).map((scope) => `budget:${accountIdOf(scope)}`);
    // Of several hosts one starts the last worker that an agent may have.
    case 'worker.started':
      return [`worker:${event.worker.id}`, `member:${event.worker.memberId}`];
    case 'worker.ready':
    case 'worker.seen':
    case 'worker.draining':
    case 'worker.hung':
    case 'worker.stopped':
    case 'worker.crashed':
      return [`worker:${event.workerId}`];
    // With the last of its workers an agent is paused, whoever claims for it.
    case 'worker.paused':
    case 'worker.resumed':
      return ['org', `worker:${event.workerId}`];
    case 'lock.acquired':
      return ['locks', `lock:${event.lock.id}`];
    case 'lock.released':
      return ['locks', `lock:${event.lockId}`];
    // Holding on takes nothing from anybody, unless the lock is freed at the same time.
    case 'lock.renewed':
      return [`lock:${event.lockId}`];
    // Whatever rests on where its tasks are at home.
    case 'host.joined':
    case 'host.left':
    case 'host.lost':
    case 'host.cut_off':
    case 'host.came_back':
      return [`host:${event.hostId}`];
    case 'conflict.recorded':
      return [`conflict:${event.conflict.id}`];
    case 'conflict.resolved':
      return [`conflict:${event.conflictId}`];
    case 'scaling.set':
      return [`scaling:${event.rule.id}`];
    case 'scaling.removed':
    case 'scaling.changed':
      return [`scaling:${event.id}`];
    // They change nothing that two hosts could differ about.
    case 'worker.requested':
    case 'command.refused':
    case 'decision.logged':
    case 'session.opened':
      return [];
  }
}

/**
 * What waits for what an event changes: two hosts that each do the last thing but one would both leave the last one
 * undone. The tasks that depend on the task, those that a new task depends on, and the epic that it is a part of.
 * @param state into which the event has been folded
 */
export function touchesAround(state: CompanyState, event: CompanyEvent): EntityKey[] {
  switch (event.type) {
    case 'task.created':
      return event.task.dependsOn.map((id) => `task:${id}`);
    // Whoever has it, and since when, is nothing that others wait for.
    case 'task.claimed':
    case 'task.lease_renewed':
    case 'task.assigned':
    case 'task.prioritized':
      return [];
    default:
      if ('taskId' in event) return aroundTask(state, event.taskId);
      if ('gateId' in event) return ofEpic(state.gates.get(event.gateId)?.epicId);
      return [];
  }
}

function aroundTask(state: CompanyState, id: TaskId): EntityKey[] {
  const waiting = state.index.dependents.of(id).map((task) => `task:${task.id}`);
  const task = state.tasks.get(id);
  const whole = [task?.partOf, task?.answers].flatMap((other) => (other ? [`task:${other}`] : []));
  return [...waiting, ...whole, ...ofEpic(task?.epicId)];
}

/**
 * The hosts that must be there for the events to stand: another one claims tasks that are at home with them.
 * @param state into which the events have been folded
 */
export function homes(state: CompanyState, events: readonly Pick<StoredEvent, 'event'>[]): HostId[] {
  const others = new Set<HostId>();
  for (const { event } of events) {
    if (event.type !== 'task.claimed') continue;
    const host = claimedAt(state, event);
    const home = state.tasks.get(event.taskId)?.home ?? null;
    if (host !== null && home !== null && home !== host) others.add(home);
  }
  return [...others];
}

/** Two members have one thread of direct messages, whichever host starts it. */
const ofPair = (between: readonly [MemberId, MemberId] | null): EntityKey[] =>
  between ? [`direct:${directKey(between).replace(' ', '+')}`] : [];

const ofEpic = (id: EpicId | null | undefined): EntityKey[] => (id ? [`epic:${id}`] : []);

/**
 * What an event rests on and leaves as it is: nobody may have changed it since, though any number may rest on it at once.
 * Only for what must not outlast the change by a moment: if all did, one who edits the org would hold up every other host.
 */
export function reads(event: CompanyEvent): EntityKey[] {
  switch (event.type) {
    // Nobody begins anything after a stop, a pause or their own removal, also not where it is not known yet.
    case 'task.claimed':
      return event.workerId === null ? ['org'] : ['org', `worker:${event.workerId}`];
    // Nor does anybody sign for a role that was taken from them, start for a member who was removed, or keep work for one.
    case 'gate.signed':
    case 'gate.delegated':
    case 'worker.started':
    case 'task.assigned':
    case 'task.asked':
    case 'task.divided':
      return ['org'];
    case 'task.created':
      return event.task.assigneeId === null && event.task.review === null ? [] : ['org'];
    // Whom it is asked of goes by their roles.
    case 'gate.asked':
      return ['org'];
    // Nor does anybody get a lock after everything was stopped, or for a task that is not theirs any more.
    case 'lock.acquired': {
      const { taskId } = event.lock.holder;
      return taskId === null ? ['org'] : ['org', `task:${taskId}`];
    }
    // A call that is not settled when the lease ends would keep its room for ever.
    case 'usage.reserved':
      return [`task:${event.reservation.taskId}`];
    // What made room meanwhile would call nobody.
    case 'task.budget_awaited':
      return [
        'org',
        `budget:${accountIdOf({ kind: 'member', memberId: event.awaits.memberId })}`,
        `budget:${accountIdOf({ kind: 'company' })}`,
      ];
    default:
      return [];
  }
}

/**
 * The same, of what only the state tells: where a task that is claimed is at home, since its host may be lost meanwhile,
 * and the budget of its epic.
 * @param state into which the event has been folded
 */
export function readsAround(state: CompanyState, event: CompanyEvent): EntityKey[] {
  switch (event.type) {
    case 'task.claimed': {
      const home = state.tasks.get(event.taskId)?.home ?? null;
      return home === null ? [] : [`host:${home}`];
    }
    case 'task.budget_awaited': {
      const task = state.tasks.get(event.taskId);
      const epicId = task ? epicIdOf(state, task) : null;
      return epicId === null ? [] : [`budget:${accountIdOf({ kind: 'epic', epicId })}`];
    }
    default:
      return [];
  }
}
