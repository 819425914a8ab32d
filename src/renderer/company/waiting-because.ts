/** Why a task does not go on, in words: what every waiting card says. */
import type { Gate } from '../../core/gate/gate.ts';
import type { MemberId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Task } from '../../core/task/task.ts';
import { gateSlots, openRoles, slotsNeeding } from './gate-slots.ts';
import { strings } from './strings.ts';

const words = strings.because;

export interface Reason {
  readonly text: string;
  /** It waits for the person at this page. */
  readonly yours: boolean;
}

/** Null when nothing holds it: it is worked on, or it has ended. */
export function waitingBecause(state: CompanyState, task: Task, self: MemberId | null): Reason | null {
  switch (task.state) {
    case 'blocked':
      return whyBlocked(state, task, self);
    case 'ready':
      return others(whyReady(state, task));
    case 'awaiting_gate':
      return whyAtGate(state, task, self);
    case 'failed':
      return others(task.attempts.at(-1)?.reason ?? words.failed);
    case 'leased':
    case 'done':
    case 'cancelled':
      return null;
  }
}

function whyBlocked(state: CompanyState, task: Task, self: MemberId | null): Reason {
  if (task.retryAt !== null) return others(words.retry(task.failures, task.maxAttempts));
  const open = task.dependsOn
    .flatMap((id) => state.tasks.get(id) ?? [])
    .filter(({ state: at }) => at !== 'done')
    .map(({ title }) => title);
  if (open.length > 0) return others(words.after(open));
  const gate = task.gatesBefore
    .flatMap((id) => state.gates.get(id) ?? [])
    .find(({ state: at }) => at !== 'open');
  if (gate) return atGate(state, gate, self);
  return others(words.notRouted);
}

function whyReady(state: CompanyState, task: Task): string {
  const assignee = task.assigneeId && state.members.get(task.assigneeId);
  if (task.reserved && assignee) {
    return task.notes.length > 0 ? words.reworkBy(assignee.name) : words.keptFor(assignee.name);
  }
  return task.roleId === null ? words.anyone : words.role(task.roleId);
}

function whyAtGate(state: CompanyState, task: Task, self: MemberId | null): Reason | null {
  const gate = task.gatesAfter
    .flatMap((id) => state.gates.get(id) ?? [])
    .find(({ state: at }) => at !== 'open' && at !== 'cancelled');
  return gate ? atGate(state, gate, self) : null;
}

function atGate(state: CompanyState, gate: Gate, self: MemberId | null): Reason {
  switch (gate.state) {
    case 'vetoed':
      return others(words.vetoed(gate.name));
    case 'rejected':
      return others(words.rejected(gate.name));
    case 'waiting': {
      const [mine] = slotsNeeding(gateSlots(state, gate), self);
      return mine
        ? { text: words.yours(gate.name, mine.roleId), yours: true }
        : others(words.signOffs(gate.name, openRoles(gate)));
    }
    case 'pending':
    case 'open':
    case 'cancelled':
      return others(words.signOffs(gate.name, openRoles(gate)));
  }
}

function others(text: string): Reason {
  return { text, yours: false };
}
