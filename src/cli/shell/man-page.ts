/** The manual page, written from the same commands that are run. */
import type { Command, Option } from 'commander';
import { isHidden } from './completions.ts';

/** @param date of the page, such as `2026-11-30` @returns roff, as `man -l` reads it */
export function manPage(program: Command, version: string, date: string): string {
  const lines = [
    `.TH AGENTCOORD 1 "${date}" "agentcoord ${version}" "User Commands"`,
    '.SH NAME',
    `agentcoord \\- ${plain(program.description())}`,
    '.SH SYNOPSIS',
    '.B agentcoord',
    '[\\fIoptions\\fR] \\fIcommand\\fR',
    '.SH OPTIONS',
    ...optionLines(program),
    '.SH COMMANDS',
    ...program.commands.flatMap((command) => commandLines(command, '')),
    '.SH EXIT STATUS',
    '0: done. 1: refused or failed, with the reason on standard error. 2: the command line itself is wrong.',
    '.SH ENVIRONMENT',
    '.TP\n.B AGENTCOORD_DATA_DIR',
    'where the companies are kept',
    '.TP\n.B NO_COLOR',
    'no colours',
  ];
  return `${lines.join('\n')}\n`;
}

function commandLines(command: Command, before: string): string[] {
  if (isHidden(command)) return [];
  const name = `${before}${command.name()}`;
  const takes = command.registeredArguments.map((argument) => {
    const word = argument.variadic ? `${argument.name()}...` : argument.name();
    return argument.required ? `<${word}>` : `[${word}]`;
  });
  return [
    `.SS ${plain([name, ...takes].join(' '))}`,
    plain(command.description()),
    ...optionLines(command),
    ...command.commands.flatMap((each) => commandLines(each, `${name} `)),
  ];
}

const optionLines = ({ options }: Command): string[] =>
  options
    .filter(({ hidden }: Option) => !hidden)
    .flatMap(({ flags, description }) => ['.TP', `.B ${plain(flags)}`, plain(description)]);

/** A hyphen is one, no line begins with what roff takes for a command, and letters that it can't read have its own names. */
const plain = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('\n', ' ')
    .replaceAll(/[^\u0020-\u007e]/gu, glyph)
    .replace(/^([.'])/, '\\&$1');

/** As groff and mandoc name it: `\[u2019]`. */
const glyph = (letter: string): string =>
  `\\[u${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
