/** Why an epic does not go on, in words for people. */
import type { CompanyState } from '../state.ts';
import { isDelivered } from '../task/delivered.ts';
import { inOrder } from '../task/in-order.ts';
import type { Task } from '../task/task.ts';
import { waitingBecause } from '../task/waiting-because.ts';
import type { EpochMs } from '../units.ts';
import type { Epic } from './epic.ts';

/** More would be a list of tasks. */
const mostReasons = 3;

/** Why it is blocked, or what those of its tasks wait for whose turn it is; null when none of them waits. */
export function epicWaits(state: CompanyState, epic: Epic, now: EpochMs): string | null {
  if (epic.state === 'completed' || epic.state === 'cancelled') return null;
  if (epic.state === 'blocked') return epic.reason;
  const reasons = [...state.index.tasksByEpic.get(epic.id)]
    .filter((task) => task.kind === 'step' && isItsTurn(state, task))
    .sort(inOrder)
    .flatMap((task) => {
      const reason = waitingBecause(state, task, now);
      return reason === null ? [] : `"${task.title}" ${reason}`;
    });
  const more = reasons.length - mostReasons;
  const shown = reasons.slice(0, mostReasons).join('; ');
  return shown === '' ? null : more > 0 ? `${shown}; and ${more} more` : shown;
}

/** What still waits for other steps says nothing new. */
function isItsTurn(state: CompanyState, { state: now, dependsOn }: Task): boolean {
  if (now !== 'blocked') return now === 'ready' || now === 'awaiting_gate' || now === 'failed';
  return dependsOn.every((before) => isDelivered(state.tasks.get(before)));
}
