/** Every example runs as a person would run it: a process of its own, against a real host, through the built library. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { connect, createCompany } from '../../src/client/index.ts';
import type { Session } from '../../src/client/session.ts';
import { modelSettings } from '../../src/serve/models/model-settings.ts';
import { openHost } from '../../src/serve/open-host.ts';
import { startMockModel, uses } from '../runners/llm/mock-model.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = path.join(import.meta.dirname, '../../examples');
const timeout = 60_000;

async function host(workers = 0): Promise<string> {
  const dataDir = path.join(await temporaryFolder(), 'data');
  const opened = await openHost({ dataDir, name: 'test host', workers });
  onTestFinished(() => opened.close());
  return dataDir;
}

async function company(): Promise<{ dataDir: string; owner: Session }> {
  const dataDir = await host();
  await createCompany({ dataDir, from: { template: 'janus_dev' } });
  const owner = await connect({ dataDir });
  onTestFinished(() => owner.close());
  return { dataDir, owner };
}

interface Start {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What it ends with. */
  readonly code?: number;
}

function start(dataDir: string, script: string, { args = [], env = {}, code: expected = 0 }: Start = {}) {
  const child = spawn(process.execPath, [path.join(folder, script), ...args], {
    env: { PATH: process.env['PATH'] ?? '', AGENTCOORD_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += String(chunk);
    });
  }
  const ended = once(child, 'close').then(([code]) => {
    expect({ code, said }).toMatchObject({ code: expected });
    return said;
  });
  return { child, ended, said: () => said };
}

const done = async (owner: Session) =>
  (await owner.query('tasks', { state: 'done' })).map(({ task }) => task.title).sort();

it('company-quick-start', { timeout }, async () => {
  const said = await start(await host(), 'company-quick-start.ts').ended;
  expect(said).toContain('ready: Define goals and acceptance criteria (pm)');
  expect(said.match(/^blocked: /gm)).toHaveLength(7);
  expect(said).toContain('Best available: strategy_pm');
  expect(said).toContain('strategy_pm handed in: Define goals and acceptance criteria');
});

it('coordination', { timeout }, async () => {
  const { dataDir, owner } = await company();
  await owner.createTasks([{ title: 'Answer /health', tags: ['backend'] }]);
  const said = await start(dataDir, 'coordination.ts', { args: ['0'] }).ended;
  expect(said).toContain('Working on: Answer /health');
  expect(said).toContain('Waiting until a person decides: agentcoord approve "Deploy');
  expect(said).toContain('The approval still waits for a person');
  expect(await done(owner)).toEqual(['Answer /health']);
  expect((await owner.inbox()).messages).toHaveLength(2);
  expect(await owner.query('gates', {})).toMatchObject([{ gate: { name: 'Deploy backend v2.0' } }]);
  expect(await owner.query('locks', {})).toEqual([]);
});

it('says in a line that no host runs', { timeout }, async () => {
  const said = await start(await temporaryFolder(), 'coordination.ts', { code: 1 }).ended;
  expect(said).toMatch(/^NOT_CONNECTED: .*\n$/);
});

it('conversations', { timeout }, async () => {
  const { dataDir, owner } = await company();
  const said = await start(dataDir, 'conversations.ts').ended;
  expect(said).toContain('qa_lead has a direct: The candidate is ready for your validation.');
  expect(said).toContain('qa_lead has a mention: The schema');
  expect(said).toContain('backend_em has a reply: It can be validated');
  expect(said).toContain('backend_em has a direct: Validated.');
  expect((await owner.query('threads', {})).map(({ title }) => title)).toEqual(
    expect.arrayContaining(['Config schema review', 'Release candidate']),
  );
});

it('coordinator-agent with worker-agent', { timeout }, async () => {
  const { dataDir, owner } = await company();
  const workers = [
    start(dataDir, 'worker-agent.ts', { args: ['backend'] }),
    start(dataDir, 'worker-agent.ts', { args: ['frontend'] }),
  ];
  const said = await start(dataDir, 'coordinator-agent.ts').ended;
  expect(said).toContain('All tasks are done');
  expect(await done(owner)).toEqual(['Design UI', 'Implement auth']);
  for (const { child, ended } of workers) {
    child.kill('SIGTERM');
    await ended;
  }
  expect((await owner.query('threads', {})).map(({ title }) => title)).toEqual(['Project kick-off']);
});

it('autoscaling', { timeout }, async () => {
  const dataDir = await host(4);
  await createCompany({ dataDir, from: { template: 'janus_dev' } });
  const said = await start(dataDir, 'autoscaling.ts').ended;
  expect(said).toMatch(/^scaled to \d: \d+ ready tasks? /m);
  expect(said).toContain('9 tasks are done, and no worker is left for them');
});

it('spawn-workers', { timeout }, async () => {
  const dataDir = await host(4);
  await createCompany({ dataDir, from: { template: 'janus_dev' } });
  const args = ['engineer', '1', 'subprocess'];
  expect(await start(dataDir, 'spawn-workers.ts', { args }).ended).toMatch(
    /^worker_\w+ by subprocess: ready$/m,
  );
});

it('llm-workers', { timeout: 240_000 }, async () => {
  // For each task: a file is written, then it is handed in.
  const model = await startMockModel((call, { messages }) => {
    const isWritten = messages.some(({ role }) => role === 'tool');
    return isWritten
      ? uses('finish', { summary: 'Built.', documents: [] })
      : uses('write_file', { path: `ui/part-${call}.html`, content: '<p>Hello</p>\n' });
  });
  onTestFinished(() => model.stop());
  const dataDir = path.join(await temporaryFolder(), 'data');
  const modelsFrom = await temporaryFolder();
  const { baseUrl, model: name } = model.access('openai-compatible');
  const local = { kind: 'openai-compatible', baseUrl, key: 'none', model: name } as const;
  await modelSettings(modelsFrom).write({ providers: { local } });
  const runner = { name: 'llm', options: { provider: 'local', price: { input: 1, output: 2 } } };
  const opened = await openHost({ dataDir, name: 'test host', workers: 4, runner, modelsFrom });
  onTestFinished(() => opened.close());
  await createCompany({ dataDir, from: { template: 'scaleup' } });
  const said = await start(dataDir, 'llm-workers.ts').ended;
  expect(said).toMatch(
    /^10 of 10 are done by \d agents, in 20 files\n\d+ calls to a model, 21000 tokens, \$0\.02\n/,
  );
});

it('review-teams', { timeout }, async () => {
  const { dataDir, owner } = await company();
  const said = await start(dataDir, 'review-teams.ts').ended;
  expect(said).toContain('Security review: auth and secrets: security.md');
  expect(await done(owner)).toHaveLength(3);
});

it('review-teams creates nothing where a lead is missing', { timeout }, async () => {
  const dataDir = await host();
  await createCompany({ dataDir, from: { template: 'custom' } });
  const { child, said } = start(dataDir, 'review-teams.ts', { code: 1 });
  await once(child, 'close');
  expect(said()).toMatch(/^Nothing was created: No agent of the company is a em.*\nThis example needs /);
  await using owner = await connect({ dataDir });
  expect(await owner.query('tasks', {})).toEqual([]);
});

it('takes the company from AGENTCOORD_COMPANY where there are several', { timeout }, async () => {
  const { dataDir } = await company();
  await createCompany({ dataDir, from: { template: 'janus_dev' }, name: 'Second' });
  const { ended } = start(dataDir, 'review-teams.ts', { env: { AGENTCOORD_COMPANY: 'Second' } });
  await ended;
  await using second = await connect({ dataDir, company: 'Second' });
  expect(await done(second)).toHaveLength(3);
});

it('has a test for each', async () => {
  const scripts = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
  expect(scripts.sort()).toEqual([
    'autoscaling.ts',
    'channels.ts',
    'company-quick-start.ts',
    'conversations.ts',
    'coordination.ts',
    'coordinator-agent.ts',
    'llm-workers.ts',
    'plain-errors.ts',
    'review-teams.ts',
    'spawn-workers.ts',
    'worker-agent.ts',
  ]);
});

it('channels', { timeout }, async () => {
  const { dataDir } = await company();
  await using owner = await connect({ dataDir });
  const folder = path.join(dataDir, 'log');
  const log = await owner.setChannel({ name: 'log', plugin: 'file', settings: { folder } });
  expect(log).toMatchObject({ name: 'log', plugin: 'file', settings: { folder } });
  await expect(owner.setChannel({ name: 'log', settings: { keep: 0 } })).rejects.toMatchObject({
    ...{ code: 'BAD_INPUT', message: expect.stringContaining('keep') },
  });
  const said = await start(dataDir, 'channels.ts').ended;
  expect(said).toMatch(/dashboard: ready, 0 waiting\nlog: \w+, 0 waiting\nterminal: \w+, 0 waiting/);
  const read = () => readFile(path.join(folder, 'messages.jsonl'), 'utf8').catch(() => '');
  await expect.poll(read, { timeout: 30_000 }).toContain('"text":"I do."');
  const messages = (await read())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>);
  expect(messages.map(({ text }) => text)).toEqual([
    'The release is out.',
    'It failed at the IV filter. Who looks, @qa_lead?',
    'I do.',
  ]);
  expect(messages[2]?.['thread']).toBe(messages[1]?.['key']);
});
