/** Several hosts on one log: each prefers what it created, and picks among the others' at random. */
import { describe, expect, it } from 'vitest';
import type { CommandInput } from '../../../src/core/command.ts';
import { hostAlone } from '../../../src/core/context.ts';
import type { HostId } from '../../../src/core/ids.ts';
import type { Task } from '../../../src/core/task/task.ts';
import { seededRandom } from '../../seeded-random.ts';
import { company, oneGate } from '../companies.ts';
import type { World } from '../kit.ts';

const here = 'host_here' as HostId;
const there = 'host_there' as HostId;

/** From now on a host decides; of several it picks the one of that number. */
function at(world: World, host: HostId | null, pick: (count: number) => number = () => 0): World {
  world.choice = () => ({ ...hostAlone, sharesLog: true, host, pick });
  return world;
}

function create(world: World, host: HostId | null, title: string, more: Partial<CommandInput> = {}): void {
  at(world, host).do('owner', { type: 'task.create', title, roleId: 'engineer', ...more } as CommandInput);
}

const offered = (count: number, from: number) => Array.from({ length: count }, (_, n) => `t${from + n}`);

/** The title of what an automatic claim at the host gets. */
function claimed(world: World, host: HostId | null, pick?: (count: number) => number): string | null {
  const twin = at(world.restored(), host, pick);
  const workerId = twin.online('ann');
  const [event] = twin.do('ann', { type: 'task.claim', workerId });
  if (event?.type !== 'task.claimed') return null;
  return (twin.state.tasks.get(event.taskId) as Task).title;
}

describe('a claim at one of several hosts', () => {
  it('takes what was created there first, the oldest of it', () => {
    const world = company();
    create(world, there, 'older');
    create(world, here, 'ours');
    create(world, here, 'ours, too');
    expect(claimed(world, here)).toBe('ours');
    expect(claimed(world, there)).toBe('older');
  });

  it('takes the most urgent all the same', () => {
    const world = company();
    create(world, here, 'ours');
    create(world, there, 'urgent', { priority: 'URGENT' });
    expect(claimed(world, here)).toBe('urgent');
    expect(claimed(world, null)).toBe('urgent');
  });

  it('picks one of the first 32 of the others when there is none of its own', () => {
    const world = company();
    for (let n = 0; n < 40; n += 1) create(world, n % 2 === 0 ? there : null, `t${n}`);
    create(world, here, 'ours, but later', { priority: 'LOW' });
    const counts: number[] = [];
    const found = new Set<string | null>();
    for (let n = 0; n < 32; n += 1) {
      found.add(
        claimed(world, here, (count) => {
          counts.push(count);
          return n;
        }),
      );
    }
    expect(counts).toEqual(counts.map(() => 32));
    expect([...found]).toEqual(offered(32, 0));
  });

  it('leaves nothing to chance when there is but one', () => {
    const world = company();
    create(world, there, 'the only one');
    const never = () => {
      throw new Error('there is nothing to pick from');
    };
    expect(claimed(world, here, never)).toBe('the only one');
    expect(claimed(company(), here, never)).toBeNull();
  });

  it('picks only among what fits', () => {
    const world = company();
    for (let n = 0; n < 10; n += 1) create(world, there, `t${n}`, { tags: n < 5 ? ['web'] : [] });
    const twin = at(world, here, (count) => count - 1);
    const [event] = twin.do('ann', { type: 'task.claim', workerId: twin.online('ann'), tags: ['web'] });
    expect(event?.type === 'task.claimed' && twin.state.tasks.get(event.taskId)?.title).toBe('t4');
  });
});

it('a host that shares with no other takes the oldest, wherever it was created', () => {
  const world = company();
  for (const [n, host] of [there, null, here].entries()) create(world, host, `t${n}`);
  const never = () => {
    throw new Error('it has nobody to make room for');
  };
  expect(claimed(world, null, never)).toBe('t0');
});

it('an epic’s steps are at home where it was created, a review where it was asked for', () => {
  const flow = oneGate({ name: 'check', position: 'after', requires: { em: 1 }, timeout: '1h' });
  const world = at(company({ workflows: [flow] }), here);
  world.route(flow.name);
  at(world, there);
  world.finish('ann', 'Work', 'done');
  const homes = world.state.tasks.dump().map(({ kind, home }) => [kind, home]);
  expect(homes).toEqual([
    ['step', here],
    ['review', there],
  ]);
});

it('what is ready is found by every host, in the order that a plain look at all of it gives', () => {
  const random = seededRandom(4);
  const from = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const world = company();
  for (let n = 0; n < 120; n += 1) {
    create(world, from([null, here, there]), `t${n}`, {
      priority: from(['LOW', 'NORMAL', 'HIGH'] as const),
      roleId: from(['engineer', null]),
      requiresCapabilities: from([[], ['code_review']]),
      tags: from([[], ['web']]),
    });
  }
  const { ready } = world.state.index;
  const rank = { LOW: 0, NORMAL: 1, HIGH: 2, URGENT: 3 };
  const left = world.state.tasks
    .dump()
    .sort((a, b) => rank[b.priority] - rank[a.priority] || a.order - b.order);
  const search = { roles: ['engineer' as Task['roleId'] & string], wantsPlain: () => true };
  while (left.length > 0) {
    const host = from([here, there]);
    const fits = (task: Task) => left.includes(task);
    const urgent = left.filter(({ priority }) => priority === left[0]?.priority);
    const own = urgent.find(({ home }) => home === host);
    const place = Math.floor(random() * 32);
    const others = urgent.slice(0, 32);
    expect(ready.first({ ...search, fits })).toBe(left[0]);
    const expected = own ?? others[place % others.length];
    expect(
      ready.firstFor(
        host,
        { ...search, fits },
        { ...hostAlone, sharesLog: true, host, pick: (count) => place % count },
      ),
    ).toBe(expected);
    left.splice(left.indexOf(from(left)), 1);
  }
});
