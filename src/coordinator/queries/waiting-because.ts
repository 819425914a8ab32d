/** Why a task does not go on, in words for a person. */
import { gatesOf } from '../../core/gate/ask.ts';
import type { Gate } from '../../core/gate/gate.ts';
import { needsHuman } from '../../core/gate/signing-rules.ts';
import { openSlots } from '../../core/gate/slot-matching.ts';
import type { GateId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Task } from '../../core/task/task.ts';

/** Null when nothing holds it. */
export function waitingBecause(state: CompanyState, task: Task): string | null {
  switch (task.state) {
    case 'blocked':
      return whyBlocked(state, task);
    case 'ready':
      return keptFor(state, task);
    case 'awaiting_gate':
      return shutGates(state, task.gatesAfter);
    case 'failed':
      return `failed ${task.failures} times, last: ${lastReason(task) ?? 'no reason was given'}`;
    case 'cancelled':
      return `cancelled: ${lastReason(task) ?? 'no longer needed'}`;
    case 'leased':
    case 'done':
      return null;
  }
}

function whyBlocked(state: CompanyState, task: Task): string | null {
  if (task.retryAt !== null) {
    const when = new Date(task.retryAt).toISOString();
    return `attempt ${task.failures} failed (${lastReason(task) ?? 'no reason was given'}); tried again at ${when}`;
  }
  const unfinished = task.dependsOn.flatMap((id) => {
    const other = state.tasks.get(id);
    return other && other.state !== 'done' ? [`“${other.title}”`] : [];
  });
  return unfinished.length > 0 ? `waits for ${unfinished.join(', ')}` : shutGates(state, task.gatesBefore);
}

function keptFor(state: CompanyState, task: Task): string | null {
  const assignee = task.reserved && task.assigneeId ? state.members.get(task.assigneeId) : undefined;
  return assignee ? `kept for ${assignee.name}` : null;
}

function shutGates(state: CompanyState, ids: readonly GateId[]): string | null {
  const words = gatesOf(state, ids)
    .filter((gate) => gate.state !== 'open')
    .map(whyShut);
  return words.length > 0 ? words.join('; ') : null;
}

function whyShut(gate: Gate): string {
  switch (gate.state) {
    case 'waiting': {
      const roles = openSlots(gate.rule.requires, gate.signOffs).map(({ roleId }) => roleId);
      return `gate ${gate.name} waits for ${roles.join(', ')}${needsHuman(gate) ? ', a human among them' : ''}`;
    }
    case 'vetoed':
      return `gate ${gate.name} was vetoed: somebody who may arbitrate must lift that`;
    case 'rejected':
      return `gate ${gate.name} turned it down: it is asked again when the work is handed in anew`;
    case 'pending':
    case 'open':
    case 'cancelled':
      return `gate ${gate.name} is ${gate.state}`;
  }
}

function lastReason({ attempts }: Task): string | null {
  return attempts.at(-1)?.reason ?? null;
}
