/** `agentcoord delegate`: asks somebody else who may sign a gate to fill one of its slots. */
import type { Command } from 'commander';
import { CoordError } from '../../core/error.ts';
import { runOnGate } from './run-on-gate.ts';

interface DelegateOptions {
  readonly as: string;
  readonly to?: string;
  readonly takeBack?: boolean;
  readonly note: string;
}

export function addDelegateCommand(program: Command): void {
  program
    .command('delegate')
    .description('ask another who may sign a gate to fill one of its slots')
    .argument('<gate>', 'its id, the beginning of it, or its name')
    .requiredOption('--as <role>', 'the slot: the role that the sign-off is for')
    .option('--to <member>', 'whom to ask: their name or id')
    .option('--take-back', 'ask nobody in particular any more')
    .option('--note <text>', 'what they should know', '')
    .action((key: string, options: DelegateOptions, command: Command) => {
      const { as: roleId, to, takeBack = false, note } = options;
      if ((to === undefined) !== takeBack) {
        throw new CoordError('BAD_INPUT', 'Say either whom to ask, by --to, or --take-back.');
      }
      return runOnGate(command, key, async (gateId, coordination) => {
        const { findMember } = await import('../find-task.ts');
        const member = to === undefined ? null : (await findMember(coordination, to)).id;
        return { type: 'gate.delegate', gateId, roleId, to: member, note };
      });
    });
}
