/** `serve --llm-calls`: however many agents there are, no more calls are at the model at once than the host was told. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { startMockModel, uses } from '../runners/llm/mock-model.ts';
import { openModelDoor } from '../runners/llm/model-door.ts';
import { newPlace } from './place.ts';
import type { Json } from './run-agentcoord.ts';

const names = ['ann', 'bob', 'cid', 'dot', 'eve'];

it('five agents wait for two turns, and all are served', { timeout: 120_000 }, async () => {
  const model = await startMockModel((call) =>
    call < names.length ? uses('list_files', {}) : uses('finish', { summary: 'Done.' }),
  );
  onTestFinished(() => model.stop());
  const door = await openModelDoor(model);
  const place = await newPlace();
  const url = `${door.url}/v1`;
  await place.run('models', 'set', 'local', '--base-url', url, '--no-key', '--model', 'small');
  const file = path.join(place.dataDir, 'five.yaml');
  const members = names.map((name) => `{ name: ${name}, role: engineer }`).join(', ');
  await writeFile(
    file,
    `name: Five\ndepartments: [{ name: making, teams: [{ name: makers, members: [${members}] }] }]\n`,
  );
  await place.json('init', '--template', file);
  for (const name of names)
    await place.json('task', 'create', '--title', `For ${name}`, '--role', 'engineer');
  door.hold('');
  await place.serve('--runner', 'llm', '--model', 'local/small', '--llm-calls', '2');
  const inState = async (state: string) =>
    (await place.json('tasks')).tasks.filter((task: Json) => task.state === state).length;
  await expect.poll(() => inState('leased'), { timeout: 60_000, interval: 500 }).toBe(names.length);
  await expect.poll(() => door.underWay(), { timeout: 20_000 }).toBe(2);
  // The others have had the time to come as well.
  await delay(2_000);
  expect(door.mostAtOnce()).toBe(2);
  expect(await inState('leased')).toBe(names.length);
  door.release();
  await expect.poll(() => inState('done'), { timeout: 60_000, interval: 500 }).toBe(names.length);
  expect(door.mostAtOnce()).toBe(2);
  expect(door.cameAt).toHaveLength(2 * names.length);
});
