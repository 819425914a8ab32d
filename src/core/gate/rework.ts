/** Sends work back after a rejection, and takes back the questions that were asked about it. */
import type { CompanyEvent } from '../event.ts';
import type { CompanyState } from '../state.ts';
import { inOrder } from '../task/in-order.ts';
import type { RejectionNote, Task } from '../task/task.ts';
import { gatesOf } from './ask.ts';
import type { Gate } from './gate.ts';
import { gatedTask } from './gated-work.ts';

/**
 * The gated task goes back to its assignee; for a gate before it, the tasks it depends on do. A gate before a first
 * step has nobody to send back to: its epic is blocked until it is revised.
 */
export function sendBack(state: CompanyState, gate: Gate): CompanyEvent[] {
  const task = gatedTask(state, gate);
  const { refusal, artifactHash } = gate;
  if (!task || !refusal || !artifactHash) return [];
  const { id: gateId, name: gateName } = gate;
  const unanswered = refusal.by === null && !wasSigned(gate);
  const note: RejectionNote = { gateId, gateName, artifactHash, ...refusal, unanswered };
  const culprits =
    gate.rule.position === 'after'
      ? [task].filter(({ state: now }) => now === 'awaiting_gate')
      : task.dependsOn
          .flatMap((id) => state.tasks.get(id) ?? [])
          .filter(({ state: now }) => now === 'done')
          .sort(inOrder);
  return culprits.map(({ id }) => ({ type: 'task.sent_back', taskId: id, note }));
}

/** Sign-offs that stayed from an earlier round don't count. */
function wasSigned({ signOffs, waitingSince }: Gate): boolean {
  return signOffs.some(({ at }) => waitingSince === null || at >= waitingSince);
}

/** A task is being reworked: the other gates that are about its result wait for the next one. */
export function withdrawAround(state: CompanyState, task: Task): CompanyEvent[] {
  const waitingForIt = state.index.dependents
    .of(task.id)
    .sort(inOrder)
    .flatMap(({ gatesBefore }) => gatesBefore);
  return withdraw(gatesOf(state, [...task.gatesAfter, ...waitingForIt]));
}

/** A veto stops the other gates at the same place as well. */
export function withdrawSiblings(state: CompanyState, gate: Gate): CompanyEvent[] {
  const task = gatedTask(state, gate);
  if (!task) return [];
  return withdraw(gatesOf(state, gate.rule.position === 'before' ? task.gatesBefore : task.gatesAfter));
}

function withdraw(gates: readonly Gate[]): CompanyEvent[] {
  return gates
    .filter(({ state: now }) => now === 'waiting')
    .map(({ id }) => ({ type: 'gate.withdrawn', gateId: id }));
}
