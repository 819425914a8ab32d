/** A model that sees little: what it is told always leaves room for its answer, and its task is never what is lost. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { RunContext } from '../../../src/contract/runner.ts';
import { estimate } from '../../../src/runners/llm/paid-calls.ts';
import { runWithModel } from '../../../src/runners/llm/run-with-model.ts';
import type { BriefParts } from '../run-context.ts';
import { contextOf, Shelf } from '../run-context.ts';
import type { Says } from './mock-model.ts';
import { says, startMockModel, uses } from './mock-model.ts';

const prompt = await readFile(
  path.resolve(import.meta.dirname, '../../../templates/prompts/task.md'),
  'utf8',
);
const wanted = 'Make the window blue.';
const epic = { title: 'Colours', description: wanted };
const long = Array.from({ length: 1_500 }, (_, at) => `line ${at} of something that is long\n`).join('');

async function work(
  answers: Says,
  options: Readonly<Record<string, unknown>>,
  { brief = {}, shelf = new Shelf() }: { readonly brief?: BriefParts; readonly shelf?: Shelf } = {},
) {
  const model = await startMockModel(answers);
  onTestFinished(() => model.stop());
  const lines: string[] = [];
  const context: RunContext = {
    ...(await contextOf(
      { epic, ...brief },
      { options: { provider: 'local', ...options }, shelf, log: (line) => lines.push(line) },
    )),
    handover: {
      model: { ...model.access('openai-compatible'), model: 'small-model' },
      prices: {},
      prompts: { task: prompt },
    },
    spend: async () => ({ settle: async () => undefined }),
    guarded: {
      lock: () => Promise.reject(new Error('it locked files')),
      list: async () => [],
      read: async () => new TextEncoder().encode(long),
    },
  };
  const outcome = await runWithModel(context).catch((error: unknown) => error);
  return {
    outcome,
    log: lines.join('\n'),
    asked: model.asked(),
    told: model.asked().map((said) => estimate(said)),
  };
}

const isSummary = (tools: readonly unknown[] | undefined) => !tools?.length;
/** Reads so often, then hands in; sums up when it is asked to. */
const reads =
  (times: number): Says =>
  (_call, { messages, tools }) => {
    if (isSummary(tools)) return says('I have read what there is.');
    const read = messages.filter(({ role }) => role === 'tool').length;
    const hasSummed = JSON.stringify(messages).includes('I have read what there is.');
    return hasSummed || read >= times
      ? uses('finish', { summary: 'Blue.' })
      : uses('read_file', { path: `${read}.txt` });
  };

it.each([
  ['two long files', 2],
  ['four long files', 4],
])('is told no more than it sees, its task with it, though it reads %s', async (_what, times) => {
  const { outcome, asked, told } = await work(reads(times), { context: 8_000 });
  expect(outcome).toMatchObject({ kind: 'artifacts' });
  expect(asked.length).toBeGreaterThan(times === 2 ? 2 : 3);
  // What it may answer, a quarter, has room beside all that it is told.
  expect(Math.max(...told)).toBeLessThanOrEqual(6_000);
  for (const said of asked.filter((one) => one.includes('How you work'))) expect(said).toContain(wanted);
  expect(asked.filter((one) => one.includes('How you work')).length).toBeGreaterThanOrEqual(2);
});

it('is told of long artifacts what has room', async () => {
  const shelf = new Shelf();
  const artifacts = ['a.md', 'b.md', 'c.md'].map((name) =>
    shelf.put(name, `${name}: ${'漢字 '.repeat(20_000)}`),
  );
  const brief = { inputs: [{ title: 'Research', artifacts }], notes: [long] };
  const { outcome, asked, told } = await work(reads(0), { context: 8_000 }, { brief, shelf });
  expect(outcome).toMatchObject({ kind: 'artifacts' });
  expect(told[0]).toBeLessThanOrEqual(6_000);
  expect(asked[0]).toContain(wanted);
  expect(asked[0]).toMatch(/characters left out.*b\.md.*Left out for want of room/s);
  expect(asked[0]).toMatch(/line 0 of something.*line 1499 of something/s);
});

it.each([
  ['that its answer takes all of it', { context: 8_000, max_output_tokens: 8_192 }],
  ['that its tools take all of it', { context: 1_000 }],
])('is not called when it sees so little %s', async (_what, options) => {
  const { outcome, asked } = await work(reads(0), options);
  expect(String(outcome)).toMatch(
    /small-model sees \d+ tokens at once; .* nothing is left for a task\. Lower max_output_tokens at the member, name a model/,
  );
  expect(asked).toEqual([]);
});

/** As a server that keeps the newest 1,000 tokens and throws the rest away without a word. */
const cuts: Says = (call, asked) => {
  const tokens = { in: 1_000, out: 50 };
  if (isSummary(asked.tools)) return says('I have read what there is.', tokens);
  return call < 2
    ? uses('read_file', { path: 'a.txt' }, tokens)
    : uses('finish', { summary: 'Blue.' }, tokens);
};

it('is told less when its server counts far less than it was told, and the log says why', async () => {
  const { outcome, log, told } = await work(cuts, {});
  expect(outcome).toMatchObject({ kind: 'artifacts' });
  expect(log).toMatch(/nobody knows how many tokens small-model sees at once: 32000 are assumed/);
  expect(log).toMatch(/read 1000 of about \d{5} tokens that it was told.*num_ctx.*told no more than that/);
  expect(told[1]).toBeGreaterThan(10_000);
  expect(told.at(-1)).toBeLessThan(5_000);
});

it('fails in words when its server did not even read the task', async () => {
  const shelf = new Shelf();
  const brief = { inputs: [{ title: 'Research', artifacts: [shelf.put('a.md', long)] }] };
  const { outcome, asked } = await work(cuts, {}, { brief, shelf });
  expect(String(outcome)).toMatch(/read 1000 of about \d+ tokens.*say as the member’s context/);
  expect(asked).toHaveLength(1);
});
