/** What the documentation has from the code is what the code says now; and what people wrote about commands is true. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../../build/project-folder.ts';
import { references } from '../../build/references/references.ts';
import { createProgram } from '../../src/cli/program.ts';
import { isHidden } from '../../src/cli/shell/completions.ts';
import { markdownPages, withoutBlocks } from './markdown-pages.ts';

const program = createProgram();
const pages = await markdownPages();
const made = [...(await references())];

/** By the names by which it is called: `task create`. */
const commands = new Map(namesOf(program, ''));

function namesOf(command: Command, before: string): [string, Command][] {
  return command.commands.flatMap((each): [string, Command][] => {
    const name = `${before}${each.name()}`;
    return [[name, each], ...namesOf(each, `${name} `)];
  });
}

describe('made of the code', () => {
  it.each(made)('%s', async (file, text) => {
    const there = await readFile(path.join(projectFolder, file), 'utf8');
    expect(there === text ? [] : `${file} is behind the code: npm run references`).toEqual([]);
  });
});

/** The command that the words begin with, and what is wrong with its options. */
function judge(words: string): { readonly name: string; readonly faults: readonly string[] } {
  const parts = words.match(/"[^"]*"|\S+/g) ?? [];
  const plain = parts.filter((part) => !part.startsWith('-'));
  const called = [plain.slice(0, 2).join(' '), plain[0] ?? ''].find((name) => commands.has(name));
  const command = called === undefined ? program : commands.get(called);
  const isKnown = called !== undefined || plain.length === 0;
  const known = optionsOf(command ?? program);
  const faults = parts
    .map((part) => /^[[(]*(--?[a-z][a-z-]*)/.exec(part)?.[1])
    .filter((option) => option !== undefined && !known.has(option))
    .map((option) => `${words}: there is no ${option}`);
  return { name: called ?? '', faults: isKnown ? faults : [`${words}: there is no such command`] };
}

function optionsOf(command: Command): Set<string> {
  const own = command.options
    .flatMap(({ long, short }) => [long, short])
    .filter((name) => name !== undefined);
  const above = command.parent ? [...optionsOf(command.parent)] : [];
  return new Set([...own, ...above, '--help', '-h']);
}

it.each(pages)('$file names only commands and options that there are', ({ text }) => {
  const spans = [...withoutBlocks(text).matchAll(/`(?:npx )?agentcoord ([a-z][^`\n]*)`/g)];
  const said = spans.map(([, words = '']) => words.replaceAll('\\|', '|').replace(/ \| .*/, ''));
  expect(said.flatMap((words) => judge(words).faults)).toEqual([]);
});

it('has every command in the table of docs/cli.md, with options that there are', () => {
  const page = pages.find(({ file }) => file === 'docs/cli.md')?.text ?? '';
  const table = /^## Commands\n([\s\S]*?)^## /m.exec(page)?.[1] ?? '';
  const cells = [...table.matchAll(/^\| (`.*?) \| /gm)].map(([, cell = '']) => cell.replaceAll('\\|', '|'));
  const judged = cells
    .flatMap((cell) => [...cell.matchAll(/`([a-z][^`]*)`/g)])
    .flatMap(([, words = '']) => variants(words));
  const results = judged.filter((words) => words !== 'agentcoord').map(judge);
  expect(results.flatMap(({ faults }) => faults)).toEqual([]);
  const named = new Set(results.map(({ name }) => name));
  const callable = [...commands].filter(([, command]) => command.commands.length === 0 && !isHidden(command));
  const missing = callable.map(([name]) => name).filter((name) => !named.has(name));
  expect(missing).toEqual([]);
});

/** `gates [list] --all` and `board resolve|wait <thread>` each stand for several. */
function variants(words: string): string[] {
  const optional = /^(\w+) \[(\w+)\](.*)$/.exec(words);
  if (optional && commands.has(`${optional[1]} ${optional[2]}`))
    return [`${optional[1]} ${optional[2]}${optional[3]}`];
  const either = /^(\w+) ([a-z|]+\|[a-z|]+)(.*)$/.exec(words);
  if (!either) return [words];
  return (either[2] ?? '').split('|').map((one) => `${either[1]} ${one}${either[3]}`);
}
