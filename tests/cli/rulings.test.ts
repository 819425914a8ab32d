/** Vetoes and rulings, and every other command and query by its name, from the command line. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sandbox } from './run-agentcoord.ts';
import { openSandbox, runAgentcoord } from './run-agentcoord.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
  await sandbox.json('init', '--template', 'startup', '--name', 'Acme');
});
afterAll(() => sandbox.remove());

it('vetoes and rules', async () => {
  const request = [
    'approvals',
    'request',
    '--title',
    'Lamps',
    '--context',
    'Dark.',
    '--role',
    'em',
    '--allow-self',
  ];
  const { approval } = await sandbox.json(...request);
  expect(await sandbox.json('veto', approval.id, '--note', 'too bright')).toMatchObject({
    gate: { state: 'vetoed', refusal: { note: 'too bright' } },
  });
  const rule = ['arbitrate', approval.id, '--ruling', 'resume', '--note', 'dim ones'];
  expect(await sandbox.json(...rule)).toMatchObject({ gate: { state: 'waiting' } });
  expect(await sandbox.run(...rule)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('not vetoed'),
  });
  expect(await sandbox.run('arbitrate', approval.id, '--ruling', 'maybe', '--note', 'x')).toMatchObject({
    code: 2,
  });
});

const request = (title: string) =>
  sandbox.json(
    'approvals',
    'request',
    '--title',
    title,
    '--context',
    'Blue.',
    '--role',
    'em',
    '--allow-self',
  );

it('passes a gate on to another who may sign it', async () => {
  await sandbox.json('member', 'add', 'hera', '--role', 'em', '--kind', 'human');
  const { approval } = await request('Paint');
  const delegate = ['delegate', approval.id, '--as', 'em'];
  expect(await sandbox.json(...delegate, '--to', 'hera', '--note', 'You see colours.')).toMatchObject({
    gate: { slots: [{ delegation: { to: 'hera', by: 'owner', note: 'You see colours.' } }] },
  });
  expect((await sandbox.run('gates')).stdout).toContain('owner asked hera: You see colours.');
  expect(await sandbox.run(...delegate)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--take-back'),
  });
  expect(await sandbox.json(...delegate, '--take-back')).toMatchObject({
    gate: { slots: [{ delegation: null }] },
  });
});

it('sets a gate aside, and takes it up', async () => {
  const { approval } = await request('Varnish');
  const aside = ['set-aside', approval.id, '--reason', 'The light is bad.'];
  expect(await sandbox.json(...aside, '--for', '2h')).toMatchObject({
    gate: { state: 'waiting', setAside: [{ member: 'owner', reason: 'The light is bad.' }] },
  });
  expect(await sandbox.run(...aside, '--for', '31d')).toMatchObject({
    stderr: expect.stringContaining('30 days'),
  });
  expect(await sandbox.json('take-up', approval.id)).toMatchObject({ gate: { setAside: [] } });
});

it('gives any command by its type', async () => {
  const { commands } = await sandbox.json('do');
  const types = commands.map(({ type }: { type: string }) => type);
  expect(types).toEqual(
    expect.arrayContaining(['member.add', 'org.change', 'epic.revise', 'task.prioritize']),
  );
  expect(types).not.toContain('tick');
  const made = await sandbox.json(
    'do',
    'task.create',
    '--input',
    '{"title":"Sweep"}',
    '--set',
    'priority=HIGH',
    '--set',
    'tags=["red"]',
  );
  expect(made).toMatchObject({
    events: [{ event: { type: 'task.created', task: { title: 'Sweep', priority: 'HIGH', tags: ['red'] } } }],
  });
  const piped = await runAgentcoord(['--data-dir', sandbox.dataDir, 'do', 'task.create', '--input', '-'], {
    stdin: '{"title":"Mop"}',
  });
  expect(piped).toMatchObject({ code: 0, stdout: expect.stringContaining('"Mop"') });
});

it('asks any query by its name', async () => {
  expect((await sandbox.json('ask')).queries.map(({ query }: { query: string }) => query)).toContain(
    'satisfiability',
  );
  const { answer } = await sandbox.json('ask', 'taskCount', '--set', 'state=ready');
  expect(answer).toBe((await sandbox.json('tasks', '--state', 'ready')).tasks.length);
});

it.each([
  [['do', 'task.crate'], 'did you mean `task.create`'],
  [['do', 'tick'], 'There is no command tick'],
  [['do', 'task.create'], 'the title is missing'],
  [['do', 'task.create', '--input', 'Sweep'], 'an object of JSON'],
  [['do', 'task.create', '--set', 'title'], 'field=value'],
  [['do', 'task.create', '--input', '@/no/such/file'], 'can’t be read'],
  [['ask', 'taks'], 'did you mean `tasks`'],
  [['ask', 'tasks', '--set', 'state=redy'], 'state'],
])('refuses %j in words', async (args, words) => {
  expect(await sandbox.run(...args)).toMatchObject({ code: 1, stderr: expect.stringContaining(words) });
});

it('says which command was meant', async () => {
  expect(await sandbox.run('arbitrat', 'x')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Did you mean arbitrate?'),
  });
});
