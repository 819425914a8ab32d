/** `agentcoord scale list|set|remove`: how many workers the agents of a role or with a tag have. */
import type { Command } from 'commander';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { wholeNumber } from './shared-options.ts';

interface ScaleWish {
  readonly role?: string;
  readonly tag?: string;
  readonly min?: number;
  readonly max: number;
  readonly tasksPerWorker?: number;
  readonly upCooldown?: string;
  readonly downCooldown?: string;
}

export function addScaleCommand(program: Command): void {
  const scale = program
    .command('scale')
    .description('let the number of workers follow the work that waits for them');
  scale
    .command('list', { isDefault: true })
    .description('list the rules, and how many workers each asks for now')
    .action(async (_options, command: Command) => {
      const { listScaling } = await import('../scale-workers.ts');
      await listScaling(globalOptions(command));
    });
  scaleOptions(
    scale
      .command('set')
      .description('add a rule, or replace the one of that name')
      .argument('<name>', 'of the rule'),
  ).action(async (name: string, wish: ScaleWish, command: Command) => {
    const { setScaling } = await import('../scale-workers.ts');
    await setScaling(ruleOf(name, wish), globalOptions(command));
  });
  scale
    .command('remove')
    .description('remove a rule: its agents get workers as they are needed again')
    .argument('<name>', 'of the rule')
    .action(async (id: string, _options, command: Command) => {
      const options = globalOptions(command);
      const { withCompany } = await import('../company-session.ts');
      const output = openOutput(options.json);
      await withCompany(options, async ({ coordination }) => {
        await coordination.command({ type: 'scaling.remove', id });
        output.answer({ removed: id }, () => `The rule ${id} is gone.`);
      });
    });
}

function scaleOptions(command: Command): Command {
  return command
    .option('--role <role>', 'of the agents of that role, by the tasks for it')
    .option('--tag <tag>', 'of the agents with that tag, by the tasks with it')
    .option('--min <number>', 'at least so many workers (default: 0)', wholeNumber(0, 1_000))
    .requiredOption('--max <number>', 'at most so many workers', wholeNumber(1, 1_000))
    .option(
      '--tasks-per-worker <number>',
      'one worker for so many tasks that wait or are under way (default: 1)',
      wholeNumber(1, 10_000),
    )
    .option('--up-cooldown <duration>', 'after a change, no more before that, such as 30s (default: 0s)')
    .option('--down-cooldown <duration>', 'after a change, no fewer before that (default: 60s)');
}

/** As a company file has it: the host checks it. */
function ruleOf(name: string, wish: ScaleWish) {
  const { role, tag, min, max, tasksPerWorker, upCooldown, downCooldown } = wish;
  return {
    name,
    max,
    ...(role !== undefined && { role }),
    ...(tag !== undefined && { tag }),
    ...(min !== undefined && { min }),
    ...(tasksPerWorker !== undefined && { tasks_per_worker: tasksPerWorker }),
    ...(upCooldown !== undefined && { up_cooldown: upCooldown }),
    ...(downCooldown !== undefined && { down_cooldown: downCooldown }),
  };
}
