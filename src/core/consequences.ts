/** What follows from an event that was just folded: the rules by which work goes on without anybody asking. */
import { budgetConsequences, callsLeftOpen } from './budget/budget-consequences.ts';
import type { Context } from './context.ts';
import { epicConsequences } from './epic/epic-consequences.ts';
import type { CompanyEvent } from './event.ts';
import { gateConsequences } from './gate/gate-consequences.ts';
import { hostConsequences } from './host/host-consequences.ts';
import { lockConsequences } from './lock/lock-consequences.ts';
import { orgConsequences } from './org/org-consequences.ts';
import type { CompanyState } from './state.ts';
import { taskConsequences } from './task/task-consequences.ts';
import { workerConsequences } from './worker/worker-consequences.ts';

/** Only what follows directly: each of these events has consequences of its own in turn. */
export function consequences(state: CompanyState, event: CompanyEvent, context: Context): CompanyEvent[] {
  // Locks come free before anything else follows, so that what follows finds none of them left to free.
  return [
    ...lockConsequences(state, event),
    ...callsLeftOpen(state, event),
    ...ownConsequences(state, event, context),
  ];
}

function ownConsequences(state: CompanyState, event: CompanyEvent, context: Context): CompanyEvent[] {
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
      return orgConsequences(state, event, context);
    // Epics that run keep the workflow that they were routed by.
    case 'workflow.defined':
    case 'workflow.removed':
      return [];
    case 'epic.created':
    case 'story.created':
    case 'epic.routed':
    case 'epic.started':
    case 'epic.revised':
    case 'epic.blocked':
    case 'epic.unblocked':
    case 'epic.completed':
    case 'epic.cancelled':
      return epicConsequences(state, event, context);
    case 'task.created':
    case 'task.readied':
    case 'task.held':
    case 'task.claimed':
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
      return taskConsequences(state, event, context);
    case 'gate.created':
    case 'approval.requested':
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
      return gateConsequences(state, event, context);
    // Nothing is done because somebody wrote something.
    case 'thread.started':
    case 'message.posted':
    case 'thread.waiting':
    case 'thread.resolved':
    case 'thread.reopened':
    case 'thread.prioritized':
    case 'thread.addressed':
    case 'thread.read':
      return [];
    case 'budget.set':
    case 'budget.warned':
    case 'usage.reserved':
    case 'usage.settled':
      return budgetConsequences(state, event);
    case 'worker.started':
    case 'worker.ready':
    case 'worker.seen':
    case 'worker.draining':
    case 'worker.paused':
    case 'worker.resumed':
    case 'worker.hung':
    case 'worker.stopped':
    case 'worker.crashed':
      return workerConsequences(state, event, context);
    case 'host.joined':
    case 'host.left':
    case 'host.lost':
    case 'host.cut_off':
    case 'host.came_back':
      return hostConsequences(state, event);
    case 'conflict.recorded':
    case 'conflict.resolved':
    case 'scaling.set':
    case 'scaling.removed':
    case 'scaling.changed':
    case 'worker.requested':
    case 'lock.acquired':
    case 'lock.renewed':
    case 'lock.released':
    case 'command.refused':
    case 'decision.logged':
    case 'session.opened':
      return [];
  }
}
