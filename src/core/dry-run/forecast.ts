/** How long a piece of work takes and what it costs: drawn from the past where there is enough of it, else estimated. */
import type { Task } from '../task/task.ts';
import type { DurationMs, MicroUsd } from '../units.ts';
import type { Draw } from './draw.ts';
import type { Observed, PastRuns } from './past-runs.ts';
import { pastKey } from './past-runs.ts';

/** What is assumed of work of which there is no past. */
export interface Assumptions {
  /** Of a step of complexity 1; one of 3 takes three times as long and costs three times as much. */
  readonly task: DurationMs;
  readonly taskCost: MicroUsd;
  readonly review: DurationMs;
  readonly reviewCost: MicroUsd;
  /** From the question to a person's signature. */
  readonly signing: DurationMs;
  /** Of the logarithm of a duration: 0.5 puts nine of ten below twice the usual. */
  readonly spread: number;
}

export interface Forecast {
  readonly work: (workflow: string, task: Task, draw: Draw) => { duration: DurationMs; cost: MicroUsd };
  readonly signing: (draw: Draw) => DurationMs;
  /** Whether whoever judges sends the work back. */
  readonly rejects: (draw: Draw) => boolean;
  /** How often a step was seen; 0: it is estimated. */
  readonly seen: (workflow: string, stepId: string) => number;
}

/** Fewer times say too little. */
const enough = 3;

export function forecastFrom(past: PastRuns, assumed: Assumptions): Forecast {
  const observed = (workflow: string, stepId: string) => past.steps.get(pastKey(workflow, stepId));
  const rejectShare = past.verdicts >= enough ? past.rejections / past.verdicts : 0;
  const estimate = (usual: number, cost: number, draw: Draw) => ({
    duration: Math.round(usual * draw.around1(assumed.spread)) as DurationMs,
    cost: Math.round(cost * draw.around1(assumed.spread)) as MicroUsd,
  });
  return {
    work: (workflow, { kind, stepId, complexity }, draw) => {
      const own = kind === 'review' ? past.reviews : observed(workflow, stepId ?? '');
      const drawn = own && drawOf(own, draw);
      if (drawn) return drawn;
      return kind === 'review'
        ? estimate(assumed.review, assumed.reviewCost, draw)
        : estimate(assumed.task * complexity, assumed.taskCost * complexity, draw);
    },
    signing: (draw) => {
      const [first, ...more] = past.signing;
      if (first !== undefined && past.signing.length >= enough) return draw.oneOf([first, ...more]);
      return Math.round(assumed.signing * draw.around1(assumed.spread)) as DurationMs;
    },
    rejects: (draw) => draw.share() < rejectShare,
    seen: (workflow, stepId) => {
      const times = observed(workflow, stepId)?.durations.length ?? 0;
      return times >= enough ? times : 0;
    },
  };
}

/** One of the times that it was done: what took long then cost much then. */
function drawOf({ durations, costs }: Observed, draw: Draw): { duration: DurationMs; cost: MicroUsd } | null {
  if (durations.length < enough) return null;
  const at = Math.floor(draw.share() * durations.length);
  return { duration: durations[at] ?? (0 as DurationMs), cost: costs[at] ?? (0 as MicroUsd) };
}
