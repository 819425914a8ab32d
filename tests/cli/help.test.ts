/** What `--help` and a command line that is wrong say. */
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import { examples, firstSteps } from '../../src/cli/help-texts.ts';
import { plainUsage } from '../../src/cli/plain-usage.ts';
import { createProgram } from '../../src/cli/program.ts';
import { runAgentcoord } from './run-agentcoord.ts';

const program = createProgram();

/** The command that a line leads to. */
function commandOf(line: string): Command {
  let found = program;
  for (const word of line.split(' ').slice(1)) {
    const next = found.commands.find((command) => command.name() === word);
    if (!next) break;
    found = next;
  }
  return found;
}

const lines = [...firstSteps.map(([line]) => line), ...Object.values(examples)];

it.each(lines)('has an example with nothing but what there is: %s', (line) => {
  const command = commandOf(line);
  expect(command).not.toBe(program);
  const known = [...program.options, ...command.options].map(({ long }) => long);
  for (const option of line.match(/--[a-z-]+/g) ?? []) expect(known).toContain(option);
});

it('has each example at a command that there is', () => {
  for (const [path, line] of Object.entries(examples))
    expect(line).toMatch(new RegExp(`^agentcoord ${path}( |$)`));
});

it('shows the commands under headings, and where to begin', async () => {
  const { stdout } = await runAgentcoord(['--help']);
  for (const heading of ['Begin:', 'Work:', 'Gates and approvals:', 'For programs:', 'Begin with:'])
    expect(stdout).toContain(`\n${heading}\n`);
  expect(stdout).not.toContain('\nCommands:\n');
  expect(stdout).toContain('agentcoord init --template startup');
});

it('shows --at and an example where they belong', async () => {
  const [status, init] = await Promise.all(['status', 'init'].map((name) => runAgentcoord([name, '--help'])));
  expect(status?.stdout).toContain('--at <seq or time>');
  expect(init?.stdout).not.toContain('--at <seq or time>');
  expect(init?.stdout).toContain('Example:\n  agentcoord init --template');
});

it('guesses what is near, and nothing from afar', async () => {
  const { code, stderr, stdout } = await runAgentcoord(['get', 'pods', '--json']);
  expect(code).toBe(2);
  expect(stderr).toContain("unknown command 'get'");
  expect(stderr + stdout).not.toContain('veto');
  expect((await runAgentcoord(['stauts'])).stderr).toContain('(Did you mean status?)');
  expect(plainUsage("error: unknown option '--titel'\n(Did you mean --title?)")).toContain('--title?');
});

it('names a value that there is not in plain words', async () => {
  const { code, stderr } = await runAgentcoord(['completion', 'tcsh']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: there is no shell 'tcsh'\. Allowed choices are bash, zsh, fish\./);
});
