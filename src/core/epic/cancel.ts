/** Decides to give up an epic, and what that does to its tasks and gates. */
import type { CommandOf } from '../command.ts';
import { CoordError } from '../error.ts';
import type { CompanyEvent } from '../event.ts';
import type { EpicId } from '../ids.ts';
import { requireEpic } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import { inOrder } from '../task/in-order.ts';
import { isOver } from '../task/task-state.ts';
import type { EpicEvent } from './epic-events.ts';

/** @throws CoordError `WRONG_STATE` - it has ended */
export function decideCancelEpic(
  state: CompanyState,
  { epicId, reason }: CommandOf<'epic.cancel'>,
): EpicEvent[] {
  const epic = requireEpic(state, epicId);
  if (epic.state !== 'completed' && epic.state !== 'cancelled')
    return [{ type: 'epic.cancelled', epicId, reason }];
  throw new CoordError('WRONG_STATE', `The epic "${epic.title}" is ${epic.state} already`, {
    epicId,
    state: epic.state,
  });
}

/** What isn't over is cancelled with it; what was done stays done. */
export function cancelAll(state: CompanyState, epicId: EpicId): CompanyEvent[] {
  const tasks = [...state.index.tasksByEpic.get(epicId)].filter((task) => !isOver(task)).sort(inOrder);
  const gates = [...state.index.gatesByEpic.get(epicId)]
    .filter((gate) => gate.state !== 'open' && gate.state !== 'cancelled')
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return [
    ...tasks.map(
      ({ id }): CompanyEvent => ({ type: 'task.cancelled', taskId: id, reason: 'its epic was cancelled' }),
    ),
    ...gates.map(({ id }): CompanyEvent => ({ type: 'gate.cancelled', gateId: id })),
  ];
}
