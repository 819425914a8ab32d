/** `agentcoord worker` with a host that runs: a worker rests, goes on, and ends after its task. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newPlace } from './place.ts';
import type { Json, Sandbox } from './run-agentcoord.ts';
import { openSandbox } from './run-agentcoord.ts';
import type { ServingHost } from './serving-host.ts';
import { serve } from './serving-host.ts';

let sandbox: Sandbox;
let host: ServingHost;
beforeAll(async () => {
  sandbox = await openSandbox();
  await sandbox.json('init', '--template', 'startup', '--name', 'Acme');
  host = await serve(sandbox.dataDir, '--no-http');
});
afterAll(async () => {
  await host?.end();
  await sandbox.remove();
});

/** Asked again until it is there. */
async function eventually<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await delay(100);
  }
}

it('pauses, resumes and drains one worker', { timeout: 120_000 }, async () => {
  await sandbox.json('task', 'create', '--title', 'one', '--role', 'designer');
  const worker = await eventually(async () => {
    const { workers } = await sandbox.json('workers');
    return workers.find((each: Json) => each.state === 'ready');
  });
  const paused = await sandbox.run('worker', 'pause', worker.id, '--reason', 'a look at it');
  expect((await sandbox.json('worker', 'show', worker.id)).worker).toMatchObject({
    paused: 'a look at it',
    facts: {
      suspicion: null,
      locks: [],
      process: { memory: expect.any(Number) },
      spent: { calls: 0, money: 0 },
    },
  });
  expect(paused).toMatchObject({
    code: 0,
    stdout: `${worker.id} of ${worker.agent} is ready, paused: a look at it.\n`,
  });
  expect((await sandbox.run('workers')).stdout).toContain('paused');
  const { task } = await sandbox.json('task', 'create', '--title', 'two', '--role', 'designer');
  expect((await sandbox.json('task', 'show', task.id)).task).toMatchObject({
    state: 'ready',
    waitingBecause: expect.stringContaining(`the worker ${worker.id} of ${worker.agent} is paused`),
  });
  const { head } = await sandbox.json('status');
  const resumed = await sandbox.json('worker', 'resume', worker.agent);
  expect(resumed.worker).toMatchObject({ id: worker.id, paused: null });
  await eventually(async () => {
    const shown = await sandbox.json('task', 'show', task.id);
    return shown.task.state === 'done' ? shown : undefined;
  });
  const drained = await sandbox.json('worker', 'drain', worker.id);
  expect(['draining', 'stopped']).toContain(drained.worker.state);
  await eventually(async () => {
    const { workers } = await sandbox.json('workers', '--all');
    return workers.find((each: Json) => each.id === worker.id && each.state === 'stopped');
  });
  const { worker: shown, lastLines } = await sandbox.json('worker', 'show', worker.id);
  expect(shown).toMatchObject({ id: worker.id, state: 'stopped', facts: null });
  expect(lastLines).toEqual([]);
  // Of the past there is what the log tells; what its process took then nobody knows.
  const then = await sandbox.json('worker', 'show', worker.id, '--at', String(head));
  expect(then.worker).toMatchObject({ state: 'ready', paused: 'a look at it', facts: null });
  const late = await sandbox.run('worker', 'pause', worker.id, '--reason', 'too late');
  expect(late.code).toBe(1);
  expect(late.stderr).toMatch(/^WRONG_STATE: /);
});

it('starts one that is asked for, by its role or its agent, and says what it can’t', async () => {
  const { asked, workers } = await sandbox.json('worker', 'spawn', '--role', 'pm');
  expect(asked).toBe(1);
  expect(workers).toMatchObject([{ state: 'ready', launcher: 'subprocess', runner: 'script' }]);
  const busy = await sandbox.run('worker', 'spawn', '--agent', workers[0].agent);
  expect(busy).toMatchObject({ code: 1, stdout: '' });
  expect(busy.stderr).toMatch(/^AGENT_BUSY: 1 more than /);
  const nowhere = await sandbox.run('worker', 'spawn', '--role', 'qa_lead', '--launcher', 'rocket');
  expect(nowhere.code).toBe(1);
  expect(nowhere.stdout).toMatch(/crashed: This host has no launcher “rocket”: it has subprocess/);
});

it('sets, lists and removes a rule for the number of workers', async () => {
  const set = await sandbox.json(
    'scale',
    'set',
    'makers',
    '--role',
    'engineer',
    '--max',
    '3',
    '--down-cooldown',
    '2m',
  );
  expect(set.rule).toMatchObject({
    name: 'makers',
    role: 'engineer',
    max: 3,
    min: 0,
    downCooldownSeconds: 120,
  });
  expect((await sandbox.run('scale')).stdout).toMatch(/makers +engineer +\d of \d +0 to 3/);
  const wrong = await sandbox.run('scale', 'set', 'Makers!', '--max', '3');
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.stderr).toContain('lower case letters');
  expect(await sandbox.json('scale', 'remove', 'makers')).toEqual({ removed: 'makers' });
  expect((await sandbox.json('scale', 'list')).rules).toEqual([]);
});

it('ends one at once, with its process', async () => {
  await sandbox.json('task', 'create', '--title', 'three', '--role', 'designer');
  const worker = await eventually(async () => {
    const { workers } = await sandbox.json('workers');
    return workers.find((each: Json) => each.state === 'ready' && each.pid !== null);
  });
  expect(await sandbox.json('worker', 'end', worker.id, '--reason', 'it hangs')).toMatchObject({
    worker: { id: worker.id, state: 'stopped', exitReason: 'it hangs' },
  });
  await expect.poll(() => isAlive(worker.pid), { timeout: 15_000 }).toBe(false);
});

it('finishes what a drained one has, gives back what a killed one had, and starts another like one that crashed', {
  timeout: 120_000,
}, async () => {
  const place = await newPlace();
  const file = path.join(place.dataDir, 'slow.yaml');
  await writeFile(
    file,
    'name: Slow\ndepartments: [{ name: making, teams: [{ name: makers, members: [{ name: max, role: engineer, max_concurrent: 2, runner: { name: script, slow: 4s } }] }] }]\npolicy: { retry_base: 0s }\n',
  );
  await place.json('init', '--template', file);
  await place.serve();
  const taskOf = async (id: string) => (await place.json('task', 'show', id)).task;
  const workerOf = async (id: string) => (await place.json('worker', 'show', id)).worker;
  const giveAndClaim = async (title: string) => {
    const { id } = (await place.json('task', 'create', '--title', title)).task;
    const claimed = await eventually(async () => {
      const shown = await taskOf(id);
      return shown.state === 'leased' ? shown : undefined;
    });
    return { id, worker: claimed.history.at(-1).worker };
  };
  const isDone = (id: string) => eventually(async () => (await taskOf(id)).state === 'done' || undefined);

  const first = await giveAndClaim('one');
  expect((await place.json('worker', 'drain', first.worker)).worker).toMatchObject({ state: 'draining' });
  await isDone(first.id);
  expect((await taskOf(first.id)).history).toMatchObject([{ worker: first.worker, outcome: 'submitted' }]);
  await eventually(async () => (await workerOf(first.worker)).state === 'stopped' || undefined);

  const second = await giveAndClaim('two');
  const { pid } = await workerOf(second.worker);
  await place.json('worker', 'end', second.worker, '--reason', 'it hangs');
  await expect.poll(() => isAlive(pid), { timeout: 15_000 }).toBe(false);
  await isDone(second.id);
  const { history } = await taskOf(second.id);
  expect(history).toMatchObject([
    { worker: second.worker, reason: expect.stringContaining('it hangs') },
    { outcome: 'submitted' },
  ]);
  expect(history[1].worker).not.toBe(second.worker);

  const crashed = await workerOf(history[1].worker);
  process.kill(crashed.pid, 'SIGKILL');
  await eventually(async () => (await workerOf(crashed.id)).state === 'crashed' || undefined);
  const { worker, lastLines } = await place.json('worker', 'show', crashed.id);
  expect(worker.exitReason).toMatch(/^killed by /);
  expect(lastLines.join('\n')).toContain('handed in');
  const retried = await place.json('worker', 'retry', crashed.id);
  expect(retried).toMatchObject({
    asked: 1,
    workers: [{ agent: 'max', state: 'ready', launcher: 'subprocess', runner: 'script' }],
  });
  expect(retried.workers[0].id).not.toBe(crashed.id);
  const unknown = await place.run('worker', 'retry', 'worker_nobody');
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toMatch(/^NOT_FOUND: /);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
