/** What may come next on a command line: commands, options, the values that an option knows, or what the company has. */
import type { Command, Option } from 'commander';
import type { NamedThing } from './things.ts';
import { thingNamed, thingOfOption } from './things.ts';

export interface Completion {
  readonly word: string;
  /** What it is or does; empty where there is nothing to say. */
  readonly about: string;
}

export interface Completions {
  /** They all begin as the word that is being written. */
  readonly known: readonly Completion[];
  /** What stands there is named as the company names it; null: nothing of it. */
  readonly thing: NamedThing | null;
  /** What is being written of its name. */
  readonly begun: string;
}

/** @param words after the program's name; the last one is being written, and may be empty */
export function completions(program: Command, words: readonly string[]): Completions {
  const current = words.at(-1) ?? '';
  const { command, awaited, given } = read(program, words.slice(0, -1));
  if (awaited) return valuesOf(awaited, current === '=' ? '' : current, '');
  const [name = '', begun] = parts(current);
  const option = begun === undefined ? undefined : optionOf(command, name);
  if (option && begun !== undefined) return valuesOf(option, begun, `${name}=`);
  const subcommands = given === 0 ? subcommandsOf(command).map(ofCommand) : [];
  // Options stand in nobody's way until somebody asks for them, unless there is nothing else.
  const argument = current.startsWith('-') ? undefined : argumentOf(command, given);
  const thing = argument ? thingNamed(argument.name()) : null;
  const values = (argument?.argChoices ?? []).map(plain);
  const isOpen = subcommands.length === 0 && !argument;
  const offered = [
    ...subcommands,
    ...values,
    ...(current.startsWith('-') || isOpen ? optionsOf(command) : []),
  ];
  return { known: offered.filter(({ word }) => word.startsWith(current)), thing, begun: current };
}

/** The value of an option as far as it can be read from the words, such as that of `--data-dir`. */
export function givenValue(words: readonly string[], name: string): string | undefined {
  for (const [at, word] of words.slice(0, -1).entries()) {
    const [option, value] = parts(word);
    if (option !== name) continue;
    const next = words[at + 1] === '=' ? words[at + 2] : words[at + 1];
    return value ?? next;
  }
  return undefined;
}

/** The command that the words lead to, an option of it that waits for its value, and how many arguments it has. */
function read(program: Command, words: readonly string[]) {
  let command = program;
  let awaited: Option | null = null;
  let given = 0;
  for (const word of words) {
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
    const next: Command | undefined =
      given > 0 ? undefined : subcommandsOf(command).find((one) => one.name() === word);
    if (next) command = next;
    else given += 1;
  }
  return { command, awaited, given };
}

function valuesOf(option: Option, begun: string, before: string): Completions {
  const known = (option.argChoices ?? []).filter((choice) => choice.startsWith(begun));
  const thing = option.argChoices ? null : thingOfOption(option.attributeName());
  return { known: known.map((choice) => plain(before + choice)), thing: before === '' ? thing : null, begun };
}

/** `--state=waiting` is an option and its value in one word; any other word is itself. */
const parts = (word: string): [name: string, value?: string] => {
  const [, name, value] = /^(--[^=]+)=(.*)$/.exec(word) ?? [];
  return name === undefined || value === undefined ? [word] : [name, value];
};

const plain = (word: string): Completion => ({ word, about: '' });
const ofCommand = (command: Command): Completion => ({ word: command.name(), about: command.description() });

const subcommandsOf = ({ commands }: Command): Command[] => commands.filter((one) => !isHidden(one));

const argumentOf = ({ registeredArguments }: Command, given: number) => {
  const last = registeredArguments.at(-1);
  return registeredArguments[given] ?? (last?.variadic ? last : undefined);
};

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

function optionsOf(command: Command): Completion[] {
  const all = visibleOptions(command).flatMap(({ long, description }) =>
    long ? [{ word: long, about: description }] : [],
  );
  const byName = new Map(all.map((one) => [one.word, one]));
  return [...byName.values(), { word: '--help', about: 'print this help' }];
}

const optionOf = (command: Command, word: string): Option | undefined =>
  visibleOptions(command).find(({ long, short }) => word !== '' && (long === word || short === word));
