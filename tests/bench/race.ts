/** Lets contenders run in turn, round after round, so that whatever else the machine does hits them alike. */
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { OpenStation, Round, Station } from './contender.ts';
import { median, quantile } from './statistics.ts';

export interface Runner {
  readonly label: string;
  readonly open: OpenStation;
}

/** Medians over the rounds. */
export interface Result {
  readonly label: string;
  readonly workers: number;
  /** Whole tasks: added, claimed and completed. */
  readonly perSecond: number;
  readonly addsPerSecond: number;
  readonly donePerSecond: number;
  /** Of the calls of one task, in ms. */
  readonly p50: number;
  readonly p99: number;
  /** The slowest and the quickest round, in tasks per second. */
  readonly range: readonly [number, number];
}

export interface RaceOptions {
  readonly folder: string;
  readonly redisPort: number;
  readonly rounds: number;
  /** About how long a round lasts, in ms. */
  readonly roundMs: number;
}

/** Tasks of the first round, which warms up and tells how many tasks fit into one. */
const warmUpTasks = 400;
const mostTasks = 40_000;

export async function race(
  runners: readonly Runner[],
  workers: number,
  options: RaceOptions,
): Promise<Result[]> {
  const entrants: { label: string; station: Station; tasks: number; rounds: Round[] }[] = [];
  try {
    for (const { label, open } of runners) {
      const folder = await mkdtemp(path.join(options.folder, 'station-'));
      const station = await open(workers, { folder, redisPort: options.redisPort });
      entrants.push({ label, station, tasks: 0, rounds: [] });
    }
    for (const entrant of entrants)
      entrant.tasks = tasksFor(await entrant.station.run(warmUpTasks), options.roundMs);
    for (let round = 0; round < options.rounds; round += 1) {
      for (const { station, tasks, rounds } of entrants) rounds.push(await station.run(tasks));
    }
    return entrants.map(({ label, tasks, rounds }) => resultOf(label, workers, tasks, rounds));
  } finally {
    await Promise.all(entrants.map(({ station }) => station.close()));
  }
}

/** The first round is slow, so a later one is given more than it would have done. */
function tasksFor({ addMs, workMs }: Round, roundMs: number): number {
  const fitting = (1.5 * warmUpTasks * roundMs) / (addMs + workMs);
  return Math.round(Math.min(mostTasks, Math.max(warmUpTasks / 2, fitting)));
}

function resultOf(label: string, workers: number, tasks: number, rounds: readonly Round[]): Result {
  for (const { latencies } of rounds) {
    if (latencies.length !== tasks) throw new Error(`${label} did ${latencies.length} of ${tasks} tasks`);
  }
  const rates = rounds.map(({ addMs, workMs }) => (tasks / (addMs + workMs)) * 1_000);
  return {
    label,
    workers,
    perSecond: median(rates),
    addsPerSecond: median(rounds.map(({ addMs }) => (tasks / addMs) * 1_000)),
    donePerSecond: median(rounds.map(({ workMs }) => (tasks / workMs) * 1_000)),
    p50: median(rounds.map(({ latencies }) => quantile(latencies, 0.5))),
    p99: median(rounds.map(({ latencies }) => quantile(latencies, 0.99))),
    range: [Math.min(...rates), Math.max(...rates)],
  };
}

/** Removes what the stations left; called when all of them are closed. */
export async function clear(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
