/** A dry run goes by the rules of the company: its figures follow from what is assumed, or from what was seen. */
import { describe, expect, it } from 'vitest';
import { drawFrom } from '../../../src/core/dry-run/draw.ts';
import { dryRun } from '../../../src/core/dry-run/dry-run.ts';
import type { Assumptions } from '../../../src/core/dry-run/forecast.ts';
import { forecastFrom } from '../../../src/core/dry-run/forecast.ts';
import { pastRuns } from '../../../src/core/dry-run/past-runs.ts';
import { dumpState } from '../../../src/core/state.ts';
import type { MicroUsd } from '../../../src/core/units.ts';
import { minutes } from '../../../src/core/units.ts';
import type { Workflow } from '../../../src/core/workflow/workflow.ts';
import type { WorkflowFileInput } from '../companies.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';
import { artifact } from '../kit.ts';

const exact: Assumptions = {
  task: minutes(10),
  taskCost: 100 as MicroUsd,
  review: minutes(2),
  reviewCost: 5 as MicroUsd,
  signing: minutes(30),
  spread: 0,
};

const fork: WorkflowFileInput = {
  name: 'fork',
  steps: [
    { id: 1, title: 'Plan', role: 'pm' },
    { id: 2, title: 'Code', role: 'engineer', depends_on: [1], complexity: 3 },
    { id: 3, title: 'Words', role: 'content', depends_on: [1], checks: ['npm test'] },
    { id: 4, title: 'Ship', role: 'growth', depends_on: [2, 3] },
  ],
};

const gated: WorkflowFileInput = {
  name: 'gated',
  steps: [
    {
      id: 1,
      title: 'Code',
      role: 'engineer',
      gates: [{ name: 'look', position: 'after', requires: { em: 1, pm: 1 }, human_required: true }],
    },
  ],
};

function tried(world: World, name: string, { runs = 5, seed = 1, assumed = exact } = {}) {
  const workflow = world.state.workflows.get(name as never) as Workflow;
  return dryRun(world.state, workflow, forecastFrom(pastRuns(world.state), assumed), { runs, seed });
}

it('adds up what is assumed along the longest way', () => {
  const run = tried(company({ workflows: [fork] }), 'fork');
  expect(run).toMatchObject({
    finished: 5,
    stuckAt: null,
    time: { p50: minutes(50), p90: minutes(50) },
    cost: { p50: 600, p90: 600 },
    criticalPath: { stepIds: ['1', '2', '4'], share: 1 },
  });
  expect(run.steps.map(({ title, time, critical, seen }) => [title, time.p50, critical, seen])).toEqual([
    ['Plan', minutes(10), 1, 0],
    ['Code', minutes(30), 1, 0],
    ['Words', minutes(10), 0, 0],
    ['Ship', minutes(10), 1, 0],
  ]);
});

it('lets agents review and a person sign, as the gate asks, and names who is waited for', () => {
  const world = company({ workflows: [gated] });
  const run = tried(world, 'gated');
  expect(run.finished).toBe(5);
  // The agents' reviews go on beside the person's half hour.
  expect(run.time.p50).toBe(minutes(40));
  expect(run.roles[0]?.waited.p50).toBe(minutes(30));
});

it('touches nothing of the company', () => {
  const world = company({ workflows: [fork] });
  const before = JSON.stringify(dumpState(world.state));
  tried(world, 'fork');
  expect(JSON.stringify(dumpState(world.state))).toBe(before);
});

it('says where an epic that can’t end comes to rest', () => {
  const staff = { engineering: [{ name: 'ann', role: 'engineer' }] };
  const stuck: WorkflowFileInput = {
    name: 'stuck',
    steps: [
      {
        id: 1,
        title: 'Code',
        role: 'engineer',
        gates: [{ name: 'g', position: 'after', requires: { engineer: 2 } }],
      },
    ],
  };
  const run = tried(company({ staff, workflows: [stuck] }), 'stuck');
  expect(run).toMatchObject({ finished: 0, stuckAt: 'Code' });
});

describe('by chance', () => {
  const spread = { ...exact, spread: 0.5 };

  it('gives the same figures for the same seed, and others for another', () => {
    const world = company({ workflows: [fork] });
    const first = tried(world, 'fork', { runs: 20, seed: 7, assumed: spread });
    expect(tried(world, 'fork', { runs: 20, seed: 7, assumed: spread })).toEqual(first);
    expect(tried(world, 'fork', { runs: 20, seed: 8, assumed: spread }).time).not.toEqual(first.time);
    expect(first.time.p90).toBeGreaterThan(first.time.p50);
  });

  it('draws evenly, and around 1 where half of it is below', () => {
    const draw = drawFrom(3, 0);
    const shares = Array.from({ length: 4_000 }, () => draw.share());
    expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) / 4_000 - 0.5)).toBeLessThan(0.03);
    const around = Array.from({ length: 4_000 }, () => draw.around1(0.5)).sort((a, b) => a - b);
    expect(Math.abs((around[2_000] ?? 0) - 1)).toBeLessThan(0.05);
    // Nine of ten are below exp(1.28 × 0.5).
    expect(Math.abs((around[3_600] ?? 0) - 1.9)).toBeLessThan(0.12);
  });
});

it('goes by the past where a step was done often enough', () => {
  const world = company({ workflows: [fork] });
  for (let n = 0; n < 3; n += 1) {
    world.route('fork');
    for (const [name, title] of [['pablo', 'Plan']] as const) {
      const ready = [...world.state.tasks.values()].filter(
        (task) => task.title === title && task.state === 'ready',
      );
      world.do(name, { type: 'task.claim', workerId: world.online(name), taskId: ready[0]?.id as never });
      world.now = (world.now + minutes(25)) as never;
      world.do(name, { type: 'worker.beat', workerId: world.online(name) });
      const task = world.state.tasks.get(ready[0]?.id as never);
      const held = { taskId: task?.id as never, token: task?.lease?.token as never };
      const tokens = 10;
      const call = { type: 'usage.reserve', ...held, model: 'opus', tokens, money: 900 as never } as const;
      const [reserved] = world.do(name, call);
      world.do(name, {
        type: 'usage.settle',
        reservationId: (reserved?.type === 'usage.reserved' ? reserved.reservation.id : '') as never,
        ...{ tokensIn: tokens, tokensOut: 0, money: 700 as never },
      });
      world.do(name, {
        type: 'task.complete',
        taskId: task?.id as never,
        token: task?.lease?.token as never,
        artifacts: [artifact(`plan ${n}`)],
      });
    }
  }
  const run = tried(world, 'fork');
  expect(run.steps[0]).toMatchObject({ title: 'Plan', seen: 3, time: { p50: minutes(25) } });
  expect(run.time.p50).toBe(minutes(65));
  // What a plan cost each time, and what is assumed of the others: 3 + 1 + 1 times 100.
  expect(run.cost).toEqual({ p50: 1_200, p90: 1_200 });
});
