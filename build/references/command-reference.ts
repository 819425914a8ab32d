/** docs/commands.md: every command with its arguments and options, from the commands themselves. */
import type { Argument, Command, Option } from 'commander';
import { isHidden } from '../../src/cli/shell/completions.ts';
import { cell, table } from './markdown.ts';

const preface = `# Commands

Every command with all that it takes, made of the program itself by \`npm run references\`. What stands behind a command, exit codes and JSON documents are in [cli.md](cli.md). \`--help\` prints the same on a terminal.

\`[…]\` may be left out, \`…\` may be repeated. Each command also takes these:
`;

export function commandReference(program: Command): string {
  const chapters = program.commands.flatMap((command) => chapter(command, 'agentcoord'));
  return `${[preface, options(program), ...chapters].join('\n')}`;
}

function chapter(command: Command, before: string): string[] {
  if (isHidden(command)) return [];
  const name = `${before} ${command.name()}`;
  const isGroup = command.commands.length > 0;
  const words = [name, ...command.registeredArguments.map(argumentText)];
  return [
    ...(isGroup && command.registeredArguments.length === 0 && command.options.length === 0
      ? [`## ${name}\n\n${sentence(command)}\n`]
      : [`## ${words.join(' ')}\n\n${sentence(command)}\n`, options(command)]),
    ...command.commands.flatMap((each) => chapter(each, name)),
  ].filter((part) => part !== '');
}

function sentence(command: Command): string {
  const description = command.description();
  const words = `${description.charAt(0).toUpperCase()}${description.slice(1)}`;
  return words.endsWith('.') ? words : `${words}.`;
}

function argumentText(argument: Argument): string {
  const word = argument.variadic ? `${argument.name()}…` : argument.name();
  return argument.required ? `<${word}>` : `[${word}]`;
}

function options(command: Command): string {
  const rows = command.options
    .filter(({ hidden }) => !hidden)
    .map((option) => [cell(flags(option)), about(option)]);
  return rows.length === 0 ? '' : `${table(['option', ''], rows)}\n`;
}

const flags = (option: Option): string => `\`${option.flags.replace('...', '…')}\``;

function about(option: Option): string {
  const { description, argChoices, defaultValue, mandatory } = option;
  const isTold = description.includes('default');
  const isUsual =
    defaultValue !== undefined && !Array.isArray(defaultValue) && typeof defaultValue !== 'boolean';
  const extra = [
    mandatory ? 'needed' : '',
    argChoices ? `one of ${argChoices.map((choice) => `\`${choice}\``).join(', ')}` : '',
    isUsual && defaultValue !== '' && !isTold
      ? `\`${option.defaultValueDescription ?? String(defaultValue)}\` unless told`
      : '',
  ].filter((text) => text !== '');
  return cell([description, ...extra].join('; '));
}
