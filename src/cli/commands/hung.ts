/** `agentcoord hung`: the workers that have gone silent, and what to do about each. */
import type { Command } from 'commander';
import type { DurationMs } from '../../core/units.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { durationText, isoTime } from '../output/time-text.ts';
import { duration } from './shared-options.ts';

export function addHungCommand(program: Command): void {
  program
    .command('hung')
    .description('list the workers that have gone silent, with their tasks and what to do')
    .option(
      '--threshold <duration>',
      'silent for so long, such as 60s (default: the company’s hung_after)',
      duration,
    )
    .action(async ({ threshold }: { threshold?: DurationMs }, command: Command) => {
      const options = globalOptions(command);
      const { withCompany } = await import('../company-session.ts');
      const output = openOutput(options.json);
      await withCompany(options, async ({ coordination }) => {
        const suspects = await coordination.query('hung', { threshold: threshold ?? null });
        const hung = suspects.map(({ worker, member, silentFor, declared, tasks, whatToDo }) => ({
          worker: worker.id,
          agent: member?.name ?? worker.memberId,
          pid: worker.pid,
          silentSeconds: Math.floor(silentFor / 1_000),
          lastSeenAt: isoTime(worker.lastSeenAt),
          declared,
          tasks: tasks.map(({ id, title }) => ({ id, title })),
          whatToDo,
        }));
        output.answer({ hung }, () => {
          if (hung.length === 0) return 'No worker is silent.';
          return output.table(
            [
              { title: 'WORKER', cell: ({ worker }) => ({ text: worker, meaning: 'over' }) },
              { title: 'AGENT', cell: ({ agent }) => agent },
              {
                title: 'SILENT FOR',
                cell: ({ silentSeconds, declared }) => ({
                  text: durationText((silentSeconds * 1_000) as DurationMs),
                  meaning: declared ? 'failed' : 'waiting',
                }),
              },
              {
                title: 'TASK',
                cell: ({ tasks }) => tasks.map(({ title }) => title).join(', '),
                shrinks: true,
              },
              { title: 'WHAT TO DO', cell: ({ whatToDo }) => whatToDo, shrinks: true },
            ],
            hung,
          );
        });
      });
    });
}
