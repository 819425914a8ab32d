/** Which agents get a worker: the least senior who may, as many as there is work for, and no others. */
import { describe, expect, it } from 'vitest';
import { planWorkers } from '../../../src/coordinator/supervisor/worker-plan.ts';
import type { MemberId, WorkerId } from '../../../src/core/ids.ts';
import { seconds } from '../../../src/core/units.ts';
import { company } from '../../core/companies.ts';
import type { World } from '../../core/kit.ts';
import { host } from '../../core/kit.ts';

const staff = {
  product: [{ name: 'pablo', role: 'pm' }],
  engineering: [
    { name: 'emma', role: 'em' },
    { name: 'sven', role: 'senior_eng' },
    { name: 'ann', role: 'engineer' },
    { name: 'bob', role: 'engineer', max_concurrent: 2 },
    { name: 'hana', role: 'engineer', kind: 'human' as const },
  ],
};

function plan(world: World, held: readonly string[] = []) {
  const name = (id: MemberId) => world.state.members.get(id)?.name ?? id;
  const { start, warm, spare, waiting, leaving } = planWorkers(
    world.state,
    world.now,
    (id) => !held.includes(name(id)),
  );
  const ofWorkers = (ids: readonly WorkerId[]) =>
    ids.flatMap((id) => world.state.workers.get(id)?.memberId ?? []).map(name);
  return {
    start: start.map(name),
    warm: warm.map(name),
    spare: ofWorkers(spare),
    waiting: ofWorkers(waiting),
    leaving: ofWorkers(leaving),
  };
}

function withTasks(count: number, roleId: string | null = 'engineer'): World {
  const world = company({ staff });
  for (let n = 0; n < count; n += 1) {
    world.do('owner', { type: 'task.create', title: `Task ${n}`, roleId: roleId as never });
  }
  return world;
}

describe('the plan of workers', () => {
  it('starts nobody when nothing is ready', () => {
    expect(plan(company({ staff }))).toEqual({ start: [], warm: [], spare: [], waiting: [], leaving: [] });
  });

  it.each([
    [1, ['ann']],
    [2, ['ann', 'bob']],
    [3, ['ann', 'bob']],
    [4, ['ann', 'bob', 'sven']],
    [9, ['ann', 'bob', 'sven', 'emma']],
  ])('for %i tasks of an engineer starts %j: the least senior first, never a person', (count, start) => {
    expect(plan(withTasks(count)).start).toEqual(start);
  });

  it('starts nobody for a role that nobody has', () => {
    expect(plan(withTasks(3, 'sre')).start).toEqual([]);
  });

  it('passes over an agent that may not be started yet', () => {
    expect(plan(withTasks(1), ['ann', 'bob']).start).toEqual(['sven']);
  });

  it('starts nobody for a task that somebody who is there, or about to be, will take', () => {
    const world = withTasks(1);
    world.online('bob');
    expect(plan(world)).toEqual({ start: [], warm: [], spare: [], waiting: [], leaving: [] });
  });

  it('lets the younger one without a task go when an agent has more workers than it may', () => {
    const world = withTasks(1);
    const older = world.online('ann');
    // As after an outage of two hosts: the limit has come down, or a second host has started the last one, too.
    world.do('owner', {
      type: 'member.change',
      memberId: world.member('ann').id,
      member: { max_concurrent: 2 },
    });
    const younger = 'worker_younger' as WorkerId;
    world.now = (world.now + 1) as typeof world.now;
    const memberId = world.member('ann').id;
    world.do(host, { type: 'worker.start', workerId: younger, memberId, launcher: 'test', runner: 'script' });
    world.do('ann', { type: 'worker.report_ready', workerId: younger, pid: 4_001 });
    const surplus = () => planWorkers(world.state, world.now, () => true).surplus;
    expect(surplus()).toEqual([]);
    world.do('owner', { type: 'member.change', memberId, member: { max_concurrent: 1 } });
    expect(surplus()).toEqual([younger]);
    world.do('ann', { type: 'task.claim', workerId: younger });
    expect(surplus()).toEqual([older]);
  });

  it('names workers that have nothing and get nothing', () => {
    const world = withTasks(1);
    world.online('bob');
    world.online('pablo');
    expect(plan(world).spare).toEqual(['pablo']);
  });

  describe('in the order of the turn starts', () => {
    /** Of Task 0. */
    const assign = (world: World, name: string) =>
      world.do('owner', {
        type: 'task.assign',
        taskId: world.task('Task 0').id,
        memberId: world.member(name).id,
      });
    const occupy = (world: World, name: string) => {
      const title = `Other of ${name}`;
      world.do('owner', { type: 'task.create', title, assigneeId: world.member(name).id });
      world.claim(name, title);
    };
    const drain = (world: World, name: string) =>
      world.do(host, { type: 'worker.drain', workerId: world.online(name) });

    it.each<[string, (world: World) => unknown, string[], string[], string[]]>([
      ['a junior, although a senior is there', (world) => world.online('emma'), [], ['ann'], ['emma']],
      [
        'nobody, when the junior may not be started',
        (world) => world.online('emma'),
        ['ann', 'bob', 'sven'],
        [],
        [],
      ],
      [
        'the one it is kept for, although another is there',
        (world) => [assign(world, 'bob'), world.online('ann')],
        [],
        ['bob'],
        ['ann'],
      ],
      ['the next, when that one may not be started', (world) => assign(world, 'bob'), ['bob'], ['ann'], []],
      ['nobody, while that one is busy', (world) => [occupy(world, 'ann'), assign(world, 'ann')], [], [], []],
      ['nobody for a person', (world) => assign(world, 'hana'), [], [], []],
      [
        'nobody, while the junior is about to be gone',
        (world) => [drain(world, 'ann'), world.online('emma')],
        ['bob'],
        [],
        ['emma'],
      ],
    ])('%s', (_rule, arrange, held, start, spare) => {
      const world = withTasks(1);
      arrange(world);
      expect(plan(world, held)).toMatchObject({ start, spare });
    });

    it('and goes on after the call: whoever may come first', () => {
      const world = withTasks(1);
      assign(world, 'bob');
      world.pass(seconds(5));
      expect(plan(world).start).toEqual(['bob']);
      expect(plan(world, ['bob']).start).toEqual(['ann']);
    });

    it('and names those that are going', () => {
      const world = withTasks(0);
      drain(world, 'ann');
      expect(plan(world)).toMatchObject({ spare: [], leaving: ['ann'] });
    });
  });

  it('warms up the least senior agent of the next step, so that no senior takes it for want of them', () => {
    const world = company({ staff, workflows: [twoSteps] });
    world.do('owner', { type: 'epic.create', title: 'Dark mode', workflow: 'two_steps' as never });
    expect(plan(world)).toMatchObject({ start: ['pablo'], warm: [] });
    const workerId = world.online('pablo');
    world.online('emma');
    world.do('pablo', { type: 'task.claim', workerId });
    expect(plan(world)).toEqual({ start: [], warm: ['ann'], spare: ['emma'], waiting: [], leaving: [] });
    world.online('bob');
    expect(plan(world)).toEqual({ start: [], warm: [], spare: ['emma'], waiting: ['bob'], leaving: [] });
  });
});

const twoSteps = {
  name: 'two_steps',
  steps: [
    { id: 1, title: 'Write PRD', role: 'pm' },
    { id: 2, title: 'Implement feature', role: 'engineer', depends_on: [1] },
  ],
};
