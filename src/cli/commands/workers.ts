/** `agentcoord workers`: the worker processes. */
import type { Command } from 'commander';
import type { EpochMs } from '../../core/units.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

export function addWorkersCommand(program: Command): void {
  program
    .command('workers')
    .description('list the worker processes that live')
    .option('--all', 'also those that have ended', false)
    .action(async ({ all }: { all: boolean }, command: Command) => {
      const options = globalOptions(command);
      const { withCompany } = await import('../company-session.ts');
      const { readNames } = await import('../documents/names.ts');
      const { workersTable } = await import('../output/workers-text.ts');
      const { workerDocument, workerFactsDocument } = await import('../documents/worker-document.ts');
      const output = openOutput(options.json);
      await withCompany(options, async ({ coordination }) => {
        const isNow = options.at === null;
        const [rows, members, names, facts] = await Promise.all([
          coordination.query('workers', {}),
          coordination.query('members', {}),
          readNames(coordination),
          isNow ? coordination.query('workerFacts', {}) : [],
        ]);
        const held = members.flatMap(({ agent }) => agent?.tasks ?? []);
        const tasksOf = (id: string) =>
          held.filter(({ lease }) => lease?.workerId === id).map((task) => task.title);
        const shown = rows.filter((worker) => all || worker.endedAt === null);
        const workers = shown.map((worker) => {
          const known = facts.find((one) => one.worker.id === worker.id);
          return {
            ...workerDocument(worker, names),
            tasks: tasksOf(worker.id),
            facts: known ? workerFactsDocument(known) : null,
          };
        });
        output.answer({ workers }, () =>
          workers.length === 0
            ? 'No worker lives: a host starts them when there is work.'
            : workersTable(workers, output, Date.now() as EpochMs),
        );
      });
    });
}
