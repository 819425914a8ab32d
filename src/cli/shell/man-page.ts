/** The manual page, written from the same commands that are run. */
import type { Command, Option } from 'commander';
import { firstSteps } from '../help-texts.ts';
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
    ...exitStatus.flatMap(item),
    '.SH ENVIRONMENT',
    ...environment.flatMap(item),
    '.SH FILES',
    ...files.flatMap(item),
    '.SH EXAMPLES',
    ...firstSteps.flatMap(item),
    '.SH SEE ALSO',
    ...seeAlso.map(plain),
  ];
  return `${lines.join('\n')}\n`;
}

type Item = readonly [name: string, about: string];

const item = ([name, about]: Item): string[] => ['.TP', `.B ${plain(name)}`, plain(about)];

const exitStatus: readonly Item[] = [
  ['0', 'done'],
  ['1', 'refused or failed: the reason is on standard error, with --json also on standard output'],
  ['2', 'the command line itself is wrong'],
  ['129, 130, 143', 'ended by SIGHUP, Ctrl-C or SIGTERM while it waited; nothing is locked'],
];

const environment: readonly Item[] = [
  ['AGENTCOORD_DATA_DIR', 'where the companies are kept, unless --data-dir says it'],
  ['AGENTCOORD_COMPANY', 'which company is meant, unless --company says it'],
  ['AGENTCOORD_REDIS_URL', 'the Redis that “serve” shares with other hosts, without a password'],
  ['AGENTCOORD_REDIS_PASSWORD', 'the password of that Redis'],
  ['AGENTCOORD_REDIS_CA', 'a file with the certificate that signed that of the Redis'],
  ['AGENTCOORD_REDIS_KEEP_EVENTS', 'how many events of a company stay in its stream, at least'],
  ['AGENTCOORD_PUBLIC_URL', 'where workers on other machines come in, as --public-url of “serve”'],
  ['AGENTCOORD_MCP_TOKEN', 'the bearer token of “mcp --http”; without it one is made and printed'],
  ['AGENTCOORD_DEBUG', 'show where in the program a fault of its own happened'],
  ['NO_COLOR', 'no colours'],
];

const files: readonly Item[] = [
  ['~/.local/share/agentcoord', 'the data directory on Linux: a folder for each company, with its log'],
  ['~/Library/Application Support/AgentCoord', 'the same on macOS'],
  ['%APPDATA%\\AgentCoord', 'the same on Windows'],
];

const seeAlso = [
  'docs/cli.md, docs/commands.md and errors.md of the project;',
  '“agentcoord COMMAND --help”; “agentcoord openapi” for the HTTP API.',
];

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
