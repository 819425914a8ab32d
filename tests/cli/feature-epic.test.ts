/**
 * The built-in workflow `feature` on a real git repository, from the command line: its agents are models (aimock over a real
 * socket), each task has a worktree, every gate is signed, one of them only after the work was sent back, and a person signs
 * the release. The tests of the repository fail before, and pass on the merged branch.
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';
import { modelSettings } from '../../src/serve/models/model-settings.ts';
import { gitProject } from '../git-project.ts';
import { startMockModel, testKey } from '../runners/llm/mock-model.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { featureEpicConversations } from '../worker/feature-epic-model.ts';
import { playConversations } from '../worker/model-conversations.ts';
import type { Json } from './run-agentcoord.ts';
import { openSandbox } from './run-agentcoord.ts';
import { serveWith } from './serving-host.ts';

const run = promisify(execFile);
const templates = path.resolve(import.meta.dirname, '../../templates');

const shop = {
  'package.json':
    '{ "name": "shop", "private": true, "type": "module", "scripts": { "test": "node --test --test-reporter=spec" } }\n',
  '.gitignore': 'node_modules/\n',
  '.worktreeinclude': 'node_modules/\n',
  'src/price.mjs':
    "import { sum } from 'sums';\n\n/** What is to be paid. */\nexport function total(items) {\n  return sum(items.map(({ price, count }) => price * count));\n}\n",
  'test/price.test.mjs':
    "import assert from 'node:assert';\nimport { test } from 'node:test';\nimport { discounted, total } from '../src/price.mjs';\n\nconst cart = [{ price: 250, count: 2 }];\n\ntest('a price', () => assert.equal(total(cart), 500));\n\ntest('a discount', () => assert.equal(discounted(cart, 10), 450));\n",
};

/** A package that nobody tracks, as after `npm install`. */
async function install(folder: string): Promise<void> {
  const place = path.join(folder, 'node_modules/sums');
  await mkdir(place, { recursive: true });
  await writeFile(
    path.join(place, 'package.json'),
    '{ "name": "sums", "type": "module", "exports": "./sums.js" }\n',
  );
  await writeFile(
    path.join(place, 'sums.js'),
    'export const sum = (all) => all.reduce((a, b) => a + b, 0);\n',
  );
}

/** The template `startup`, whose people may run the tests, and whose engineer must. */
async function companyFile(): Promise<string> {
  const company = parse(await readFile(path.join(templates, 'companies/startup.yaml'), 'utf8'));
  const workflow = parse(await readFile(path.join(templates, 'workflows/feature.yaml'), 'utf8'));
  for (const step of workflow.steps) if ([3, 4].includes(step.id)) step.checks = ['npm test'];
  company.workflows = [workflow];
  company.policy = { retry_base: '0s', call_wait: '0s' };
  for (const { teams } of company.departments) {
    for (const { members } of teams) {
      for (const member of members) member.runner = { name: 'llm', allowed_commands: ['npm test'] };
    }
  }
  // Whoever is first would take it; the recording knows ada.
  const engineers = company.departments[1].teams[0];
  engineers.members = engineers.members.filter(({ name }: { name: string }) => name !== 'ben');
  const file = path.join(await temporaryFolder(), 'shop.yaml');
  await writeFile(file, stringify(company));
  return file;
}

it('a feature goes through all its gates into a branch whose tests pass', { timeout: 480_000 }, async () => {
  const project = await gitProject(shop);
  await install(project.folder);
  await expect(run('npm', ['test'], { cwd: project.folder })).rejects.toMatchObject({
    stdout: expect.stringContaining("does not provide an export named 'discounted'"),
  });
  const before = project.git('rev-parse', 'HEAD');

  const recording = playConversations(featureEpicConversations);
  const model = await startMockModel(recording.says);
  onTestFinished(() => model.stop());
  const sandbox = await openSandbox();
  onTestFinished(() => sandbox.remove());
  const { kind, baseUrl, model: name } = model.access('anthropic');
  await modelSettings(sandbox.dataDir).write({
    providers: { anthropic: { kind, baseUrl, key: 'none', model: name } },
  });
  await sandbox.json('init', '--template', await companyFile());
  const host = await serveWith(
    { ANTHROPIC_API_KEY: testKey },
    sandbox.dataDir,
    ...['--no-http', '--workspace', project.folder, '--workspace-mode', 'worktree'],
  );
  onTestFinished(async () => void (await host.end('SIGKILL')));

  const { id: epic } = (
    await sandbox.json('epic', 'create', '--title', 'Carts have a discount', '--workflow', 'feature')
  ).epic;
  const gates = async () => (await sandbox.json('gates', '--all')).gates;
  const isAtThePerson = async () => {
    const { tasks } = await sandbox.json('tasks', '--state', 'failed');
    if (tasks.length + recording.strange.length > 0)
      throw new Error(JSON.stringify([tasks, recording.strange]));
    const [release] = (await gates()).filter((gate: Json) => gate.name === 'production_release');
    return (
      release?.state === 'waiting' && release.slots.filter((slot: Json) => slot.signOff !== null).length === 2
    );
  };
  await expect.poll(isAtThePerson, { timeout: 400_000, interval: 1_000 }).toBe(true);
  // Two agents have signed, and the third slot is kept for a person.
  await sandbox.json('approve', 'production_release', '--note', 'Ship it.');
  const state = async () => (await sandbox.json('epics')).epics.find((one: Json) => one.id === epic)?.state;
  await expect.poll(state, { timeout: 60_000, interval: 1_000 }).toBe('completed');
  expect(recording.strange).toEqual([]);
  expect((await gates()).map((gate: Json) => gate.state)).toEqual(Array(5).fill('open'));

  const [branch = ''] = project.branches();
  const checkout = await temporaryFolder();
  await run('git', ['clone', '--quiet', '--branch', branch, project.folder, checkout]);
  await install(checkout);
  const { stdout } = await run('npm', ['test'], { cwd: checkout });
  expect(stdout).toMatch(/pass 3[\s\S]*fail 0/);
  const log = project.git('log', '--format=%an: %s', `${before}..${branch}`).split('\n');
  expect(log).toEqual(['ada: Implement feature']);
  expect(project.git('diff', '--name-only', before, branch).split('\n')).toEqual([
    'src/price.mjs',
    'test/price.test.mjs',
  ]);
  expect(project.git('rev-parse', 'main')).toBe(before);
  expect(project.git('status', '--porcelain')).toBe('');
  expect(recording.finished).toContain('the em sends it back');
  const { total } = await sandbox.json('usage');
  const { answer: events } = await sandbox.json('ask', 'events', '--input', '{"after":0,"limit":1000}');
  const settled = events.flatMap(({ event }: Json) => (event.type === 'usage.settled' ? [event] : []));
  // A try whose line the provider had closed a moment before reached nobody: it cost nothing, and was made again.
  const answered = settled.filter(({ tokensIn }: Json) => tokensIn > 0);
  expect(answered).toHaveLength(model.asked().length);
  expect(settled.every(({ because }: Json) => because === 'reported')).toBe(true);
  expect(total).toMatchObject({
    calls: settled.length,
    tokensIn: 1_000 * answered.length,
    tokensOut: 50 * answered.length,
  });
  expect(total.money).toBeGreaterThan(0);
  expect(await host.end()).toBe(0);
});
