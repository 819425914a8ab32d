/** `agentcoord railway`: where workers may run at Railway, with whose token, and how many. */
import type { Command } from 'commander';
import { usualMaxServices } from '../../contract/railway-settings.ts';
import type { SetRailwayOptions } from '../railway/set-railway.ts';
import { decimal, wholeNumber } from './shared-options.ts';

export function addRailwayCommand(program: Command): void {
  const railway = program
    .command('railway')
    .description(
      'say where workers may run at Railway (the launcher railway), with which image, and how many',
    );
  railway
    .command('show', { isDefault: true })
    .description('what this data directory knows of it, and which services of this host are there')
    .action(async (_options: object, command: Command) => {
      const { showRailway } = await import('../railway/show-railway.ts');
      await showRailway(command);
    });
  railway
    .command('set')
    .description(
      'asks for the token without showing it, or reads it from stdin, tries it, and puts it into your keychain',
    )
    .requiredOption('--project <id>', 'its id, as it stands in its address at Railway')
    .requiredOption('--environment <id>', 'the id of its environment')
    .requiredOption(
      '--image <name>',
      'what workers run from, in a registry that Railway reaches: “agentcoord worker-image build”, then push it',
    )
    .option('--region <name>', 'where they run (default: as the project has it)')
    .option('--memory <GB>', 'of a worker, at most (default: as Railway has it)', decimal(0.1, 1_000))
    .option('--cpus <number>', 'of a worker, at most (default: as Railway has it)', decimal(0.1, 1_000))
    .option(
      '--max-services <number>',
      `workers there at once, at most: each of them costs (default: ${usualMaxServices})`,
      wholeNumber(1, 1_000),
    )
    .option('--account-token', 'the token is one of an account or a workspace, not of this project alone')
    .option(
      '--token-from-environment',
      'ask for none: the host finds it in RAILWAY_TOKEN, or RAILWAY_API_TOKEN of an account',
    )
    .option('--endpoint <url>', 'another address of its API')
    .action(async (options: SetRailwayOptions, command: Command) => {
      const { setRailway } = await import('../railway/set-railway.ts');
      await setRailway(options, command);
    });
  railway
    .command('forget')
    .description('forget where it is, and take the token out of your keychain')
    .action(async (_options: object, command: Command) => {
      const { forgetRailway } = await import('../railway/set-railway.ts');
      await forgetRailway(command);
    });
}
