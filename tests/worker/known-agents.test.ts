/**
 * The coding agents that are known by name, as programs of that name on the PATH: how each is found, started, told its task,
 * and what is booked of what it reports.
 */
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { WorkflowFileInput } from '../../src/contract/templates.ts';
import { detectAgents } from '../../src/runners/cli-agent/detect-agents.ts';
import { gitProject } from '../git-project.ts';
import { smallCompany } from '../real-company.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { briskPolicy, superviseCompany } from './supervised-company.ts';

const runners = path.resolve(import.meta.dirname, '../runners');
const speaks = (act: string) => `${process.execPath} ${path.join(runners, 'acp-agent-child.ts')} ${act}`;
const prints = (who: string) => `${process.execPath} ${path.join(runners, 'headless-agent-child.ts')} ${who}`;

interface Installed {
  /** The program, and the adapter that speaks the protocol for it. */
  readonly programs: Readonly<Record<string, string>>;
  readonly loginFile: string;
}

/** What each is on this machine: what it does with the arguments that it knows; with others it ends. */
const installed: Readonly<Record<string, Installed>> = {
  claude: {
    programs: {
      claude: `-p*) exec ${prints('claude')} "$@";;`,
      'claude-agent-acp': `"") exec ${speaks('edit')};;`,
    },
    loginFile: '.claude/.credentials.json',
  },
  codex: {
    programs: { codex: `exec*) exec ${prints('codex')} "$@";;`, 'codex-acp': `"") exec ${speaks('edit')};;` },
    loginFile: '.codex/auth.json',
  },
  gemini: {
    programs: {
      gemini: `--acp) exec ${speaks('gemini')};; --output-format*) exec ${prints('gemini')} "$@";;`,
    },
    loginFile: '.gemini/oauth_creds.json',
  },
  opencode: {
    programs: {
      opencode: `acp) exec ${speaks('opencode')};; run*) exec ${prints('opencode')} "$@";;`,
    },
    loginFile: '.local/share/opencode/auth.json',
  },
};

/** A machine on which these agents are, and somebody has logged in to them. */
async function install(...names: readonly string[]): Promise<string> {
  return installSaying({}, ...names);
}

/** @param said what each does when it is asked whether somebody has logged in */
async function installSaying(
  said: Readonly<Record<string, string>>,
  ...names: readonly string[]
): Promise<string> {
  const home = await temporaryFolder();
  const bin = path.join(home, 'bin');
  await mkdir(bin);
  for (const name of names) {
    const { programs = {}, loginFile = '' } = installed[name] ?? {};
    const says = said[name] ?? '';
    for (const [program, does] of Object.entries(programs)) {
      const script = `#!/bin/sh
echo "$(basename "$0") $*" >> ${bin}/started
case "$*" in
  --version) echo "${name} version 3.14.0"; exit 0;;
  ${says}
  ${does}
esac
echo "unknown arguments: $*" >&2
exit 64
`;
      await writeFile(path.join(bin, program), script);
      await chmod(path.join(bin, program), 0o755);
    }
    await mkdir(path.dirname(path.join(home, loginFile)), { recursive: true });
    await writeFile(path.join(home, loginFile), '{}');
  }
  vi.stubEnv('PATH', `${bin}:${process.env['PATH']}`);
  vi.stubEnv('HOME', home);
  onTestFinished(() => void vi.unstubAllEnvs());
  return bin;
}

const workflows: WorkflowFileInput[] = [{ name: 'small', steps: [{ id: 1, title: 'Do', role: 'engineer' }] }];

async function letWork(options: Readonly<Record<string, unknown>>) {
  const project = await gitProject({ 'a.txt': 'one\n' });
  const run = await superviseCompany({
    worktreesOf: project.folder,
    file: smallCompany({ workflows, policy: { ...briskPolicy, max_attempts: 1 } }),
    runner: 'cli-agent',
    options,
  });
  await run.route('Dark mode');
  await run.until((state) =>
    [...state.tasks.values()].some(({ state: is, merge }) => is === 'failed' || merge !== undefined),
  );
  const { attempts, submission } = await run.task('Do');
  expect(attempts.map(({ outcome, reason }) => reason ?? outcome)).toEqual(['submitted']);
  const summary = submission?.artifacts.find(({ path: name }) => name === 'summary.md');
  const words = summary ? Buffer.from(await run.company.artifacts.read(summary.hash)).toString() : '';
  const { rows } = await run.owner.query('usage', { by: 'model' });
  const [worker] = await run.workers();
  const log = await run.logOf(worker?.id as never);
  const file = (name: string) => project.show(project.branches()[0] ?? '', name);
  await expect.poll(() => project.branches(), { timeout: 30_000 }).toHaveLength(1);
  return { words, rows, log, file, faults: run.faults };
}

it('are found with their version, who has logged in, and how they speak the protocol', async () => {
  const bin = await install('claude', 'codex', 'gemini', 'opencode');
  const place = (name: string) => path.join(bin, name);
  const all = {
    version: '3.14.0',
    loggedIn: process.platform === 'darwin' ? expect.anything() : true,
    acp: true,
    drives: 'acp',
  };
  expect(await detectAgents()).toMatchObject([
    { ...all, name: 'claude', program: place('claude'), adapter: '@agentclientprotocol/claude-agent-acp' },
    { ...all, name: 'codex', program: place('codex'), adapter: '@zed-industries/codex-acp' },
    { ...all, name: 'gemini', program: place('gemini'), adapter: null },
    { ...all, name: 'opencode', program: place('opencode'), adapter: null },
  ]);
});

it('are asked themselves whether somebody has logged in, and their word goes before a file', async () => {
  const said = {
    claude: '"auth status") echo \'{ "loggedIn": false, "authMethod": "none" }\'; exit 1;;',
    codex: '"login status") echo "Not logged in" >&2; exit 1;;',
  };
  await installSaying(said, 'claude', 'codex');
  expect(await detectAgents()).toMatchObject([{ loggedIn: false }, { loggedIn: false }, {}, {}]);
  await installSaying(
    {
      claude: '"auth status") echo \'{"loggedIn":true}\'; exit 0;;',
      // An end that says nothing: its file counts.
      codex: '"login status") echo "unexpected argument" >&2; exit 2;;',
    },
    'claude',
    'codex',
  );
  expect(await detectAgents()).toMatchObject([{ loggedIn: true }, { loggedIn: true }, {}, {}]);
});

it('are not asked in a version that would take the question for a task', async () => {
  const bin = await installSaying(
    { claude: '"auth status") echo \'{"loggedIn":false}\'; exit 1;;' },
    'claude',
  );
  const program = path.join(bin, 'claude');
  await writeFile(program, (await readFile(program, 'utf8')).replace('3.14.0', '2.1.40'));
  const [claude] = await detectAgents();
  expect(claude).toMatchObject({ version: '2.1.40', loggedIn: process.platform === 'darwin' ? null : true });
  expect(await readFile(path.join(bin, 'started'), 'utf8')).toBe('claude --version\n');
});

it('are looked for where the person has moved their folders, and work there', async () => {
  const bin = await install('codex', 'gemini', 'opencode');
  const moved = await temporaryFolder();
  for (const name of ['CODEX_HOME', 'GEMINI_CLI_HOME', 'XDG_DATA_HOME']) vi.stubEnv(name, moved);
  const logins = async () => (await detectAgents()).slice(1).map(({ loggedIn }) => loggedIn);
  expect(await logins()).toEqual([false, false, false]);
  for (const file of ['auth.json', '.gemini/oauth_creds.json', 'opencode/auth.json']) {
    await mkdir(path.dirname(path.join(moved, file)), { recursive: true });
    await writeFile(path.join(moved, file), '{}');
  }
  expect(await logins()).toEqual([true, true, true]);
  const program = path.join(bin, 'codex');
  const script = await readFile(program, 'utf8');
  await writeFile(program, script.replace('  exec*)', '  exec*) echo "$CODEX_HOME" > where.txt;'));
  expect((await letWork({ agent: 'codex', mode: 'headless' })).file('where.txt')).toBe(moved);
});

it('are driven headless where nothing speaks the protocol for them, and not at all where they are not there', async () => {
  const bin = await install('claude');
  await rm(path.join(bin, 'claude-agent-acp'));
  vi.stubEnv('PATH', bin);
  expect(await detectAgents()).toMatchObject([
    { name: 'claude', acp: false, drives: 'headless' },
    { name: 'codex', acp: false, drives: null },
    { name: 'gemini', drives: null },
    { name: 'opencode', drives: null },
  ]);
});

it.each([
  [
    'Gemini CLI',
    { agent: 'gemini' },
    'gemini --acp',
    'gemini read one',
    'Gemini is done.\n',
    { key: 'gemini', tokensIn: 900, tokensOut: 70, money: 0 },
  ],
  [
    'opencode',
    { agent: 'opencode' },
    'opencode acp',
    'opencode',
    'opencode is done.\n',
    { key: 'opencode', tokensIn: 1_100, tokensOut: 42, money: 500_000 },
  ],
  [
    'Claude Code, headless',
    { agent: 'claude', model: 'opus' },
    'claude -p --output-format stream-json --verbose --permission-mode acceptEdits --model opus',
    'claude by opus',
    /^Claude is done\. Told: You are ann, engineer at Acme\. Do this task, then stop: "Do"\.[\s\S]*It is dark\. It saves power\./,
    { key: 'opus', tokensIn: 4_312, tokensOut: 88, money: 125_000 },
  ],
  [
    'Codex, headless',
    { agent: 'codex', model: 'gpt-5' },
    'codex exec --json --skip-git-repo-check --sandbox workspace-write --model gpt-5 -',
    'codex by gpt-5 in workspace-write',
    /^Codex is done\. Told: You are ann, engineer at Acme/,
    { key: 'gpt-5', tokensIn: 24_763, tokensOut: 122, money: 0 },
  ],
  [
    'Gemini CLI, headless',
    { agent: 'gemini', mode: 'headless', model: 'flash' },
    'gemini --output-format stream-json --approval-mode auto_edit --model flash',
    'gemini by flash with auto_edit',
    /^Gemini is done\. Told: You are ann, engineer at Acme/,
    { key: 'flash', tokensIn: 1_000, tokensOut: 300, money: 0 },
  ],
  [
    'opencode, headless',
    { agent: 'opencode', mode: 'headless', model: 'openai/gpt-5' },
    'opencode run --format json --model openai/gpt-5',
    'opencode by openai/gpt-5',
    /^opencode is done\. Told: You are ann, engineer at Acme/,
    { key: 'openai/gpt-5', tokensIn: 2_300, tokensOut: 50, money: 250_000 },
  ],
])(
  '%s does a task that changes a file, and its usage is booked',
  async (_who, options, line, content, words, booked) => {
    const bin = await install(String(options.agent));
    const run = await letWork(options);
    expect(await readFile(path.join(bin, 'started'), 'utf8')).toBe(`${line}\n`);
    expect(run.file('who.txt')).toBe(content);
    expect(run.words).toMatch(words);
    expect(run.rows).toMatchObject([booked]);
    expect(run.faults).toEqual([]);
  },
);

it.each([
  ['claude', 'claude-agent-acp'],
  ['codex', 'codex-acp'],
])(
  '%s works over the protocol by its adapter, where that is there and nobody says otherwise',
  async (agent, adapter) => {
    const bin = await install(agent);
    const run = await letWork({ agent });
    expect(run.log).toContain('works by the Agent Client Protocol, and asks for permissions');
    expect(await readFile(path.join(bin, 'started'), 'utf8')).toBe(`${adapter} \n`);
    expect(run.file('src/b.txt')).toBe('one and more');
    expect(run.rows).toMatchObject([{ key: agent, tokensIn: 1_200, money: 250_000 }]);
  },
);
