/** Money and tokens: room is taken before a call, warnings come once, and a task that has no room waits for it. */
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../src/core/budget/day.ts';
import type { CompanyEvent } from '../../../src/core/event.ts';
import { waitingBecause } from '../../../src/core/task/waiting-because.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import { minutes, seconds } from '../../../src/core/units.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';
import { host, only, typesOf } from '../kit.ts';

const dollar = 1_000_000;
const workflows = [{ name: 'short', steps: [{ id: 's', title: 'step', role: 'engineer' }] }];

function withTask(name = 'ann'): World {
  const world = company({ workflows });
  world.do('owner', { type: 'task.create', title: 'work', roleId: 'engineer' });
  world.claim(name, 'work');
  return world;
}

const asked = (world: World, money: number, tokens = 0, title = 'work') => {
  const { id, lease } = world.task(title);
  return { taskId: id, token: lease?.token ?? 0, money, tokens };
};
const reserve = (world: World, money: number, tokens = 0, who = 'ann', title = 'work') =>
  only(
    world.do(who, { type: 'usage.reserve', model: 'opus', ...asked(world, money, tokens, title) }),
    'usage.reserved',
  ).reservation.id;
const settle = (world: World, reservationId: string, money: number, tokensIn = 0, tokensOut = 0) =>
  world.do('ann', { type: 'usage.settle', reservationId, money, tokensIn, tokensOut });
const limit = (
  world: World,
  scope: 'company' | 'ann' | 'epic',
  money: number | null,
  tokens: number | null = null,
) => {
  const scopes = {
    company: () => ({ kind: 'company' }) as const,
    ann: () => ({ kind: 'member', memberId: world.member('ann').id }) as const,
    epic: () => ({ kind: 'epic', epicId: world.epic().id }) as const,
  };
  return world.do('owner', { type: 'budget.set', scope: scopes[scope](), money, tokens });
};
const why = (world: World) => waitingBecause(world.state, world.task('work'), world.now);

describe('the hard stop', () => {
  it.each([
    [
      'money of the member',
      'ann',
      [dollar, null],
      '$0.40 more would exceed the budget of ann: $0.70 of $1.00',
    ],
    ['money of the company', 'company', [dollar, null], '$0.40 more would exceed the budget of the company'],
    ['tokens', 'ann', [null, 1_000], '400 more tokens would exceed the budget of ann: 700 of 1000'],
  ] as const)('comes before the call: %s', (_what, scope, [money, tokens], words) => {
    const world = withTask();
    limit(world, scope, money, tokens);
    reserve(world, 0.7 * dollar, 700);
    const call = { type: 'usage.reserve', model: 'opus', ...asked(world, 0.4 * dollar, 400) } as const;
    const refusal = world.refusal('ann', call);
    expect(refusal.code).toBe('BUDGET_EXCEEDED');
    expect(refusal.message).toContain(words);
    // Room for exactly the rest there is.
    reserve(world, 0.3 * dollar, 300);
  });

  it('counts an epic together, whoever works on it', () => {
    const world = company({ workflows });
    world.route('short');
    limit(world, 'epic', dollar);
    world.claim('ann', 'step');
    reserve(world, dollar, 0, 'ann', 'step');
    const call = { type: 'usage.reserve', model: 'opus', ...asked(world, 1, 0, 'step') } as const;
    expect(world.refusal('ann', call).message).toContain('the budget of epic "An epic"');
  });

  it('counts the parts of a step and what answers a question about them for its epic, which they wait for', () => {
    const world = company({ workflows: [{ name: 'led', steps: [{ id: 's', title: 'step', role: 'em' }] }] });
    world.route('led');
    limit(world, 'epic', dollar);
    const { id: whole = '', lease } = world.claim('emma', 'step') ?? {};
    const parts = [{ title: 'part', roleId: 'engineer' }];
    world.do('emma', { type: 'task.divide', taskId: whole, token: lease?.token ?? 0, parts });
    world.claim('ann', 'part');
    settle(world, reserve(world, 0.6 * dollar, 0, 'ann', 'part'), 0.6 * dollar);
    const { id, lease: held } = world.task('part');
    const ask = {
      type: 'task.ask',
      taskId: id,
      token: held?.token ?? 0,
      to: world.member('bob').id,
    } as const;
    world.do('ann', { ...ask, question: 'Which?' });
    const answering = 'Answer ann: Which?';
    world.claim('bob', answering);
    const call = { model: 'opus', ...asked(world, 0.5 * dollar, 0, answering) };
    expect(world.refusal('bob', { type: 'usage.reserve', ...call }).message).toContain('of epic "An epic"');
    const { taskId, token, money, tokens } = call;
    world.do('bob', { type: 'task.await_budget', taskId, token, money, tokens });
    expect(world.task(answering).state).toBe('blocked');
    limit(world, 'epic', 2 * dollar);
    expect(world.task(answering).state).toBe('ready');
  });

  it('takes the budget of the company file', () => {
    const staff = { engineering: [{ name: 'ann', role: 'engineer', budget: { money: 0.5, tokens: 10 } }] };
    const world = company({ staff });
    world.do('owner', { type: 'task.create', title: 'work', roleId: 'engineer' });
    world.claim('ann', 'work');
    const call = { type: 'usage.reserve', model: 'opus', ...asked(world, 0.6 * dollar) } as const;
    expect(world.refusal('ann', call).code).toBe('BUDGET_EXCEEDED');
  });

  it('is for whoever holds the task alone', () => {
    const world = withTask();
    const call = { type: 'usage.reserve', model: 'opus', ...asked(world, 1) } as const;
    expect(world.refusal('bob', call).code).toBe('LEASE_LOST');
  });
});

describe('what a call came to', () => {
  it('replaces what was reserved, and is kept by day, model, task and member', () => {
    const world = withTask();
    settle(world, reserve(world, dollar, 1_000), 0.2 * dollar, 150, 50);
    settle(world, reserve(world, dollar, 1_000), 0.1 * dollar, 100, 0);
    expect(world.state.accounts.get('company')).toMatchObject({
      spent: { money: 0.3 * dollar, tokens: 300 },
      reserved: { money: 0, tokens: 0 },
    });
    expect(world.state.usage.dump()).toMatchObject([
      { day: '1970-01-01', model: 'opus', calls: 2, tokensIn: 250, tokensOut: 50, money: 0.3 * dollar },
    ]);
  });

  it('counts in full when it was more than was reserved', () => {
    const world = withTask();
    limit(world, 'ann', dollar);
    settle(world, reserve(world, dollar), 2 * dollar);
    expect(world.state.accounts.get(world.member('ann').id)?.spent.money).toBe(2 * dollar);
  });

  it('is told once, and by whoever reserved', () => {
    const world = withTask();
    const reservationId = reserve(world, dollar);
    const call = { type: 'usage.settle', reservationId, money: 0, tokensIn: 0, tokensOut: 0 } as const;
    expect(world.refusal('bob', call).code).toBe('FORBIDDEN');
    settle(world, reservationId, 0);
    expect(world.refusal('ann', call).code).toBe('NOT_FOUND');
  });

  it.each<[string, (world: World) => CompanyEvent[]]>([
    ['is handed in', (world) => world.do('ann', { type: 'task.complete', ...asked2(world), artifacts: [] })],
    ['fails', (world) => world.do('ann', { type: 'task.fail', ...asked2(world), reason: 'x' })],
    ['runs out', (world) => world.pass(seconds(60))],
    ['is taken back', (world) => world.do('owner', { type: 'company.stop', reason: 'x' })],
    [
      'ends with its worker',
      (world) =>
        world.do(host, {
          type: 'worker.end',
          workerId: world.online('ann'),
          outcome: 'crashed',
          reason: 'x',
        }),
    ],
  ])('is all that was reserved when the lease %s before anybody says', (_how, end) => {
    const world = withTask();
    reserve(world, dollar, 500);
    const events = end(world);
    expect(only(events, 'usage.settled')).toMatchObject({
      money: dollar,
      tokensIn: 500,
      because: 'lease_ended',
    });
    expect(world.state.reservations.size).toBe(0);
    expect(world.state.accounts.get('company')).toMatchObject({ spent: { money: dollar, tokens: 500 } });
  });
});

const asked2 = (world: World) => {
  const { id, lease } = world.task('work');
  return { taskId: id, token: lease?.token ?? 0 };
};

describe('the warning', () => {
  it('comes at four fifths, once for each limit', () => {
    const world = withTask();
    limit(world, 'ann', dollar);
    expect(typesOf(settle(world, reserve(world, 0.79 * dollar), 0.79 * dollar))).not.toContain(
      'budget.warned',
    );
    const events = settle(world, reserve(world, 0.01 * dollar), 0.01 * dollar);
    expect(only(events, 'budget.warned')).toMatchObject({
      measure: 'money',
      spent: 0.8 * dollar,
      limit: dollar,
    });
    expect(typesOf(settle(world, reserve(world, 0.01 * dollar), 0.01 * dollar))).not.toContain(
      'budget.warned',
    );
    expect(typesOf(limit(world, 'ann', 2 * dollar))).toEqual(['budget.set']);
    expect(typesOf(limit(world, 'ann', 0.9 * dollar))).toEqual(['budget.set', 'budget.warned']);
  });
});

describe('a task without room in its budget', () => {
  const stopped = (): World => {
    const world = withTask();
    limit(world, 'ann', dollar);
    settle(world, reserve(world, 0.9 * dollar), 0.9 * dollar);
    const events = world.do('ann', { type: 'task.await_budget', ...asked(world, 0.2 * dollar) });
    expect(typesOf(events)).toEqual(['task.budget_awaited']);
    return world;
  };

  it('waits with the reason, and is ready by itself when the budget is raised enough', () => {
    const world = stopped();
    expect(world.task('work')).toMatchObject({ state: 'blocked', failures: 0, lease: null });
    expect(why(world)).toContain(
      'out of budget: The call was refused: $0.20 more would exceed the budget of ann',
    );
    expect(typesOf(world.pass(minutes(600)))).not.toContain('task.readied');
    expect(typesOf(limit(world, 'ann', 1.05 * dollar))).not.toContain('task.readied');
    expect(typesOf(limit(world, 'ann', 1.1 * dollar))).toContain('task.readied');
    expect(world.claim('ann')?.title).toBe('work');
  });

  it('goes on when it is given to another, or the one it waited for changes or leaves', () => {
    const assigned = stopped();
    const memberId = assigned.member('bob').id;
    const taskId = assigned.task('work').id;
    const reassign = { type: 'task.reassign', taskId, memberId, reason: 'bob has money' } as const;
    expect(typesOf(assigned.do('owner', reassign))).toEqual(['task.assigned', 'task.readied']);
    const changed = stopped();
    const ann = changed.member('ann').id;
    const member = { budget: null };
    expect(typesOf(changed.do('owner', { type: 'member.change', memberId: ann, member }))).toContain(
      'task.readied',
    );
  });

  it('has passed the gates before it, which are not asked again', () => {
    const gate = { name: 'brief', position: 'before', requires: { pm: 1 } } as const;
    const steps = [{ id: 's', title: 'work', role: 'engineer', gates: [gate] }];
    const world = company({ workflows: [{ name: 'short', steps }] });
    const epicId = world.route('short');
    world.sign('owner', 'brief');
    world.claim('ann', 'work');
    limit(world, 'company', dollar);
    world.do('ann', { type: 'task.await_budget', ...asked(world, 2 * dollar) });
    const revise = { type: 'epic.revise', epicId, title: 'Another', description: '' } as const;
    expect(world.refusal('owner', revise).code).toBe('WRONG_STATE');
    expect(world.gate('brief').state).toBe('open');
  });

  it('is only given back when there is room by now', () => {
    const world = withTask();
    const events = world.do('ann', { type: 'task.await_budget', ...asked(world, dollar) });
    expect(typesOf(events)).toEqual(['task.released']);
  });

  it('goes on when a call came to less than was reserved', () => {
    const world = company({ staff: { engineering: [{ name: 'ann', role: 'engineer', max_concurrent: 2 }] } });
    for (const title of ['work', 'other']) {
      world.do('owner', { type: 'task.create', title, roleId: 'engineer' });
      world.claim('ann', title);
    }
    limit(world, 'company', dollar);
    const open = reserve(world, 0.9 * dollar, 0, 'ann', 'other');
    world.do('ann', { type: 'task.await_budget', ...asked(world, 0.2 * dollar) });
    expect(world.task('work').state).toBe('blocked');
    expect(typesOf(settle(world, open, 0.1 * dollar))).toContain('task.readied');
  });
});

describe('an agent whose budget is used up', () => {
  it('claims nothing, does not keep seniors waiting, and goes on when it is raised', () => {
    const world = withTask();
    limit(world, 'ann', dollar);
    settle(world, reserve(world, dollar), dollar);
    world.do('ann', { type: 'task.release', ...asked2(world), reason: 'x' });
    expect(world.claim('ann')).toBeNull();
    const taskId = world.task('work').id;
    const refusal = world.refusal('ann', { type: 'task.claim', taskId, workerId: world.online('ann') });
    expect([refusal.code, refusal.message]).toEqual([
      'BUDGET_EXCEEDED',
      '"work" can\'t be claimed: the budget of ann is used up: $1.00; have it raised first',
    ]);
    limit(world, 'ann', 2 * dollar);
    expect(world.claim('ann')?.title).toBe('work');
  });

  it('is the reason why nobody takes a task', () => {
    const world = company({ staff: { engineering: [{ name: 'ann', role: 'engineer' }] } });
    world.do('owner', { type: 'task.create', title: 'work', roleId: 'engineer' });
    limit(world, 'ann', 0);
    expect(why(world)).toBe('the budget of ann is used up: $0.00');
  });
});

it('knows the day of every instant', () => {
  const starts = [
    0, 951_782_400_000, 951_868_799_999, 1_709_164_800_000, 1_790_000_000_000, 4_107_542_400_000,
  ];
  for (let at = 0; at < 20_000; at += 1) starts.push(at * 217_000_003);
  for (const at of starts) {
    expect(dayOf(at as EpochMs)).toBe(new Date(at).toISOString().slice(0, 10));
  }
});
