/** `agentcoord selftest`: whether AgentCoord keeps its promises on this machine. */
import type { Command } from 'commander';
import { AnsweredRefusal } from '../answered-refusal.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { wholeNumber } from './shared-options.ts';

interface SelftestOptions {
  readonly workers: number;
  readonly tasks: number;
  readonly kills: number;
}

export function addSelftestCommand(program: Command): void {
  program
    .command('selftest')
    .description(
      'try in a temporary folder that no task is claimed twice, no lock has two holders, no kill loses anything',
    )
    .option('--workers <number>', 'agents at once', wholeNumber(1, 64), 8)
    .option('--tasks <number>', 'tasks for them', wholeNumber(1, 1_000), 200)
    .option('--kills <number>', 'how often the host is killed', wholeNumber(1, 100), 3)
    .action(async (size: SelftestOptions, command: Command) => {
      const output = openOutput(globalOptions(command).json);
      const { runSelftest } = await import('../selftest/run-selftest.ts');
      const checks = await runSelftest(size, ({ name, ok }) =>
        output.note(`${ok ? 'ok    ' : 'FAILED'} ${name}`),
      );
      const ok = checks.every((check) => check.ok);
      output.answer({ ok, checks }, () =>
        output.table(
          [
            { title: 'CHECK', cell: (check) => check.name },
            {
              title: 'RESULT',
              cell: (check) =>
                check.ok ? { text: 'ok', meaning: 'good' } : { text: 'FAILED', meaning: 'failed' },
            },
            { title: 'SECONDS', cell: (check) => check.seconds.toFixed(1), align: 'right' },
            { title: 'FOUND', cell: (check) => check.found, shrinks: true },
          ],
          checks,
        ),
      );
      if (!ok) throw new AnsweredRefusal();
    });
}
