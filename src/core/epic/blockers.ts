/** Why an epic can't go on, and the events that bring its state in line with that. */

import { gatedTask } from '../gate/gated-work.ts';
import type { EpicId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import { inOrder } from '../task/in-order.ts';
import type { Task } from '../task/task.ts';
import type { EpicEvent } from './epic-events.ts';
import { isTextInUse } from './text-in-use.ts';

/** Blocks the epic with its reasons, or lets it go on when there is none any more. */
export function settleEpic(state: CompanyState, epicId: EpicId | null): EpicEvent[] {
  const epic = epicId && state.epics.get(epicId);
  if (!epic || epic.state === 'completed' || epic.state === 'cancelled') return [];
  const reason = [...taskBlockers(state, epic.id), ...gateBlockers(state, epic.id)].join('; ');
  if (reason === '') return epic.state === 'blocked' ? [{ type: 'epic.unblocked', epicId: epic.id }] : [];
  if (epic.state === 'blocked' && epic.reason === reason) return [];
  return [{ type: 'epic.blocked', epicId: epic.id, reason }];
}

function taskBlockers(state: CompanyState, epicId: EpicId): string[] {
  return [...state.index.tasksByEpic.get(epicId)]
    .filter((task) => task.state === 'failed' || (task.state === 'cancelled' && task.kind === 'step'))
    .sort(inOrder)
    .map(whyTaskBlocks);
}

function whyTaskBlocks(task: Task): string {
  const { title, state, failures, maxAttempts, failedBecause } = task;
  if (state !== 'failed') return `"${title}" was cancelled, so nobody can finish this epic`;
  return failures >= maxAttempts
    ? `"${title}" failed ${failures} times, last: ${failedBecause}`
    : `"${title}" failed, ${failedBecause}`;
}

function gateBlockers(state: CompanyState, epicId: EpicId): string[] {
  return [...state.index.gatesByEpic.get(epicId)]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((gate) => {
      const note = gate.refusal?.note ?? '';
      if (gate.state === 'vetoed') return [`gate ${gate.name} was vetoed: ${note}`];
      const first = gate.rule.position === 'before' && gatedTask(state, gate)?.dependsOn.length === 0;
      if (gate.state !== 'rejected' || !first) return [];
      return isTextInUse(state, epicId)
        ? [`gate ${gate.name} turned down a text that other work builds on, cancel the epic: ${note}`]
        : [`gate ${gate.name} turned the epic down, revise it: ${note}`];
    });
}
