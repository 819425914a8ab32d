/** Shows how a rule for the number of workers would follow a trace of work. */

import type { Replayed } from '../core/scaling/replay.ts';
import { replay } from '../core/scaling/replay.ts';
import type { ScalingRule } from '../core/scaling/scaling.ts';
import type { DurationMs } from '../core/units.ts';
import { openOutput } from './output/output.ts';
import { durationText } from './output/time-text.ts';
import { readTrace } from './read-trace.ts';

export interface ScalingSimulation {
  readonly rule: ScalingRule;
  readonly trace: string;
  readonly startUp: DurationMs;
}

export async function simulateScaling(
  { rule, trace, startUp }: ScalingSimulation,
  json: boolean,
): Promise<void> {
  const output = openOutput(json);
  const replayed = replay(rule, await readTrace(trace), startUp);
  const seconds = (duration: number) => duration / 1_000;
  const document = {
    tasks: replayed.tasks,
    seconds: seconds(replayed.endedAt),
    mostWorkers: replayed.most,
    workerSeconds: seconds(replayed.workerTime),
    waitedSeconds: { p50: seconds(replayed.waited.p50), p90: seconds(replayed.waited.p90) },
    sizes: replayed.changes.map(({ at, from, to, because }) => ({ at: seconds(at), from, to, because })),
  };
  output.answer(document, () => [table(replayed, output), '', summary(replayed)].join('\n'));
}

function table({ changes }: Replayed, output: ReturnType<typeof openOutput>): string {
  return output.table(
    [
      { title: 'AT', cell: ({ at }) => durationText(at as number as DurationMs), align: 'right' },
      { title: 'WORKERS', cell: ({ from, to }) => `${from} → ${to}` },
      { title: '', cell: ({ to }) => '▪'.repeat(Math.min(to, 40)) },
      { title: 'BECAUSE', cell: ({ because }) => because, shrinks: true },
    ],
    changes,
  );
}

function summary({ tasks, endedAt, waited, workerTime, most }: Replayed): string {
  const text = (duration: number) => durationText(duration as DurationMs);
  return (
    `${tasks} tasks were done after ${text(endedAt)} by at most ${most} workers, who lived for ${text(workerTime)} together. ` +
    `A task waited ${text(waited.p50)} (half of them), ${text(waited.p90)} (nine of ten).`
  );
}
