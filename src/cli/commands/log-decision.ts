/** `agentcoord log-decision`: puts a decision on record that no other command makes. */
import type { Command } from 'commander';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';

interface LogDecisionOptions {
  readonly kind: string;
  readonly context: string;
  readonly reason: string;
}

export function addLogDecisionCommand(program: Command): void {
  program
    .command('log-decision')
    .description('put a decision on record, for the audit')
    .requiredOption('--kind <kind>', 'what kind of decision: deployment, library, …')
    .requiredOption('--context <text>', 'what it is about')
    .requiredOption('--reason <text>', 'why')
    .action(async ({ kind, context, reason }: LogDecisionOptions, command: Command) => {
      const options = globalOptions(command);
      const { withCompany } = await import('../company-session.ts');
      const output = openOutput(options.json);
      await withCompany(options, async ({ coordination }) => {
        const { seq } = await coordination.command({ type: 'decision.log', kind, context, reason });
        output.answer({ decision: { seq, kind, context, reason } }, () => `On record as event ${seq}.`);
      });
    });
}
