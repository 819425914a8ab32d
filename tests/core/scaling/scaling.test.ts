/** How many workers a rule asks for: by the load, within its bounds, no oftener than its cool-downs let it. */
import { describe, expect, it } from 'vitest';
import type { CommandInput } from '../../../src/core/command.ts';
import { nextSize } from '../../../src/core/scaling/next-size.ts';
import type { Scaling } from '../../../src/core/scaling/scaling.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import { seconds } from '../../../src/core/units.ts';
import { company } from '../companies.ts';
import { host } from '../kit.ts';

const now = 1_000_000 as EpochMs;
const ago = (s: number) => (now - s * 1_000) as EpochMs;
const rule: Scaling = {
  id: 'developers',
  roleId: null,
  tag: null,
  min: 1,
  max: 6,
  tasksPerWorker: 5,
  upCooldown: seconds(10),
  downCooldown: seconds(60),
  size: 1,
  changedAt: null,
};

it.each([
  ['17 ready tasks', { ready: 17, underWay: 0 }, 4, '17 ready tasks / 5'],
  ['one', { ready: 6, underWay: 0 }, 2, '6 ready tasks / 5'],
  ['those under way, too', { ready: 1, underWay: 9 }, 2, '1 ready task and 9 under way / 5'],
  ['no more than the most', { ready: 99, underWay: 0 }, 6, '99 ready tasks / 5, at most 6'],
])('scales to what %s ask for', (_what, load, to, because) => {
  expect(nextSize(rule, load, now)).toEqual({ kind: 'change', to, because });
});

it.each([
  ['grows at once the first time', { size: 1, changedAt: null }, 17, { kind: 'change', to: 4 }],
  ['waits to grow again', { size: 2, changedAt: ago(9) }, 17, { kind: 'wait', until: now + 1_000 }],
  ['grows again after its cool-down', { size: 2, changedAt: ago(10) }, 17, { kind: 'change', to: 4 }],
  ['waits to shrink', { size: 4, changedAt: ago(59) }, 0, { kind: 'wait', until: now + 1_000 }],
  [
    'shrinks to the least, and says how long it was quiet',
    { size: 4, changedAt: ago(60) },
    0,
    { kind: 'change', to: 1, because: '0 ready tasks / 5, at least 1, 1 min after the last change' },
  ],
  ['stays where it is', { size: 4, changedAt: ago(999) }, 18, { kind: 'stay' }],
] as const)('%s', (_what, before, ready, expected) => {
  expect(nextSize({ ...rule, ...before }, { ready, underWay: 0 }, now)).toMatchObject(expected);
});

describe('in a company', () => {
  it('says in the event what was counted, and folds the size', () => {
    const world = company();
    world.do('owner', {
      type: 'scaling.set',
      rule: { name: 'developers', role: 'engineer' as never, max: 8, tasks_per_worker: 5 },
    });
    for (let n = 0; n < 17; n += 1) {
      world.do('owner', { type: 'task.create', title: `t${n}`, roleId: 'engineer' as never });
    }
    world.do('owner', { type: 'task.create', title: 'another role', roleId: 'pm' as never });
    expect(world.do(host, { type: 'scaling.apply' })).toEqual([
      { type: 'scaling.changed', id: 'developers', from: 0, to: 4, because: '17 ready tasks / 5' },
    ]);
    expect(world.state.scalings.get('developers')).toMatchObject({ size: 4, changedAt: world.now });
    expect(world.do(host, { type: 'scaling.apply' })).toEqual([]);
    expect(world.restored().state.scalings.get('developers')).toMatchObject({ size: 4 });
  });

  it('counts by role, by tag and by both, each rule for itself, and says so of each', () => {
    const world = company();
    const engineer = 'engineer' as never;
    const rules = [
      { name: 'builders', role: engineer, max: 20, tasks_per_worker: 2 },
      { name: 'gpu', tag: 'gpu', max: 20, tasks_per_worker: 3 },
      { name: 'gpu_builders', role: engineer, tag: 'gpu', max: 20, tasks_per_worker: 4 },
    ];
    for (const rule of rules) world.do('owner', { type: 'scaling.set', rule });
    const give = (count: number, more: { roleId?: string; tags?: string[] }) => {
      for (let n = 0; n < count; n += 1)
        world.do('owner', { type: 'task.create', title: 'x', ...more } as CommandInput);
    };
    give(3, { roleId: 'engineer' });
    give(6, { roleId: 'engineer', tags: ['gpu', 'night'] });
    give(5, { roleId: 'pm', tags: ['gpu'] });
    give(2, { tags: ['night'] });
    // What is narrower is decided first.
    expect(world.do(host, { type: 'scaling.apply' })).toEqual([
      { type: 'scaling.changed', id: 'gpu_builders', from: 0, to: 2, because: '6 ready tasks / 4' },
      { type: 'scaling.changed', id: 'builders', from: 0, to: 5, because: '9 ready tasks / 2' },
      { type: 'scaling.changed', id: 'gpu', from: 0, to: 4, because: '11 ready tasks / 3' },
    ]);
  });

  it('takes the rules of a company file, and refuses what can’t be', () => {
    const world = company();
    const set = (rule: object) => world.refusal('owner', { type: 'scaling.set', rule: rule as never });
    expect(set({ name: 'x', role: 'enginer', max: 2 }).message).toBe(
      'There is no role enginer; did you mean engineer?',
    );
    expect(set({ name: 'x', min: 3, max: 2 }).message).toContain(
      'at least 3 workers are more than at most 2',
    );
    expect(world.refusal('owner', { type: 'scaling.remove', id: 'x' }).message).toBe(
      'There is no scaling rule “x”; there is none',
    );
    world.do('owner', { type: 'scaling.set', rule: { name: 'all', max: 2 } });
    expect(world.do('owner', { type: 'scaling.set', rule: { name: 'all', max: 2 } })).toEqual([]);
  });

  it('shares the workers that are asked for among the agents of the role, as far as they may have some', () => {
    const world = company({
      staff: {
        engineering: [
          { name: 'ann', role: 'engineer', max_concurrent: 3 },
          { name: 'bob', role: 'engineer' },
          { name: 'pat', role: 'engineer', kind: 'human' },
        ],
      },
    });
    world.online('ann');
    const ask = (count: number) => ({ type: 'worker.request', roleId: 'engineer' as never, count }) as const;
    const shares = world
      .do('owner', ask(3))
      .map((event) => ('count' in event ? [event.memberId, event.count] : []));
    expect(shares).toEqual([
      [world.member('bob').id, 1],
      [world.member('ann').id, 2],
    ]);
    expect(world.refusal('owner', ask(4))).toMatchObject({
      code: 'AGENT_BUSY',
      details: { asked: 4, possible: 3 },
    });
    expect(
      world.refusal('owner', { type: 'worker.request', memberId: world.member('pat').id }),
    ).toMatchObject({
      code: 'BAD_INPUT',
    });
    expect(world.refusal('owner', { type: 'worker.request' })).toMatchObject({ code: 'BAD_INPUT' });
    world.do('owner', { type: 'company.stop', reason: 'a fire' });
    expect(world.refusal('owner', ask(1))).toMatchObject({ code: 'PAUSED' });
  });
});
