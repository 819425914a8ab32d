/** `agentcoord gates`: the gates that wait for somebody, slot by slot. */
import type { Command } from 'commander';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

export function addGatesCommand(program: Command): void {
  program
    .command('gates')
    .description('list the gates that wait for somebody, with who has signed and who could')
    .option('--all', 'also those that are open or not reached yet', false)
    .action(async ({ all }: { all: boolean }, command: Command) => {
      const options = globalOptions(command);
      const { withCompany } = await import('../company-session.ts');
      const { showGates } = await import('../show-gates.ts');
      const output = openOutput(options.json);
      await withCompany(options, async (session) => {
        const views = await session.coordination.query('gates', { all });
        await showGates(session, output, views, { key: 'gates', none: 'No gate waits.' });
      });
    });
}
