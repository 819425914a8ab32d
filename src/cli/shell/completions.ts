/** What may come next on a command line: commands, options, and the values that an option knows. */
import type { Command, Option } from 'commander';

/** @param words after the program's name; the last one is being written, and may be empty */
export function completions(program: Command, words: readonly string[]): string[] {
  const current = words.at(-1) ?? '';
  let command = program;
  let awaited: Option | null = null;
  let isGiven = false;
  for (const word of words.slice(0, -1)) {
    if (awaited) {
      // A shell may break `--data-dir=/x` at its `=`.
      if (word !== '=') awaited = null;
      continue;
    }
    const [name = '', value] = parts(word);
    const option = optionOf(command, name);
    if (option) {
      awaited = value === undefined && (option.required || option.optional) ? option : null;
      continue;
    }
    const next: Command | undefined = isGiven
      ? undefined
      : subcommandsOf(command).find((one) => one.name() === word);
    if (next) command = next;
    else isGiven = true;
  }
  if (awaited) {
    const begun = current === '=' ? '' : current;
    return (awaited.argChoices ?? []).filter((choice) => choice.startsWith(begun));
  }
  const [name = '', begun] = parts(current);
  const choices = begun === undefined ? undefined : optionOf(command, name)?.argChoices;
  if (choices) return choices.map((choice) => `${name}=${choice}`).filter((one) => one.startsWith(current));
  const names = isGiven ? [] : subcommandsOf(command).map((one) => one.name());
  // Options stand in nobody's way until somebody asks for them, unless there is nothing else.
  const offered = current.startsWith('-') || names.length === 0 ? [...names, ...optionsOf(command)] : names;
  return offered.filter((one) => one.startsWith(current));
}

/** `--state=waiting` is an option and its value in one word; any other word is itself. */
const parts = (word: string): [name: string, value?: string] => {
  const [, name, value] = /^(--[^=]+)=(.*)$/.exec(word) ?? [];
  return name === undefined || value === undefined ? [word] : [name, value];
};

const subcommandsOf = ({ commands }: Command): Command[] => commands.filter((one) => !isHidden(one));

/** Commander keeps it to itself, but its help leaves such a command out. */
export const isHidden = (command: Command): boolean =>
  command.parent !== null && !command.parent.createHelp().visibleCommands(command.parent).includes(command);

function lineage(command: Command): Command[] {
  return command.parent ? [command, ...lineage(command.parent)] : [command];
}

const visibleOptions = (command: Command): Option[] =>
  lineage(command)
    .flatMap(({ options }) => options)
    .filter(({ hidden }) => !hidden);

const optionsOf = (command: Command): string[] => [
  ...new Set([...visibleOptions(command).flatMap(({ long }) => (long ? [long] : [])), '--help']),
];

const optionOf = (command: Command, word: string): Option | undefined =>
  visibleOptions(command).find(({ long, short }) => word !== '' && (long === word || short === word));
