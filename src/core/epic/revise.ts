/** Decides a change of an epic's text. */
import type { CommandOf } from '../command.ts';
import { CoordError } from '../error.ts';
import { requireEpic } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import type { EpicEvent } from './epic-events.ts';

/** @throws CoordError `WRONG_STATE` - it has ended, or a gate approved its text and the work on it began */
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
  for (const gate of state.index.gatesByEpic.get(epicId)) {
    const task = state.tasks.get(gate.taskId);
    if (gate.rule.position === 'after' || !task || task.dependsOn.length > 0) continue;
    if (task.state === 'blocked' && task.attempts.length === 0) continue;
    throw new CoordError(
      'WRONG_STATE',
      `The text of "${epic.title}" was approved at gate ${gate.name} and "${task.title}" builds on it; cancel the epic and create another`,
      { epicId, gateId: gate.id },
    );
  }
  return [{ type: 'epic.revised', epicId, title, description }];
}
