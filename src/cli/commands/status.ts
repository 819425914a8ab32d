/** `agentcoord status`: the company at a glance. */
import type { Command } from 'commander';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

export function addStatusCommand(program: Command): void {
  program
    .command('status')
    .description('show the company at a glance: epics, tasks by state, gates, members')
    .action(async (_options, command: Command) => {
      const options = globalOptions(command);
      const { withCompany } = await import('../company-session.ts');
      const { readNames } = await import('../documents/names.ts');
      const { statusDocument } = await import('../documents/status-document.ts');
      const { statusText } = await import('../output/status-text.ts');
      const output = openOutput(options.json);
      await withCompany(options, async ({ coordination, hello, dataDir, host }) => {
        const [status, names] = await Promise.all([
          coordination.query('status', {}),
          readNames(coordination),
        ]);
        const document = statusDocument(status, dataDir, host, names, hello.warnings);
        output.answer(document, () => statusText(document, output));
      });
    });
}
