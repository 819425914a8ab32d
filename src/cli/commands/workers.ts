/** `agentcoord workers`: the worker processes. */
import type { Command } from 'commander';
import type { EpochMs } from '../../core/units.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { meaningOf } from '../output/style.ts';
import { relativeTime } from '../output/time-text.ts';

export function addWorkersCommand(program: Command): void {
  program
    .command('workers')
    .description('list the worker processes that live')
    .option('--all', 'also those that have ended', false)
    .action(async ({ all }: { all: boolean }, command: Command) => {
      const options = globalOptions(command);
      const { withCompany } = await import('../company-session.ts');
      const { readNames } = await import('../documents/names.ts');
      const { workerDocument } = await import('../documents/worker-document.ts');
      const output = openOutput(options.json);
      await withCompany(options, async ({ coordination }) => {
        const [rows, members, names] = await Promise.all([
          coordination.query('workers', {}),
          coordination.query('members', {}),
          readNames(coordination),
        ]);
        const held = members.flatMap(({ agent }) => agent?.tasks ?? []);
        const tasksOf = (id: string) =>
          held.filter(({ lease }) => lease?.workerId === id).map((task) => task.title);
        const shown = rows.filter((worker) => all || worker.endedAt === null);
        const workers = shown.map((worker) => ({
          ...workerDocument(worker, names),
          tasks: tasksOf(worker.id),
        }));
        const ago = (at: string) => relativeTime(Date.parse(at) as EpochMs, Date.now() as EpochMs);
        output.answer({ workers }, () => {
          if (workers.length === 0) return 'No worker lives: a host starts them when there is work.';
          return output.table(
            [
              { title: 'WORKER', cell: (worker) => ({ text: worker.id, meaning: 'over' }) },
              { title: 'AGENT', cell: (worker) => worker.agent },
              {
                title: 'STATE',
                cell: ({ state, paused }) =>
                  paused !== null && state === 'ready'
                    ? { text: 'paused', meaning: 'waiting' }
                    : { text: state, meaning: meaningOf(state) },
              },
              { title: 'WORKS ON', cell: (worker) => worker.tasks.join(', '), shrinks: true },
              { title: 'PID', cell: (worker) => String(worker.pid ?? ''), align: 'right' },
              { title: 'RUNNER', cell: (worker) => worker.runner },
              { title: 'STARTED', cell: (worker) => ago(worker.startedAt) },
              { title: 'LAST SEEN', cell: (worker) => ago(worker.lastSeenAt) },
              { title: 'ENDED', cell: (worker) => worker.exitReason ?? '', shrinks: true },
            ],
            workers,
          );
        });
      });
    });
}
