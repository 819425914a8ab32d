/** `agentcoord move`: puts the log of a company into Redis, where other hosts join it, or back on this host alone. */
import type { Command } from 'commander';
import { calledAs } from '../called-as.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';
import { anybodyOption } from './redis-options.ts';

interface MoveOptions {
  readonly to: string;
  readonly anybodyMayReadIt?: boolean;
}

export function addMoveCommand(program: Command): void {
  program
    .command('move')
    .description('move the log of a company into Redis, for several hosts, or back to this one; work goes on')
    .requiredOption('--to <where>', 'redis (the one that is set), redis://host:6379, or here')
    .addOption(anybodyOption())
    .action(async ({ to, anybodyMayReadIt = false }: MoveOptions, command: Command) => {
      const options = globalOptions(command);
      const { withCompany } = await import('../company-session.ts');
      const { showMove } = await import('../show-move.ts');
      const output = openOutput(options.json);
      await withCompany(options, async ({ coordination, company }) => {
        const moving = coordination.moveCompany({ to, openToAnybody: anybodyMayReadIt });
        const moved = await showMove(coordination, company, moving);
        output.answer(moved, () => {
          const { place, from, verified, heldUp } = moved;
          const name = plainLine(moved.name);
          if (place === from) return `${name} is there already: ${place ?? 'on this host alone'}.`;
          return [
            `${name} is ${place === null ? 'on this host alone' : `in Redis at ${place}`} now.`,
            `Every event up to ${verified.seq} was compared: ${verified.chain}`,
            `Commands waited for ${Math.ceil(heldUp)} ms.`,
            place === null
              ? `What stands in Redis at ${from} is closed and stays there: other hosts take no commands for ${name}.`
              : `Other hosts join it with: ${calledAs()} serve --redis-url …`,
          ].join('\n');
        });
      });
    });
}
