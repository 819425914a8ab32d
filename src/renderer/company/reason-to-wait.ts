/** Why a task does not go on, as this person is told it: what waits for them says so. */
import { gatesOf } from '../../core/gate/ask.ts';
import { slotsNeeding } from '../../core/gate/asked-slots.ts';
import type { MemberId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import { openQuestion } from '../../core/task/questions.ts';
import type { Task } from '../../core/task/task.ts';
import { waitingBecause } from '../../core/task/waiting-because.ts';
import type { EpochMs } from '../../core/units.ts';
import { gateSlots } from './gate-slots.ts';
import { strings } from './strings.ts';

export interface Reason {
  readonly text: string;
  /** It waits for the person at this page. */
  readonly yours: boolean;
}

/** Null when nothing holds it. */
export function reasonToWait(
  state: CompanyState,
  task: Task,
  self: MemberId | null,
  now: EpochMs,
): Reason | null {
  const yours = ownGate(state, task, self);
  if (yours !== null) return { text: yours, yours: true };
  const asked = openQuestion(task);
  if (asked?.to === self) return { text: strings.questionNeedsYou, yours: true };
  const text = waitingBecause(state, task, now);
  return text === null ? null : { text, yours: false };
}

function ownGate(state: CompanyState, task: Task, self: MemberId | null): string | null {
  const ids =
    task.state === 'awaiting_gate' ? task.gatesAfter : task.state === 'blocked' ? task.gatesBefore : [];
  for (const gate of gatesOf(state, ids)) {
    const [slot] = slotsNeeding(gate, gateSlots(state, gate), self);
    if (slot) return strings.gateNeedsYou(gate.name, slot.roleId);
  }
  return null;
}
