/** Why a task does not go on, in words: what every waiting card says. */
import type { Gate } from '../../core/gate/gate.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Task } from '../../core/task/task.ts';
import { openRoles } from './gate-slots.ts';
import { strings } from './strings.ts';

const words = strings.because;

/** Null when nothing holds it: it is worked on, or it has ended. */
export function waitingBecause(state: CompanyState, task: Task): string | null {
  switch (task.state) {
    case 'blocked':
      return whyBlocked(state, task);
    case 'ready':
      return whyReady(state, task);
    case 'awaiting_gate':
      return whyAtGate(state, task);
    case 'failed':
      return task.attempts.at(-1)?.reason ?? words.failed;
    case 'leased':
    case 'done':
    case 'cancelled':
      return null;
  }
}

function whyBlocked(state: CompanyState, task: Task): string {
  if (task.retryAt !== null) return words.retry(task.failures, task.maxAttempts);
  const open = task.dependsOn
    .flatMap((id) => state.tasks.get(id) ?? [])
    .filter(({ state: at }) => at !== 'done')
    .map(({ title }) => title);
  if (open.length > 0) return words.after(open);
  const gate = task.gatesBefore
    .flatMap((id) => state.gates.get(id) ?? [])
    .find(({ state: at }) => at !== 'open');
  if (gate) return atGate(gate);
  return words.notRouted;
}

function whyReady(state: CompanyState, task: Task): string | null {
  const assignee = task.assigneeId && state.members.get(task.assigneeId);
  if (task.reserved && assignee) {
    return task.notes.length > 0 ? words.reworkBy(assignee.name) : words.keptFor(assignee.name);
  }
  return task.roleId === null ? words.anyone : words.role(task.roleId);
}

function whyAtGate(state: CompanyState, task: Task): string | null {
  const gate = task.gatesAfter
    .flatMap((id) => state.gates.get(id) ?? [])
    .find(({ state: at }) => at !== 'open' && at !== 'cancelled');
  return gate ? atGate(gate) : null;
}

function atGate(gate: Gate): string {
  switch (gate.state) {
    case 'vetoed':
      return words.vetoed(gate.name);
    case 'rejected':
      return words.rejected(gate.name);
    case 'pending':
    case 'waiting':
    case 'open':
    case 'cancelled':
      return words.signOffs(gate.name, openRoles(gate));
  }
}
