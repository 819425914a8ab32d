/** `agentcoord watch`: events as lines of JSON, over a host that is started again, until Ctrl-C. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { newPlace } from './place.ts';
import { startAgentcoord } from './run-agentcoord.ts';

it('prints what was and each event as it happens, goes on after a restart, and ends with Ctrl-C', async () => {
  const place = await newPlace();
  await place.run('init', '--template', 'startup', '--name', 'Acme');
  expect(await place.run('watch')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^NOT_CONNECTED: /),
  });
  let host = await place.serve('--workers', '0');
  expect(await place.run('watch', '--type', 'taks')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^BAD_INPUT: .*`taks`.*task/s),
  });

  const child = startAgentcoord([
    '--data-dir',
    place.dataDir,
    'watch',
    '--type',
    'task',
    '--type',
    'company',
    '--after',
    '0',
  ]);
  onTestFinished(() => void child.kill('SIGKILL'));
  if (!child.stdout) throw new Error('it has no output');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value ?? '');
  expect(await next()).toMatchObject({
    seq: 1,
    type: 'company.created',
    event: { company: { name: 'Acme' } },
  });
  await place.run('task', 'create', '--title', 'One');
  const one = await next();
  expect(one).toMatchObject({ type: 'task.created', event: { task: { title: 'One' } } });
  expect(new Date(one.at).getTime()).not.toBeNaN();
  await host.end();
  host = await place.serve('--workers', '0');
  await place.run('task', 'create', '--title', 'Two');
  expect(await next()).toMatchObject({ type: 'task.created', event: { task: { title: 'Two' } } });
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
