/** The runner for coding agents without a worker: its time, its budget, and what it takes of an agent that prints. */
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import type { RunContext, WantedCall } from '../../src/contract/runner.ts';
import { ms } from '../../src/core/units.ts';
import { createCliAgentRunner } from '../../src/runners/cli-agent/cli-agent.ts';
import { RunClock } from '../../src/runners/cli-agent/run-clock.ts';
import { contextOf } from './run-context.ts';

const agent = path.resolve(import.meta.dirname, 'acp-agent-child.ts');
afterEach(() => void vi.useRealTimers());

async function run(options: Readonly<Record<string, unknown>>, more: Partial<RunContext> = {}) {
  const wanted: WantedCall[] = [];
  const context: RunContext = {
    ...(await contextOf({}, { options })),
    spend: async (call) => {
      wanted.push(call);
      return { settle: async () => undefined };
    },
    ...more,
  };
  return {
    outcome: await createCliAgentRunner()
      .run(context)
      .catch((error: unknown) => error),
    wanted,
  };
}

const asks = { agent: 'acp', command: [process.execPath, agent, 'publish'] };

it('the time that people take for a permission is not the time of the run', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const { outcome } = await run(
    { ...asks, timeout: '1h' },
    {
      approve: async () => {
        vi.advanceTimersByTime(5 * 3_600_000);
        return true;
      },
    },
  );
  expect(outcome).toMatchObject({ kind: 'artifacts', files: [{ path: 'summary.md' }] });
});

it('counts only while nobody waits, however many wait at once', async () => {
  vi.useFakeTimers();
  const over = vi.fn();
  const clock = new RunClock(ms(1_000), over);
  vi.advanceTimersByTime(600);
  const ends: (() => void)[] = [];
  const wait = () => clock.standingStill(() => new Promise<void>((resolve) => ends.push(resolve)));
  const waits = [wait(), wait()];
  vi.advanceTimersByTime(10_000);
  ends[0]?.();
  await waits[0];
  vi.advanceTimersByTime(10_000);
  expect(over).not.toHaveBeenCalled();
  ends[1]?.();
  await waits[1];
  vi.advanceTimersByTime(399);
  expect(over).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(over).toHaveBeenCalledOnce();
});

it.each([
  ['what is expected', { expected_cost: 2.5 }, 2_500_000],
  ['the smallest amount, so that a budget that is used up stops it', {}, 1],
])('reserves before it starts %s', async (_what, more, money) => {
  const { wanted } = await run({ ...asks, ...more }, { approve: async () => true });
  expect(wanted).toMatchObject([{ tokens: 100_000, money }]);
});

it('takes no line without an end from a headless agent', async () => {
  const flood = `const piece = 'x'.repeat(1024 * 1024);
    const go = () => { while (process.stdout.write(piece)); process.stdout.once('drain', go); }; go();`;
  const { outcome } = await run({ agent: 'claude', mode: 'headless', command: ['node', '-e', flood, '--'] });
  expect(String(outcome)).toContain('The agent printed a line of more than 32 MB and was ended');
});
