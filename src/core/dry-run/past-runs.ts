/** What the work of a company took so far, step by step: what a dry run draws from. */
import type { CompanyState } from '../state.ts';
import type { Task } from '../task/task.ts';
import type { DurationMs, MicroUsd } from '../units.ts';
import { sinceMs } from '../units.ts';

/** Of each time that it was done. */
export interface Observed {
  readonly durations: readonly DurationMs[];
  readonly costs: readonly MicroUsd[];
}

export interface PastRuns {
  /** By `pastKey` of the step. */
  readonly steps: ReadonlyMap<string, Observed>;
  readonly reviews: Observed;
  /** From the question to the last signature, of gates that a person signed. */
  readonly signing: readonly DurationMs[];
  /** Verdicts on work that was handed in, and how many of them sent it back. */
  readonly verdicts: number;
  readonly rejections: number;
}

export const pastKey = (workflow: string, stepId: string): string => `${workflow}/${stepId}`;

/** Of the tasks that the state still holds: the newest of them. */
export function pastRuns(state: CompanyState): PastRuns {
  const steps = new Map<string, { durations: DurationMs[]; costs: MicroUsd[] }>();
  const reviews = { durations: [] as DurationMs[], costs: [] as MicroUsd[] };
  let rejections = 0;
  for (const task of state.tasks.values()) {
    rejections += task.notes.length;
    const epic = task.epicId === null ? undefined : state.epics.get(task.epicId);
    const times = timesOf(task);
    if (!epic || times.length === 0) continue;
    const key = pastKey(epic.workflow.name, task.stepId ?? '');
    const into = task.kind === 'review' ? reviews : (steps.get(key) ?? { durations: [], costs: [] });
    if (task.kind !== 'review') steps.set(key, into);
    into.durations.push(...times);
    const cost = costOf(state, task) / times.length;
    into.costs.push(...times.map(() => Math.round(cost) as MicroUsd));
  }
  const opened = [...state.gates.values()].filter(({ openedAt }) => openedAt !== null);
  const signing = opened.flatMap(({ waitingSince, openedAt, signOffs }) =>
    waitingSince !== null && openedAt !== null && signOffs.some(({ kind }) => kind === 'human')
      ? [sinceMs(waitingSince, openedAt)]
      : [],
  );
  return { steps, reviews, signing, verdicts: rejections + opened.length, rejections };
}

/** Of the attempts that handed something in. */
function timesOf({ attempts }: Task): DurationMs[] {
  return attempts.flatMap(({ outcome, startedAt, endedAt }) =>
    outcome === 'submitted' && endedAt !== null ? [sinceMs(startedAt, endedAt)] : [],
  );
}

function costOf(state: CompanyState, { id }: Task): number {
  let money = 0;
  for (const usage of state.index.usageByTask.get(id)) money += usage.money;
  return money;
}
