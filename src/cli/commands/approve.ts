/** `agentcoord approve`: a person's sign-off for a gate. */
import type { Command } from 'commander';
import { runSignature } from './run-signature.ts';

interface ApproveOptions {
  readonly as?: string;
  readonly note: string;
}

export function addApproveCommand(program: Command): void {
  program
    .command('approve')
    .description('sign a gate that waits, for exactly what it shows now')
    .argument('<gate>', 'its id, the beginning of it, or its name')
    .option('--as <role>', 'which slot to fill (default: the first open one that you may)')
    .option('--note <text>', 'said beside the sign-off', '')
    .action(async (gate: string, { as, note }: ApproveOptions, command: Command) => {
      await runSignature(command, { gate, decision: 'approve', role: as ?? null, note });
    });
}
