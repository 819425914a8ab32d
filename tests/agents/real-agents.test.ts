/**
 * The real Claude Code and Codex, as npm has them, each does a task that changes files: offline, on a model that others
 * mocked, with a home of its own and a key that opens nothing. They are fetched into an ignored folder (about 800 MB).
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ChatCompletionRequest, FixtureResponse } from '@copilotkit/aimock';
import { LLMock } from '@copilotkit/aimock';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import type { WorkflowFileInput } from '../../src/contract/templates.ts';
import { gitProject } from '../git-project.ts';
import { smallCompany } from '../real-company.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { briskPolicy, superviseCompany } from '../worker/supervised-company.ts';

const cache = path.resolve(import.meta.dirname, '../../.cache/agents');
const packages = ['@anthropic-ai/claude-code@2.1.332', '@openai/codex@0.171.0'];
const programOf = (name: string) => path.join(cache, 'node_modules/.bin', name);

beforeAll(async () => {
  if (['claude', 'codex'].every((name) => existsSync(programOf(name)))) return;
  await mkdir(cache, { recursive: true });
  await writeFile(path.join(cache, 'package.json'), '{ "private": true }\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: cache, stdio: 'inherit' });
}, 1_200_000);

const workflows: WorkflowFileInput[] = [
  {
    name: 'small',
    steps: [{ id: 1, title: 'Greet', role: 'engineer', checks: ['grep -qx hello greeting.txt'] }],
  },
];

const claudeTool = 'Write';

/** Calls the tool once, and is content with what comes of it. */
function turnOf(tools: Readonly<Record<string, (folder: string) => object>>, folder: () => string) {
  return (request: ChatCompletionRequest): FixtureResponse => {
    const usage = {
      input_tokens: 1_000,
      output_tokens: 50,
      prompt_tokens: 1_000,
      completion_tokens: 50,
      total_tokens: 1_050,
    };
    const isDone = request.messages.some(({ role }) => role === 'tool');
    const names = (request.tools ?? []).map((tool) => tool.function.name);
    const name = names.find((one) => Object.hasOwn(tools, one));
    if (isDone || name === undefined) return { content: 'I wrote greeting.txt.', usage };
    return { toolCalls: [{ name, arguments: JSON.stringify(tools[name]?.(folder())) }], usage };
  };
}

async function letWork(
  agent: 'claude' | 'codex',
  tools: Parameters<typeof turnOf>[0],
  environment: (url: string, home: string) => Promise<Record<string, string>>,
) {
  const project = await gitProject({ 'README.md': 'hi\n' });
  const home = await temporaryFolder();
  let folder = '';
  const mock = new LLMock({ port: 0, logLevel: 'silent' });
  mock.addFixture({ match: { predicate: () => true }, response: turnOf(tools, () => folder) });
  await mock.start();
  onTestFinished(() => mock.stop());
  const company = await superviseCompany({
    worktreesOf: project.folder,
    file: smallCompany({ workflows, policy: { ...briskPolicy, max_attempts: 1 } }),
    runner: 'cli-agent',
    options: { agent, command: [programOf(agent)], env: await environment(mock.url, home), timeout: '5m' },
  });
  await company.route('Say hello');
  await company.until((state) => {
    const [task] = state.tasks.values();
    if (task?.lease)
      folder = path.join(company.company.folder, 'worktrees', `${task.id}-${task.lease.token}`);
    return task?.state === 'failed' || task?.merge !== undefined;
  });
  const { attempts, submission } = await company.task('Greet');
  expect(attempts.map(({ outcome, reason }) => reason ?? outcome)).toEqual(['submitted']);
  expect(submission?.proof?.checks).toMatchObject([{ exitCode: 0 }]);
  await expect
    .poll(() => project.show(project.branches()[0] ?? '', 'greeting.txt'), { timeout: 20_000 })
    .toBe('hello');
  return company;
}

it('Claude Code changes a file, and reports what it used', async () => {
  const run = await letWork(
    'claude',
    { [claudeTool]: (folder) => ({ file_path: path.join(folder, 'greeting.txt'), content: 'hello\n' }) },
    async (url, home) => ({
      HOME: home,
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: 'sk-ant-test-of-nothing',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
      IS_SANDBOX: '1',
    }),
  );
  const { rows } = await run.owner.query('usage', { by: 'task' });
  expect(rows[0]?.tokensIn).toBeGreaterThan(0);
}, 600_000);

it('Codex changes a file, and reports what it used', async () => {
  const write = 'printf "hello\\n" > greeting.txt';
  const run = await letWork(
    'codex',
    {
      exec_command: () => ({ cmd: write }),
      shell_command: () => ({ command: write }),
      shell: () => ({ command: ['sh', '-c', write] }),
    },
    async (url, home) => {
      await mkdir(path.join(home, '.codex'));
      await writeFile(
        path.join(home, '.codex/config.toml'),
        [
          'model = "gpt-5"',
          'model_provider = "mock"',
          '[model_providers.mock]',
          'name = "mock"',
          `base_url = "${url}/v1"`,
          'env_key = "MOCK_KEY"',
          'wire_api = "responses"',
        ].join('\n'),
      );
      return { HOME: home, MOCK_KEY: 'sk-test-of-nothing' };
    },
  );
  const { rows } = await run.owner.query('usage', { by: 'task' });
  expect(rows[0]?.tokensIn).toBeGreaterThan(0);
}, 600_000);
