/** `agentcoord simulate`: a workflow, or a rule for the number of workers, tried without doing anything. */
import type { Command } from 'commander';
import { CoordError } from '../../core/error.ts';
import type { DurationMs, MicroUsd } from '../../core/units.ts';
import { minutes, seconds } from '../../core/units.ts';
import { globalOptions } from '../global-options.ts';
import { duration, wholeNumber } from './shared-options.ts';

interface SimulateWish {
  readonly workflow?: string;
  readonly from?: string;
  readonly runs?: number;
  readonly seed?: number;
  readonly taskTime?: DurationMs;
  readonly taskCost?: number;
  readonly signTime?: DurationMs;
  readonly trace?: string;
  readonly min?: number;
  readonly max?: number;
  readonly tasksPerWorker?: number;
  readonly upCooldown?: DurationMs;
  readonly downCooldown?: DurationMs;
  readonly startUp?: DurationMs;
}

/** Always the same, so that two people see the same figures. */
const usualSeed = 1;

export function addSimulateCommand(program: Command): void {
  program
    .command('simulate')
    .description('try a workflow, or a rule for the number of workers, without doing anything')
    .option('--workflow <name>', 'how long it takes, what it costs, what holds it up')
    .option('--from <template or file>', 'in a company made from that, instead of the one that there is')
    .option('--runs <number>', 'try it so often (default: 200)', wholeNumber(1, 10_000))
    .option(
      '--seed <number>',
      'of the random numbers: the same seed gives the same figures (default: 1)',
      wholeNumber(0, 2 ** 31),
    )
    .option(
      '--task-time <duration>',
      'what a step of complexity 1 takes that was never done (default: 15m)',
      duration,
    )
    .option('--task-cost <cents>', 'what it costs, in US cents (default: 50)', wholeNumber(0, 1_000_000))
    .option(
      '--sign-time <duration>',
      'until a person signs, where that never happened (default: 1h)',
      duration,
    )
    .option('--trace <file>', 'a trace of work, in lines of “when, how many tasks, how long each takes”')
    .option('--min <number>', 'of the rule: at least so many workers (default: 0)', wholeNumber(0, 1_000))
    .option('--max <number>', 'of the rule: at most so many (default: 8)', wholeNumber(1, 1_000))
    .option('--tasks-per-worker <number>', 'of the rule (default: 1)', wholeNumber(1, 10_000))
    .option('--up-cooldown <duration>', 'of the rule (default: none)', duration)
    .option('--down-cooldown <duration>', 'of the rule (default: 60s)', duration)
    .option('--start-up <duration>', 'until a new worker takes a task (default: 1s)', duration)
    .action(simulate);
}

async function simulate(wish: SimulateWish, command: Command): Promise<void> {
  const options = globalOptions(command);
  if ((wish.workflow === undefined) === (wish.trace === undefined)) {
    throw new CoordError(
      'BAD_INPUT',
      'Name what to try: --workflow NAME for a workflow, or --trace FILE for a rule about the number of workers',
    );
  }
  if (wish.trace !== undefined) {
    const { simulateScaling } = await import('../simulate-scaling.ts');
    const { scalingFrom } = await import('../../core/scaling/decide-scaling.ts');
    const rule = scalingFrom({
      name: 'trace',
      min: wish.min ?? 0,
      max: wish.max ?? 8,
      tasks_per_worker: wish.tasksPerWorker ?? 1,
      ...(wish.upCooldown !== undefined && { up_cooldown: wish.upCooldown }),
      ...(wish.downCooldown !== undefined && { down_cooldown: wish.downCooldown }),
    });
    await simulateScaling({ rule, trace: wish.trace, startUp: wish.startUp ?? seconds(1) }, options.json);
    return;
  }
  const { simulateWorkflow } = await import('../simulate-workflow.ts');
  await simulateWorkflow(
    {
      workflow: wish.workflow ?? '',
      from: wish.from ?? null,
      runs: wish.runs ?? 200,
      seed: wish.seed ?? usualSeed,
      assumed: {
        task: wish.taskTime ?? minutes(15),
        taskCost: ((wish.taskCost ?? 50) * 10_000) as MicroUsd,
        review: minutes(5),
        reviewCost: 50_000 as MicroUsd,
        signing: wish.signTime ?? minutes(60),
        spread: 0.5,
      },
    },
    options,
  );
}
