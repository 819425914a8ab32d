/** `agentcoord reject`: sends the work at a gate back to its author with a note. */
import type { Command } from 'commander';
import { runSignature } from './run-signature.ts';

interface RejectOptions {
  readonly as?: string;
  readonly note: string;
}

export function addRejectCommand(program: Command): void {
  program
    .command('reject')
    .description('send the work at a gate back to its author')
    .argument('<gate>', 'its id, the beginning of it, or its name')
    .requiredOption('--note <text>', 'what must change')
    .option('--as <role>', 'the slot in whose name you speak')
    .action(async (gate: string, { as, note }: RejectOptions, command: Command) => {
      await runSignature(command, { gate, decision: 'request_changes', role: as ?? null, note });
    });
}
