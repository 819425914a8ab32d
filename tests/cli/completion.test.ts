/** What shells complete, and the manual page: from the commands themselves, so that nothing is forgotten. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { completions } from '../../src/cli/shell/completions.ts';
import { manPage } from '../../src/cli/shell/man-page.ts';
import { runAgentcoord } from './run-agentcoord.ts';

const program = createProgram();

it.each([
  ['commands', ['sta'], ['status']],
  ['commands of a command', ['worker', 'p'], ['pause']],
  ['no hidden command', ['complet'], ['completion']],
  ['options, of every command too', ['task', 'create', '--t'], ['--title', '--tags']],
  ['the values of an option', ['board', 'list', '--state', 'w'], ['waiting']],
  ['nothing for a value that it does not know', ['task', 'create', '--title', 's'], []],
  ['commands behind an option with its value', ['--data-dir', '/x', 'sta'], ['status']],
  ['commands behind an option and its value in one word', ['--data-dir=/x', 'sta'], ['status']],
  ['commands behind an option that a shell broke at its =', ['--data-dir', '=', '/x', 'sta'], ['status']],
  ['the values of an option in one word', ['board', 'list', '--state=w'], ['--state=waiting']],
  ['the values behind an = of its own', ['board', 'list', '--state', '='], ['active', 'waiting', 'resolved']],
  ['no command behind what a command was given', ['epic', 'x', 'cr'], []],
])('completes %s', (_what, words, found) => {
  const { known } = completions(program, words);
  expect(known.map(({ word }) => word).sort()).toEqual([...found].sort());
});

it.each([
  ['an argument', ['approve', 'qa'], 'gate', 'qa'],
  ['an argument behind another', ['task', 'prioritize', 'x', ''], 'priority', ''],
  ['an option', ['task', 'create', '--role', 'eng'], 'role', 'eng'],
  ['an option whose name says what it wants', ['task', 'reassign', 'x', '--to', ''], 'member', ''],
  ['a template', ['init', '--template', 'sta'], 'template', 'sta'],
  ['a type of events', ['watch', '--type', ''], 'event', ''],
  ['a capability', ['member', 'why', 'pablo', ''], 'capability', ''],
  ['a group that shows one thing', ['pause', ''], 'member', ''],
  ['no file', ['org', 'apply', 'x'], null, 'x'],
  ['no argument that was given', ['approve', 'x', ''], null, ''],
])('knows what the company may have a name for: %s', (_what, words, thing, begun) => {
  expect(completions(program, words)).toMatchObject({ thing, begun });
});

it('completes templates and types of events without any host', async () => {
  const words = async (...line: readonly string[]) =>
    (await runAgentcoord(['complete', '--', ...line])).stdout
      .split('\n')
      .map((found) => found.split('\t')[0]);
  expect(await words('init', '--template', '')).toEqual(expect.arrayContaining(['janus_dev', 'startup']));
  expect(await words('watch', '--type', 'gat')).toEqual(expect.arrayContaining(['gate', 'gate.opened']));
});

it('says what each is', () => {
  const [status] = completions(program, ['stat']).known;
  expect(status).toEqual({ word: 'status', about: expect.stringContaining('at a glance') });
  const [title] = completions(program, ['task', 'create', '--title']).known;
  expect(title?.about).not.toBe('');
});

it('has every command and option in the manual page', () => {
  const page = manPage(program, '1.2.3', '2026-11-30').replaceAll('\\-', '-');
  for (const { commands, options } of [program, ...program.commands]) {
    for (const command of commands.filter((one) => one.name() !== 'complete'))
      expect(page).toContain(command.name());
    for (const { long, hidden } of options) if (long && !hidden) expect(page).toContain(long);
  }
  for (const section of ['EXIT STATUS', 'ENVIRONMENT', 'FILES', 'EXAMPLES', 'SEE ALSO'])
    expect(page).toContain(`.SH ${section}\n`);
  for (const said of [
    '129, 130, 143',
    'AGENTCOORD_COMPANY',
    'AGENTCOORD_MCP_TOKEN',
    'agentcoord init --template',
  ])
    expect(page).toContain(said);
  expect(page).not.toMatch(/--conformance/);
  expect(page.split('\n').filter((line) => /^['.](?!TH|SH|SS|TP|B )/.test(line))).toEqual([]);
});

const hasGroff = spawnSync('groff', ['--version']).status === 0;

it.skipIf(!hasGroff)(
  'is set by groff without a warning, each option at the beginning of its line',
  async () => {
    const { stdout: page } = await runAgentcoord(['man']);
    const { status, stdout, stderr } = spawnSync('groff', ['-man', '-ww', '-Tutf8', '-P-cbou'], {
      ...{ input: page, encoding: 'utf8' },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const text = stdout.replaceAll('\u2010', '-');
    expect(text).toMatch(/^AGENTCOORD\(1\) +User Commands +AGENTCOORD\(1\)$/m);
    expect(text).toMatch(/^ +--otlp-endpoint <url>$/m);
    expect(text).toMatch(/^EXIT STATUS$/m);
  },
);
