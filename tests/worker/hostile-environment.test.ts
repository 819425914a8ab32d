/**
 * What an agent's programs can learn from their environment, and from that of the processes above them: no key of a model, no
 * token of the company, no secret of the host or of the person.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { WorkflowFileInput } from '../../src/contract/templates.ts';
import { gitProject } from '../git-project.ts';
import { smallCompany } from '../real-company.ts';
import { startMockModel, testKey, uses } from '../runners/llm/mock-model.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { openLlmCompany } from './llm-company.ts';
import { briskPolicy, superviseCompany } from './supervised-company.ts';

/** As a person and an operator have them in the environment of a host. */
const secrets = {
  ANTHROPIC_API_KEY: testKey,
  OPENAI_API_KEY: 'sk-openai-5f1c',
  GITHUB_TOKEN: 'ghp_0a1b2c',
  AWS_SECRET_ACCESS_KEY: 'aws-9z8y7x',
  AGENTCOORD_TOKEN: 'token-of-the-owner',
  AGENTCOORD_REDIS_PASSWORD: 'redis-4d3c2b',
  AGENTCOORD_REDIS_URL: 'rediss://user:redis-4d3c2b@redis.example',
  AGENTCOORD_CHANNEL_TEAM_TOKEN: 'xoxb-6e5d4c',
};

/** Writes down the environment and the command line of itself and of all that stand above it, and what it may open. */
const spy = (folder: string) => `
import { readFileSync, writeFileSync } from 'node:fs';
const of = (pid, what) => { try { return readFileSync('/proc/' + pid + '/' + what, 'latin1').replaceAll('\\0', '\\n'); } catch { return ''; } };
const above = [];
for (let pid = process.ppid; pid > 1 && above.length < 20; ) {
  above.push({ environment: of(pid, 'environ'), line: of(pid, 'cmdline') });
  pid = Number(of(pid, 'stat').split(') ')[1]?.split(' ')[1] ?? 0);
}
writeFileSync(${JSON.stringify(folder)} + '/' + (process.argv[2] ?? 'agent') + '.json', JSON.stringify({ own: process.env, above }));
`;

interface Spied {
  readonly own: Readonly<Record<string, string>>;
  readonly above: readonly { readonly environment: string; readonly line: string }[];
}

const workflows: WorkflowFileInput[] = [
  { name: 'small', steps: [{ id: 1, title: 'Look', role: 'engineer', checks: ['node spy.mjs check'] }] },
];

/** A repository with the spy in it, at a host whose environment is full of secrets. */
async function prepare() {
  const folder = await temporaryFolder();
  for (const [name, value] of Object.entries(secrets)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const project = await gitProject({ 'spy.mjs': spy(folder) });
  const read = async (name: string): Promise<Spied> =>
    JSON.parse(await readFile(path.join(folder, `${name}.json`), 'utf8'));
  const names = async () => (await readdir(folder)).sort();
  return { project, read, names };
}

function expectNothing(spied: Spied, more: readonly string[], tokens: readonly string[]): void {
  const usual = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'PWD', 'OLDPWD', 'SHLVL', '_', 'PROCESS_FAMILY'];
  expect(Object.keys(spied.own).filter((name) => ![...usual, ...more].includes(name))).toEqual([]);
  expect(spied.above.length).toBeGreaterThan(1);
  const all = JSON.stringify(spied);
  expect(tokens.length).toBeGreaterThan(0);
  for (const secret of [...Object.values(secrets), ...tokens]) expect(all).not.toContain(secret);
}

describe.runIf(process.platform === 'linux')('the environment holds no secret', () => {
  it('of a command of a model, and of a check', async () => {
    const { project, read, names } = await prepare();
    const model = await startMockModel((call) =>
      call === 0
        ? uses('run_command', { program: 'node', args: ['spy.mjs', 'tool'] })
        : uses('finish', { summary: 'Looked.' }),
    );
    const { route, until, sessions, owner } = await openLlmCompany(model, {
      worktreesOf: project.folder,
      file: smallCompany({ workflows, policy: { ...briskPolicy, max_attempts: 1 } }),
      options: { allowed_commands: ['node spy.mjs *'] },
    });
    const issued = vi.spyOn(sessions, 'issue');
    await route('Look around');
    await until((state) =>
      [...state.tasks.values()].some(({ state: is }) => ['done', 'failed'].includes(is)),
    );
    expect(await names()).toEqual(['check.json', 'tool.json']);
    const tokens = issued.mock.results.map(({ value }) => String(value));
    expectNothing(await read('tool'), ['CI', 'NO_COLOR'], tokens);
    expectNothing(await read('check'), ['AGENTCOORD_OUTPUT', 'AGENTCOORD_TASK_ID'], tokens);
    // Nor did it get into what everybody may read.
    const events = JSON.stringify(await owner.query('events', { after: 0, limit: 1_000 }));
    for (const secret of [...Object.values(secrets), ...tokens]) expect(events).not.toContain(secret);
  });

  it.each([
    ['a command that does a task', 'command', { command: 'node spy.mjs agent' }],
    ['a coding agent', 'cli-agent', { agent: 'claude', command: [process.execPath, 'spy.mjs', 'agent'] }],
  ])('of %s', async (_what, runner, options) => {
    const { project, read } = await prepare();
    const { route, until, sessions } = await superviseCompany({
      worktreesOf: project.folder,
      file: smallCompany({ workflows, policy: { ...briskPolicy, max_attempts: 1 } }),
      handover: async () => JSON.stringify({ model: null, prices: {}, prompts: {} }),
      runner,
      options,
    });
    const issued = vi.spyOn(sessions, 'issue');
    await route('Look around');
    await until((state) =>
      [...state.tasks.values()].some(({ state: is }) => ['done', 'failed'].includes(is)),
    );
    const tokens = issued.mock.results.map(({ value }) => String(value));
    const spied = await read('agent');
    const own = Object.keys(spied.own).filter((name) => name.startsWith('AGENTCOORD_'));
    // Of a command: where its task is described, and the door to its files; never a token.
    expect(own).toEqual(runner === 'command' ? expect.arrayContaining(['AGENTCOORD_BRIEF']) : []);
    expect(own.filter((name) => /TOKEN|KEY|PASSWORD|SECRET|HANDOVER|SOCKET/.test(name))).toEqual([]);
    expectNothing(spied, own, tokens);
  });
});
