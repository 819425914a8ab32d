/** `agentcoord dashboard`: the company on the whole terminal, live. */
import type { Command } from 'commander';
import type { DashboardOptions } from '../dashboard/run-dashboard.ts';
import { wholeNumber } from './shared-options.ts';

export function addDashboardCommand(program: Command): void {
  program
    .command('dashboard')
    .description('show the company live on the whole terminal; also “agentcoord” without anything more')
    .option(
      '--plain',
      'for screen readers: words in place of a picture, no colours, nothing that moves by itself',
      false,
    )
    .option(
      '--workers <number>',
      'when no host runs, so that this terminal runs the company: at most so many worker processes at once',
      wholeNumber(0, 1_000),
    )
    .action(async (options: DashboardOptions, command: Command) => {
      const { runDashboard } = await import('../dashboard/run-dashboard.ts');
      await runDashboard(options, command);
    });
}
