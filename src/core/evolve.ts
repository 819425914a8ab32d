/** Folds one event into the state: what happened, and nothing that follows from it. */
import { evolveBoard } from './board/evolve-board.ts';
import { evolveBudget } from './budget/evolve-budget.ts';
import { evolveConflict } from './conflict/evolve-conflict.ts';
import { evolveEpic } from './epic/evolve-epic.ts';
import type { StoredEvent } from './event.ts';
import { forgetOldest } from './forget.ts';
import { evolveGate } from './gate/evolve-gate.ts';
import { evolveHost } from './host/evolve-host.ts';
import { evolveLock } from './lock/evolve-lock.ts';
import { evolveOrg } from './org/evolve-org.ts';
import { evolveScaling } from './scaling/evolve-scaling.ts';
import type { CompanyState } from './state.ts';
import { evolveTask } from './task/evolve-task.ts';
import { evolveWorker } from './worker/evolve-worker.ts';
import { evolveWorkflow } from './workflow/evolve-workflow.ts';

/**
 * The event must be the one after `state.seq`; it is a fact and can't be refused.
 * @param folded called when the event is folded, before what ended long ago is forgotten: that is no doing of the event
 */
export function evolve(state: CompanyState, stored: StoredEvent, folded?: () => void): void {
  setSeq(state, stored);
  fold(state, stored);
  folded?.();
  forgetOldest(state);
}

function fold(state: CompanyState, stored: StoredEvent): void {
  const { event } = stored;
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
      return evolveOrg(state, event, stored);
    case 'workflow.defined':
    case 'workflow.removed':
      return evolveWorkflow(state, event);
    case 'epic.created':
    case 'story.created':
    case 'epic.routed':
    case 'epic.started':
    case 'epic.revised':
    case 'epic.blocked':
    case 'epic.unblocked':
    case 'epic.completed':
    case 'epic.cancelled':
      return evolveEpic(state, event, stored.at);
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
      return evolveTask(state, event, stored);
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
      return evolveGate(state, event, stored.at);
    case 'thread.started':
    case 'message.posted':
    case 'thread.waiting':
    case 'thread.resolved':
    case 'thread.reopened':
    case 'thread.prioritized':
    case 'thread.addressed':
    case 'thread.read':
      return evolveBoard(state, event, stored);
    case 'budget.set':
    case 'budget.warned':
    case 'usage.reserved':
    case 'usage.settled':
      return evolveBudget(state, event, stored.at);
    case 'worker.started':
    case 'worker.ready':
    case 'worker.seen':
    case 'worker.draining':
    case 'worker.paused':
    case 'worker.resumed':
    case 'worker.hung':
    case 'worker.stopped':
    case 'worker.crashed':
      return evolveWorker(state, event, stored);
    case 'lock.acquired':
    case 'lock.renewed':
    case 'lock.released':
      return evolveLock(state, event, stored);
    case 'host.joined':
    case 'host.left':
    case 'host.lost':
    case 'host.cut_off':
    case 'host.came_back':
      return evolveHost(state, event, stored);
    case 'conflict.recorded':
    case 'conflict.resolved':
      return evolveConflict(state, event, stored);
    case 'scaling.set':
    case 'scaling.removed':
    case 'scaling.changed':
      return evolveScaling(state, event, stored);
    // They are only on record.
    case 'worker.requested':
    case 'command.refused':
    case 'decision.logged':
    case 'session.opened':
      return;
  }
}

/** The `seq` is no row of a table, so its change is recorded here. */
function setSeq(state: CompanyState, { seq }: StoredEvent): void {
  const before = state.seq;
  state.seq = seq;
  state.journal.record(() => {
    state.seq = before;
  });
}
