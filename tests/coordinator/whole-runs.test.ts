/** A coding agent reserves once for its whole run: that is no call, and takes no turn of one. */
import { expect, it } from 'vitest';
import type { CallCap } from '../../src/coordinator/call-cap.ts';
import type { Standing } from '../../src/coordinator/session-calls/standing.ts';
import { workCalls } from '../../src/coordinator/session-calls/work-calls.ts';

function reserves(runner: string) {
  let turns = 0;
  const calls = {
    begin: async () => {
      turns += 1;
    },
  };
  const company = {
    coordinator: {
      read: async (ask: (state: object) => unknown) => ask({ workers: new Map([['worker_1', { runner }]]) }),
      execute: async () => undefined,
    },
  };
  const binding = { company, actor: { workerId: 'worker_1' } };
  const standing = {
    host: { calls: calls as unknown as CallCap },
    current: () => binding,
  } as unknown as Standing;
  return { ask: () => workCalls(standing).command({ type: 'usage.reserve' } as never), turns: () => turns };
}

it.each([
  ['cli-agent', 0],
  ['llm', 1],
])('what a worker with %s reserves takes so many turns: %i', async (runner, expected) => {
  const { ask, turns } = reserves(runner);
  await ask();
  expect(turns()).toBe(expected);
});
