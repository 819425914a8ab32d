/** `agentcoord set-aside` and `agentcoord take-up`: a gate is kept out of your own inbox for a time, and put back. */
import type { Command } from 'commander';
import type { DurationMs } from '../../core/units.ts';
import { runOnGate } from './run-on-gate.ts';
import { duration } from './shared-options.ts';

export function addSetAsideCommand(program: Command): void {
  program
    .command('set-aside')
    .description('keep a gate out of your own inbox for a time; it goes on waiting')
    .argument('<gate>', 'its id, the beginning of it, or its name')
    .requiredOption('--for <duration>', 'for how long, such as 45m, 3h or 2d; at most 30d', duration)
    .requiredOption('--reason <text>', 'why: the others see it')
    .action((key: string, options: { for: DurationMs; reason: string }, command: Command) => {
      const { for: lasting, reason } = options;
      return runOnGate(command, key, (gateId) => ({ type: 'gate.set_aside', gateId, lasting, reason }));
    });
}

export function addTakeUpCommand(program: Command): void {
  program
    .command('take-up')
    .description('take up a gate again that you set aside')
    .argument('<gate>', 'its id, the beginning of it, or its name')
    .action((key: string, _options: unknown, command: Command) =>
      runOnGate(command, key, (gateId) => ({ type: 'gate.take_up', gateId })),
    );
}
