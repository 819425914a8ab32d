/** What follows from a change of the org model: gates that wait are asked of other agents; a stop takes back all work, and ends who does it. */
import { readyAgain } from '../budget/budget-consequences.ts';
import type { Context } from '../context.ts';
import type { CompanyEvent } from '../event.ts';
import type { Gate } from '../gate/gate.ts';
import { planReviews } from '../gate/review-tasks.ts';
import { shutGates, voidSignOffs } from '../gate/void-sign-offs.ts';
import type { CompanyState } from '../state.ts';
import { inOrder } from '../task/in-order.ts';
import { externalLauncher } from '../worker/worker.ts';
import type { OrgEvent } from './org-events.ts';

export function orgConsequences(state: CompanyState, event: OrgEvent, context: Context): CompanyEvent[] {
  switch (event.type) {
    case 'role.defined':
    case 'role.removed':
    case 'member.added':
    case 'member.changed':
    case 'member.removed':
      return [...readyAgain(state), ...shutGates(state).flatMap((gate) => askAnew(state, gate, context))];
    case 'company.stopped': {
      const reason = `the company was stopped: ${event.reason}`;
      return [...takeBackLeases(state, reason), ...endExternalWorkers(state, reason)];
    }
    case 'company.created':
    case 'company.configured':
    case 'company.template_merged':
    case 'company.paused':
    case 'company.resumed':
    case 'member.paused':
    case 'member.rested':
    case 'member.resumed':
    case 'department.added':
    case 'department.changed':
    case 'department.removed':
    case 'team.added':
    case 'team.changed':
    case 'team.removed':
      return [];
  }
}

/** A gate that loses a sign-off plans its reviews when that is folded. */
function askAnew(state: CompanyState, gate: Gate, context: Context): CompanyEvent[] {
  const voided = voidSignOffs(state, gate);
  if (voided.length > 0) return voided;
  return gate.state === 'waiting' ? planReviews(state, gate, context) : [];
}

function takeBackLeases(state: CompanyState, reason: string): CompanyEvent[] {
  return [...state.index.tasksByState.get('leased')]
    .sort(inOrder)
    .map(({ id }) => ({ type: 'task.released', taskId: id, reason }));
}

/** No host has their processes in its hands: they end here or nowhere. */
function endExternalWorkers(state: CompanyState, reason: string): CompanyEvent[] {
  return [...state.workers.values()]
    .filter(({ launcher, endedAt }) => launcher === externalLauncher && endedAt === null)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id }) => ({ type: 'worker.stopped', workerId: id, reason }));
}
