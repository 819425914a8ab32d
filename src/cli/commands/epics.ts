/** `agentcoord epics`: the epics and how far they are. */
import type { Command } from 'commander';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { meaningOf } from '../output/style.ts';

export function addEpicsCommand(program: Command): void {
  program
    .command('epics')
    .description('list the epics, the newest first, and how far each is')
    .action(async (_options, command: Command) => {
      const options = globalOptions(command);
      const { withCompany } = await import('../company-session.ts');
      const { epicDocument } = await import('../documents/epic-document.ts');
      const { becauseCell } = await import('../output/status-text.ts');
      const output = openOutput(options.json);
      await withCompany(options, async ({ coordination }) => {
        const epics = (await coordination.query('epics', {})).map(epicDocument);
        output.answer({ epics }, () => {
          if (epics.length === 0) return 'There is no epic.';
          return output.table(
            [
              { title: 'EPIC', cell: (epic) => ({ text: epic.id, meaning: 'over' }) },
              { title: 'STATE', cell: (epic) => ({ text: epic.state, meaning: meaningOf(epic.state) }) },
              { title: 'PRIORITY', cell: (epic) => epic.priority },
              { title: 'WORKFLOW', cell: (epic) => epic.workflow },
              { title: 'DONE', cell: ({ tasks }) => `${tasks.done}/${tasks.total}`, align: 'right' },
              { title: 'TITLE', cell: (epic) => epic.title, shrinks: true },
              {
                title: 'BECAUSE',
                cell: ({ reason, waitingBecause }) => becauseCell(reason, waitingBecause),
                goesBelow: true,
              },
            ],
            epics,
          );
        });
      });
    });
}
