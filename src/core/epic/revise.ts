/** Decides a change of an epic's text. */
import type { CommandOf } from '../command.ts';
import { CoordError } from '../error.ts';
import { canStart } from '../gate/ask.ts';
import { requireEpic } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import type { Epic } from './epic.ts';
import type { EpicEvent } from './epic-events.ts';

/**
 * A story that has begun goes on with what was approved for it; those that wait are asked about the new text.
 * @throws CoordError `WRONG_STATE` - it has ended, or gates approved its text and every story has begun
 */
export function decideReviseEpic(
  state: CompanyState,
  { epicId, title, description }: CommandOf<'epic.revise'>,
): EpicEvent[] {
  const epic = requireEpic(state, epicId);
  if (epic.state === 'completed' || epic.state === 'cancelled') {
    throw new CoordError('WRONG_STATE', `The epic "${epic.title}" is ${epic.state} and stays as it is`, {
      epicId,
      state: epic.state,
    });
  }
  if (epic.title === title && epic.description === description) return [];
  refuseApproved(state, epic);
  return [{ type: 'epic.revised', epicId, title, description }];
}

function refuseApproved(state: CompanyState, { id, title }: Epic): void {
  const gated = [...state.index.tasksByEpic.get(id)].filter(
    ({ dependsOn, gatesBefore }) => dependsOn.length === 0 && gatesBefore.length > 0,
  );
  if (gated.length === 0 || gated.some((task) => canStart(state, task))) return;
  throw new CoordError(
    'WRONG_STATE',
    `The text of "${title}" was approved and the work builds on it; cancel the epic and create another`,
    { epicId: id },
  );
}
