/** A wrong command line ends with 2 and says what was meant; help and version end with 0. */
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { runAgentcoord } from './run-agentcoord.ts';

describe('help', () => {
  it('lists every command', async () => {
    const { code, stdout } = await runAgentcoord(['--help']);
    expect(code).toBe(0);
    for (const command of ['serve', 'init', 'status', 'tasks', 'epic', 'gates', 'approve', 'lint', 'demo']) {
      expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    }
  });

  it('shows the options that every command takes at each of them', async () => {
    const { code, stdout } = await runAgentcoord(['epic', 'create', '--help']);
    expect(code).toBe(0);
    for (const option of ['--workflow', '--title', '--story', '--data-dir', '--company', '--json']) {
      expect(stdout).toContain(option);
    }
  });

  it('tells of no default that is empty', async () => {
    const { stdout } = await runAgentcoord(['approvals', 'request', '--help']);
    expect(stdout).toMatch(/default:\s+"escalate"/);
    expect(stdout).not.toMatch(/default:\s+(?:""|\[\])/);
  });

  it('prints the version', async () => {
    expect(await runAgentcoord(['--version'])).toEqual({
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });
});

describe('a wrong command line', () => {
  it.each([
    ['no command', [], 'Usage: agentcoord'],
    ['an unknown command', ['statsu'], 'Did you mean status?'],
    ['an unknown command below another', ['epic', 'creat'], 'Did you mean create?'],
    ['an unknown option', ['tasks', '--stat', 'ready'], 'Did you mean --state?'],
    ['a state that there is not', ['tasks', '--state', 'sleeping'], 'awaiting_gate'],
    ['a priority that there is not', ['task', 'create', '--title', 'x', '--priority', 'soon'], 'URGENT'],
    ['a port that is none', ['serve', '--port', '70000'], 'from 0 to 65535'],
    ['a missing title', ['epic', 'create', '--workflow', 'feature'], "'--title <title>'"],
    ['a rejection without a note', ['reject', 'gate_x'], "'--note <text>'"],
    ['a gate too few', ['approve'], "missing required argument 'gate'"],
    ['an argument too many', ['status', 'now'], 'too many arguments'],
    ['nothing to lint', ['lint'], '--template'],
    ['somebody else to sign in the demo', ['demo', '--sign-as', 'mallory'], 'owner'],
  ])('with %s', async (_what, args, words) => {
    const { code, stdout, stderr } = await runAgentcoord(args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(words);
  });

  it('is a document, too, with --json', async () => {
    const { code, stdout, stderr } = await runAgentcoord(['tasks', '--stat', 'ready', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'BAD_INPUT', message: "unknown option '--stat' (Did you mean --state?)", details: {} },
    });
    expect(stderr).toContain('--help shows how');
    const none = await runAgentcoord(['--json']);
    expect(JSON.parse(none.stdout)).toMatchObject({ error: { message: 'a command is missing' } });
  });
});
