/** `agentcoord completion` and `man`: what shells and readers of manuals get, from the commands themselves. */
import type { Command } from 'commander';
import { Argument } from 'commander';
import manifest from '../../../package.json' with { type: 'json' };
import { companyVariable } from '../global-options.ts';
import { plainLine } from '../output/plain-text.ts';
import { completions, givenValue } from '../shell/completions.ts';
import { manPage } from '../shell/man-page.ts';
import type { Shell } from '../shell/scripts.ts';
import { completionScripts, shells } from '../shell/scripts.ts';
import type { NamedThing } from '../shell/things.ts';

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
  const namesOf = async (thing: NamedThing, words: readonly string[]) => {
    const { liveNames } = await import('../shell/live-names.ts');
    return liveNames(thing, {
      dataDir: givenValue(words, '--data-dir'),
      company: givenValue(words, '--company') ?? (process.env[companyVariable] || undefined),
    });
  };
  // Called by those scripts at each tab.
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .action(async (words: readonly string[]) => {
      const { known, thing, begun } = completions(program, words);
      const named = thing === null ? [] : await namesOf(thing, words);
      const found = [...known, ...named.filter(({ word }) => word.startsWith(begun))];
      const lines = found.map(({ word, about }) => `${plainLine(word)}\t${plainLine(about)}\n`);
      process.stdout.write(lines.join(''));
    });
}
