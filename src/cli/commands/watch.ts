/** `agentcoord watch`: each event as it happens, a line of JSON, for scripts. */
import type { Command } from 'commander';
import type { WatchOptions } from '../watch-events.ts';
import { collect, wholeNumber } from './shared-options.ts';

export function addWatchCommand(program: Command): void {
  program
    .command('watch')
    .description('print each event as it happens, a JSON document on a line of its own, until Ctrl-C')
    .option('--type <type>', 'events of this type, or all that begin so: `gate`; several times', collect, [])
    .option('--object <id>', 'only those that name this task, gate, member …')
    .option(
      '--after <seq>',
      'from the first one after this number on; 0: from the beginning (default: from now on)',
      wholeNumber(0, Number.MAX_SAFE_INTEGER),
    )
    .action(async (options: WatchOptions, command: Command) => {
      const { watchEvents } = await import('../watch-events.ts');
      await watchEvents(options, command);
    });
}
