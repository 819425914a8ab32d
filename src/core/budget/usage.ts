/** Adds up what calls came to: for each task while it is known; for each day, model and member for good. */
import type { TaskId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { MicroUsd } from '../units.ts';
import type { Usage } from './budget.ts';

export function addUsage(state: CompanyState, part: Omit<Usage, 'id'>): void {
  const { day, model, taskId, epicId, memberId } = part;
  const id = `${day} ${taskId ?? 'ended'} ${memberId} ${model}`;
  const before = state.usage.get(id);
  state.usage.put({
    id,
    day,
    model,
    taskId,
    epicId,
    memberId,
    calls: (before?.calls ?? 0) + part.calls,
    tokensIn: (before?.tokensIn ?? 0) + part.tokensIn,
    tokensOut: (before?.tokensOut ?? 0) + part.tokensOut,
    money: ((before?.money ?? 0) + part.money) as MicroUsd,
  });
}

/** The task is let go: what it came to counts on, without its name and that of its epic. */
export function foldUsage(state: CompanyState, taskId: TaskId): void {
  for (const row of [...state.index.usageByTask.get(taskId)]) {
    state.usage.delete(row.id);
    addUsage(state, { ...row, taskId: null, epicId: null });
  }
}
