/** More tasks and threads than one query gives: each is found, and all are listed page by page. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rpcVersion } from '../../src/contract/rpc.ts';
import type { TaskId } from '../../src/core/ids.ts';
import { openHost } from '../../src/serve/open-host.ts';
import type { Sandbox } from './run-agentcoord.ts';
import { openSandbox } from './run-agentcoord.ts';

const many = 1_050;

let sandbox: Sandbox;
let last: TaskId;

beforeAll(async () => {
  sandbox = await openSandbox();
  const host = await openHost({ dataDir: sandbox.dataDir, name: 'test', listen: false, workers: 0 });
  try {
    const owner = host.connect();
    await owner.hello({ version: rpcVersion, token: host.token, company: null, client: 'test' });
    await owner.createCompany({ from: { template: 'startup' }, name: 'Acme' });
    for (let from = 0; from < many; from += 210) {
      const numbers = Array.from({ length: 210 }, (_, n) => from + n);
      await Promise.all([
        ...numbers.map((n) => owner.command({ type: 'task.create', title: `job ${n}` })),
        ...numbers.map((n) => owner.command({ type: 'thread.start', title: `talk ${n}`, text: 'hello' })),
      ]);
    }
    const [found] = await owner.query('tasks', { called: `job ${many - 1}` });
    if (!found) throw new Error('the last task is gone');
    last = found.task.id;
  } finally {
    await host.close();
  }
}, 60_000);
afterAll(() => sandbox.remove());

it('finds a task by its id, the beginning of it and its title', async () => {
  for (const key of [last, last.slice(0, -1), `job ${many - 1}`]) {
    expect(await sandbox.json('task', 'show', key)).toMatchObject({ task: { id: last } });
  }
});

it('says how many tasks there are when none is called so', async () => {
  const { code, stderr } = await sandbox.run('task', 'show', 'no such job');
  expect(code).toBe(1);
  expect(stderr).toMatch(/NOT_FOUND: No task is called “no such job”[\s\S]*… and 1038 more/);
});

it('finds a thread by its title, the oldest, too', async () => {
  expect(await sandbox.json('board', 'show', 'talk 0')).toMatchObject({ thread: { title: 'talk 0' } });
  expect((await sandbox.run('board', 'show', 'no such talk')).stderr).toContain('… and more');
});

it('lists all tasks page by page', async () => {
  const first = await sandbox.json('tasks');
  expect(first).toMatchObject({ total: many, next: first.tasks.at(-1).id });
  const rest = await sandbox.json('tasks', '--after', first.next);
  expect(rest).toMatchObject({ total: many, next: null });
  const titles = [...first.tasks, ...rest.tasks].map(({ title }) => title);
  expect(titles).toEqual(Array.from({ length: many }, (_, n) => `job ${n}`));
  const { stderr } = await sandbox.run('tasks', '--limit', '3');
  expect(stderr).toMatch(/^3 of 1050 tasks\. The next: .*--after task_[0-9a-z]{10}$/m);
});

it('lists all threads page by page', async () => {
  const first = await sandbox.json('board', 'list', '--limit', '900');
  const rest = await sandbox.json('board', 'list', '--limit', '900', '--before', String(first.next));
  expect(rest).toMatchObject({ next: null });
  expect([...first.threads, ...rest.threads]).toHaveLength(many);
  expect((await sandbox.run('board')).stderr).toMatch(/There are more threads: .*--before \d+/);
});
