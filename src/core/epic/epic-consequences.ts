/** What follows from what happened to an epic. */
import type { Context } from '../context.ts';
import type { CompanyEvent } from '../event.ts';
import { askGatesBefore } from '../gate/ask.ts';
import type { EpicId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import { inOrder } from '../task/in-order.ts';
import type { Task } from '../task/task.ts';
import { cancelAll } from './cancel.ts';
import type { EpicEvent } from './epic-events.ts';

export function epicConsequences(state: CompanyState, event: EpicEvent, context: Context): CompanyEvent[] {
  switch (event.type) {
    case 'epic.routed':
      return firstSteps(state, event.epicId).flatMap((task) => askGatesBefore(state, task, context));
    case 'epic.revised':
      // The new text is another artifact: every gate before a first step is asked about it.
      return firstSteps(state, event.epicId)
        .filter(({ gatesBefore }) => gatesBefore.length > 0)
        .flatMap((task) => askGatesBefore(state, task, context));
    case 'epic.cancelled':
      return cancelAll(state, event.epicId);
    case 'epic.created':
    case 'story.created':
    case 'epic.started':
    case 'epic.blocked':
    case 'epic.unblocked':
    case 'epic.completed':
      return [];
  }
}

function firstSteps(state: CompanyState, epicId: EpicId): Task[] {
  return [...state.index.tasksByEpic.get(epicId)]
    .filter(({ kind, dependsOn }) => kind === 'step' && dependsOn.length === 0)
    .sort(inOrder);
}
