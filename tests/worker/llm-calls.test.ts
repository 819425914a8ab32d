/** What reaches a model and when: a person's own prompt, no call too early or for nothing, and its words while they come. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { says, startMockModel, uses } from '../runners/llm/mock-model.ts';
import { openModelDoor } from '../runners/llm/model-door.ts';
import { openLlmCompany } from './llm-company.ts';

const done = () => uses('finish', { summary: 'Done.' });

it('a person’s own text is the prompt, filled in, in place of the one that ships', async () => {
  const model = await startMockModel(done);
  const { give, owner, until } = await openLlmCompany(model, {
    prompts: {
      'task.md':
        'Dear {{member}} of {{company}}, in verse, please:\n{{task}}\n{{#epic}}\nNever.\n{{/epic}}\n',
      'brief.md': 'Briefly: {{task}}',
    },
    options: { max_output_tokens: 700 },
  });
  await give('Paint', 'It is to be blue.');
  await until((state) => [...state.tasks.values()].some(({ state: is }) => is === 'done'));
  const [first = ''] = model.asked();
  expect(first).toContain('Dear ann of Acme, in verse, please:');
  expect(first).toContain('It is to be blue.');
  for (const other of ['How you work', 'Never.', 'Briefly']) expect(first).not.toContain(other);
  // What its options say goes along.
  expect(model.mock.getRequests()[0]?.body).toMatchObject({ max_tokens: 700 });
  expect((await owner.query('usage', {})).total.calls).toBe(1);
});

it('another text of theirs is that of the members who name it', async () => {
  const model = await startMockModel(done);
  const { give, until } = await openLlmCompany(model, {
    prompts: { 'brief.md': 'Briefly: {{task}}' },
    options: { prompt: 'brief' },
  });
  await give('Paint', 'It is to be blue.');
  await until((state) => [...state.tasks.values()].some(({ state: is }) => is === 'done'));
  expect(model.asked()).toMatchObject([expect.stringMatching(/Briefly: [\s\S]*It is to be blue\./)]);
});

it('its words are in the log of the worker while it still speaks', async () => {
  const model = await startMockModel((call) =>
    call === 0 ? says('First I look.\nThen I think it over.\nAnd last') : done(),
  );
  const door = await openModelDoor(model);
  door.hold('message_delta');
  const { give, until, workers, logOf } = await openLlmCompany(door.model);
  await give('Paint');
  await until((state) => state.index.tasksByState.get('leased').size === 1);
  const log = async () => {
    const [worker] = await workers();
    return worker ? logOf(worker.id).catch(() => '') : '';
  };
  await expect.poll(log, { timeout: 30_000 }).toContain('Then I think it over.');
  expect(door.underWay()).toBe(1);
  expect(await log()).not.toContain('call 1:');
  door.release();
  await until((state) => [...state.tasks.values()].some(({ state: is }) => is === 'done'));
  await expect.poll(log).toMatch(/And last[\s\S]*call 1: 1000 tokens in, 50 out[\s\S]*call 2:/);
});

it('none is made while a task waits for a person, and none while there is nothing to do', async () => {
  const model = await startMockModel((_call, { messages }) =>
    JSON.stringify(messages).includes('Which colour?')
      ? done()
      : uses('ask', { to: 'owner', question: 'Which colour?' }),
  );
  const { give, until, owner, workers } = await openLlmCompany(model);
  const taskId = await give('Paint');
  await until((state) => [...state.tasks.values()].some(({ questions }) => questions.length > 0));
  const isThere = async () => (await workers()).some(({ state: is }) => is === 'ready');
  expect(await isThere()).toBe(true);
  await delay(2_500);
  expect(model.asked()).toHaveLength(1);
  await owner.command({ type: 'task.answer_question', taskId, text: 'Blue.' });
  await until((state) => [...state.tasks.values()].some(({ state: is }) => is === 'done'));
  expect(await isThere()).toBe(true);
  await delay(2_500);
  expect(model.asked()).toHaveLength(2);
  expect((await owner.query('usage', {})).total).toMatchObject({ calls: 2, tokensIn: 2_000 });
});

it.each([
  ['seconds', () => '2', 2_000],
  // As precise as a second, and rounded down.
  ['a date', () => new Date(Date.now() + 3_000).toUTCString(), 2_000],
])('is made again no earlier than Retry-After says, in %s', async (_form, after, least) => {
  const model = await startMockModel(done);
  const headers = () => ({ 'retry-after': after() });
  const door = await openModelDoor(model, [
    { status: 429, headers, message: 'slow down' },
    { status: 503, headers, message: 'busy' },
  ]);
  const { give, until, task, owner } = await openLlmCompany(door.model);
  await give('Patient');
  await until((state) => [...state.tasks.values()].some(({ state: is }) => ['done', 'failed'].includes(is)));
  expect(await task('Patient')).toMatchObject({ state: 'done', failures: 0 });
  const [first = 0, second = 0, third = 0] = door.cameAt;
  expect(door.cameAt).toHaveLength(3);
  expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(least);
  // What was refused is not paid for.
  expect((await owner.query('usage', {})).total).toMatchObject({ tokensIn: 1_000, tokensOut: 50 });
});
