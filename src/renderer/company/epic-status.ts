/** How each step and gate of an epic is doing, for the drawing of its workflow. */

import { needsMember } from '../../core/gate/asked-slots.ts';
import type { EpicId, MemberId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';
import type { Status } from '../design/status-dot.tsx';
import { gatePhase, taskPhase } from './phase.ts';
import type { WorkflowRow } from './workflow-layout.ts';

/** How urgent a state is to show where several stories share a row. */
const urgency: readonly Status[] = ['done', 'idle', 'waiting', 'alive', 'needs', 'failure'];

export function epicStatus(
  state: CompanyState,
  epicId: EpicId,
  self: MemberId | null,
): (row: WorkflowRow) => Status {
  const statuses = new Map<string, Status>();
  const add = (key: string, status: Status) => {
    const known = statuses.get(key);
    if (known === undefined || urgency.indexOf(status) > urgency.indexOf(known)) statuses.set(key, status);
  };
  for (const task of state.index.tasksByEpic.get(epicId)) {
    if (task.kind !== 'step' || task.stepId === null) continue;
    // The diamond beside it shows what the step waits for.
    add(task.stepId, task.state === 'awaiting_gate' ? 'done' : taskPhase(task).status);
  }
  for (const gate of state.index.gatesByEpic.get(epicId)) {
    const status = needsMember(state, gate, self) ? 'needs' : gatePhase(gate).status;
    add(`${gate.stepId}/${gate.name}`, status);
  }
  return (row) =>
    statuses.get(row.kind === 'gate' ? `${row.step.id}/${row.gate.name}` : row.step.id) ?? 'idle';
}
