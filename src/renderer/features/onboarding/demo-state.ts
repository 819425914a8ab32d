/** How far the first epic is, for somebody who sees one for the first time. Pure. */

import type { Epic } from '../../../core/epic/epic.ts';
import { needsMember } from '../../../core/gate/asked-slots.ts';
import type { Gate } from '../../../core/gate/gate.ts';
import { gatedTask } from '../../../core/gate/gated-work.ts';
import type { EpicId, MemberId } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import type { Artifact, Task } from '../../../core/task/task.ts';
import { checkSatisfiability } from '../../../core/workflow/satisfiability.ts';
import type { Workflow } from '../../../core/workflow/workflow.ts';

/** `stuck`: somebody must look at it elsewhere, such as at a task that failed. */
export type DemoStage = 'working' | 'signing' | 'stuck' | 'cancelled' | 'done';

export interface DemoState {
  readonly epic: Epic;
  readonly stage: DemoStage;
  /** The gate that waits for this person; null: none does. */
  readonly gate: Gate | null;
}

export function demoState(state: CompanyState, epicId: EpicId, self: MemberId | null): DemoState | null {
  const epic = state.epics.get(epicId);
  if (!epic) return null;
  if (epic.state === 'completed') return { epic, stage: 'done', gate: null };
  if (epic.state === 'cancelled') return { epic, stage: 'cancelled', gate: null };
  const gates = [...state.index.gatesByEpic.get(epicId)];
  const gate = gates.find((one) => needsMember(state, one, self)) ?? null;
  if (gate) return { epic, stage: 'signing', gate };
  const isStuck =
    gates.some(({ state: at }) => at === 'vetoed') ||
    [...state.index.tasksByEpic.get(epicId)].some(({ state: at }) => at === 'failed');
  return { epic, stage: isStuck ? 'stuck' : 'working', gate: null };
}

/**
 * The workflow that shows the most: one that the company can finish, best with a gate that a person must sign, then with as few
 * steps and gates as may be. Null: it can finish none.
 */
export function demoWorkflow(state: CompanyState): Workflow | null {
  const finishable = [...state.workflows.values()].filter(
    (workflow) => checkSatisfiability(state, workflow).finishable,
  );
  const [best = null] = finishable.sort(
    (a, b) => Number(asksAPerson(b)) - Number(asksAPerson(a)) || lengthOf(a) - lengthOf(b),
  );
  return best;
}

const lengthOf = ({ steps }: Workflow): number => steps.reduce((sum, { gates }) => sum + 1 + gates.length, 0);

export function asksAPerson({ steps }: Workflow): boolean {
  return steps.some(({ gates }) => gates.some(({ humanRequired }) => humanRequired));
}

/** What the person reads before they sign: what the steps behind the gate, or the one in front of it, handed in. */
export function signedArtifacts(state: CompanyState, gate: Gate): (Artifact & { readonly from: string })[] {
  const task = gatedTask(state, gate);
  const sources: (Task | undefined)[] =
    gate.rule.position === 'after' ? [task] : (task?.dependsOn ?? []).map((id) => state.tasks.get(id));
  return sources.flatMap((source) =>
    (source?.submission?.artifacts ?? []).map((artifact) => ({ ...artifact, from: source?.title ?? '' })),
  );
}

export interface DemoFigures {
  /** From its start to its end. */
  readonly durationMs: number;
  readonly steps: number;
  readonly agents: number;
  readonly artifacts: number;
  readonly signOffs: number;
}

export function demoFigures(state: CompanyState, { id, createdAt, endedAt }: Epic): DemoFigures {
  const tasks = [...state.index.tasksByEpic.get(id)].filter(({ kind }) => kind === 'step');
  const signOffs = [...state.index.gatesByEpic.get(id)].flatMap((gate) => gate.signOffs);
  return {
    durationMs: Math.max(0, (endedAt ?? createdAt) - createdAt),
    steps: tasks.length,
    agents: new Set(tasks.flatMap(({ submission }) => submission?.memberId ?? [])).size,
    artifacts: tasks.reduce((sum, { submission }) => sum + (submission?.artifacts.length ?? 0), 0),
    signOffs: signOffs.length,
  };
}
