/** `agentcoord completion` and `man`: what shells and readers of manuals get, from the commands themselves. */
import type { Command } from 'commander';
import { Argument } from 'commander';
import manifest from '../../../package.json' with { type: 'json' };
import { completions } from '../shell/completions.ts';
import { manPage } from '../shell/man-page.ts';
import type { Shell } from '../shell/scripts.ts';
import { completionScripts, shells } from '../shell/scripts.ts';

export function addCompletionCommands(program: Command): void {
  program
    .command('completion')
    .description('print what makes a shell complete commands and options')
    .addArgument(new Argument('<shell>').choices(shells))
    .action((shell: Shell) => {
      process.stdout.write(completionScripts[shell]);
    });
  program
    .command('man')
    .description('print the manual page: agentcoord man | man -l -')
    .action(() => {
      process.stdout.write(manPage(program, manifest.version, new Date().toISOString().slice(0, 10)));
    });
  // Called by those scripts at each tab.
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action((words: readonly string[]) => {
      const found = completions(program, words);
      if (found.length > 0) process.stdout.write(`${found.join('\n')}\n`);
    });
}
