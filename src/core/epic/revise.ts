/** Decides a change of an epic's text. */
import type { CommandOf } from '../command.ts';
import { CoordError } from '../error.ts';
import { requireEpic } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import type { Epic } from './epic.ts';
import type { EpicEvent } from './epic-events.ts';
import { isTextInUse } from './text-in-use.ts';

/**
 * The text that gates approved stays as it is once any story has begun with it: all of them work from the same one.
 * @throws CoordError `WRONG_STATE` - it has ended, or gates approved its text and a story has begun
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
  if (!isTextInUse(state, id)) return;
  throw new CoordError(
    'WRONG_STATE',
    `The text of "${title}" was approved and the work builds on it; cancel the epic and create another`,
    { epicId: id },
  );
}
