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
      const { readNames } = await import('../documents/names.ts');
      const { gateDocument } = await import('../documents/gate-document.ts');
      const { gateReader } = await import('../gate-reader.ts');
      const { gateTextWithHint } = await import('../output/gate-text.ts');
      const output = openOutput(options.json);
      await withCompany(options, async (session) => {
        const { coordination } = session;
        const [views, names] = await Promise.all([
          coordination.query('gates', { all }),
          readNames(coordination),
        ]);
        const gates = views.map((view) => gateDocument(view, names));
        output.answer({ gates }, () =>
          views.length === 0
            ? 'No gate waits.'
            : views
                .map((view) => gateTextWithHint(view, gateReader(session, names), output.style))
                .join('\n\n'),
        );
      });
    });
}
