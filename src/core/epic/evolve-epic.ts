/** Folds what happened to an epic. */
import type { EpicId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { EpochMs } from '../units.ts';
import type { Epic } from './epic.ts';
import type { EpicEvent } from './epic-events.ts';

export function evolveEpic(state: CompanyState, event: EpicEvent, at: EpochMs): void {
  switch (event.type) {
    case 'epic.created':
      // An event from before epics had budgets has no word of it.
      state.epics.put({ ...event.epic, budget: event.epic.budget ?? null });
      return;
    case 'story.created':
      state.stories.put(event.story);
      return;
    case 'epic.routed':
      return;
    case 'epic.started':
      return change(state, event.epicId, { state: 'in_progress' });
    case 'epic.revised':
      return change(state, event.epicId, { title: event.title, description: event.description });
    case 'epic.blocked':
      return change(state, event.epicId, { state: 'blocked', reason: event.reason });
    case 'epic.unblocked':
      return change(state, event.epicId, {
        state: hasStarted(state, event.epicId) ? 'in_progress' : 'pending',
        reason: null,
      });
    case 'epic.completed':
      return change(state, event.epicId, { state: 'completed', reason: null, endedAt: at });
    case 'epic.cancelled':
      return change(state, event.epicId, { state: 'cancelled', reason: event.reason, endedAt: at });
  }
}

function change(state: CompanyState, id: EpicId, fields: Partial<Epic>): void {
  const epic = state.epics.get(id);
  if (epic) state.epics.put({ ...epic, ...fields });
}

function hasStarted(state: CompanyState, id: EpicId): boolean {
  for (const task of state.index.tasksByEpic.get(id)) {
    if (task.kind === 'step' && task.attempts.length > 0) return true;
  }
  return false;
}
