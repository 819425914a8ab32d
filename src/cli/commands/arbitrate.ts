/** `agentcoord arbitrate`: the ruling on a gate that was vetoed. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { runOnGate } from './run-on-gate.ts';

interface ArbitrateOptions {
  readonly ruling: 'resume' | 'rework';
  readonly note: string;
}

export function addArbitrateCommand(program: Command): void {
  program
    .command('arbitrate')
    .description('rule on a gate that was vetoed')
    .argument('<gate>', 'its id, the beginning of it, or its name')
    .addOption(
      new Option('--ruling <ruling>', 'resume: it waits for sign-offs again; rework: the work goes back')
        .choices(['resume', 'rework'])
        .makeOptionMandatory(),
    )
    .requiredOption('--note <text>', 'why; it goes on record')
    .action((key: string, { ruling, note }: ArbitrateOptions, command: Command) =>
      runOnGate(command, key, (gateId) => ({ type: 'gate.arbitrate', gateId, ruling, note })),
    );
}
