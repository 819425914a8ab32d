/** `agentcoord veto`: stops what a gate is about until somebody arbitrates. */
import type { Command } from 'commander';
import { runSignature } from './run-signature.ts';

export function addVetoCommand(program: Command): void {
  program
    .command('veto')
    .description('stop what a gate is about until somebody arbitrates')
    .argument('<gate>', 'its id, the beginning of it, or its name')
    .requiredOption('--note <text>', 'why: whoever arbitrates reads it')
    .option('--as <role>', 'in which role (default: the first open slot that you may fill)')
    .action(async (gate: string, { as, note }: { as?: string; note: string }, command: Command) => {
      await runSignature(command, { gate, decision: 'veto', role: as ?? null, note });
    });
}
