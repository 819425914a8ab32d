/** `agentcoord do` and `agentcoord ask`: every command and every query of the contract by its name, as the app gives them. */
import type { Command } from 'commander';
import type { RawOptions } from '../raw/raw-input.ts';
import { collect } from './shared-options.ts';

export function addDoCommand(program: Command): void {
  withInput(
    program
      .command('do')
      .description('give any command of the contract by its type, such as member.add; without one, list them')
      .argument('[type]', 'its type'),
  ).action(async (type: string | undefined, options: RawOptions, command: Command) => {
    const { doCommand } = await import('../raw/do-command.ts');
    await doCommand(type ?? null, options, command);
  });
}

export function addAskCommand(program: Command): void {
  withInput(
    program
      .command('ask')
      .description('ask any query of the contract by its name, such as members; without one, list them')
      .argument('[query]', 'its name'),
  ).action(async (name: string | undefined, options: RawOptions, command: Command) => {
    const { askQuery } = await import('../raw/ask-query.ts');
    await askQuery(name ?? null, options, command);
  });
}

const withInput = (command: Command): Command =>
  command
    .option('--input <json>', 'what it needs, as JSON; - reads it from standard input, @file from a file')
    .option('--set <field=value>', 'one field; the value is JSON, or else text', collect, []);
