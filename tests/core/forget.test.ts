/** What ended long ago leaves the state, and nothing that still matters does. */
import { describe, expect, it } from 'vitest';
import type { UsageGroup } from '../../src/contract/usage.ts';
import { usageOf } from '../../src/coordinator/queries/usage.ts';
import { evolve } from '../../src/core/evolve.ts';
import { forgetOldest } from '../../src/core/forget.ts';
import { dumpState, emptyState } from '../../src/core/state.ts';
import { minutes } from '../../src/core/units.ts';
import { company, oneGate } from './companies.ts';
import type { World } from './kit.ts';
import { artifact, host } from './kit.ts';

const keep = { tasks: 0, approvals: 0, workers: 0, threads: 0 };
const world = () =>
  company({ workflows: [oneGate({ name: 'review', position: 'after', requires: { em: 1 } })] });

const titles = ({ state }: World) =>
  state.tasks
    .dump()
    .map(({ title }) => title)
    .sort();

function finished(given: World, ...names: string[]): void {
  for (const title of names) {
    given.do('owner', { type: 'task.create', title, roleId: 'engineer' });
    given.pass(minutes(1));
    given.finish('ann', title);
  }
}

describe('forgetting', () => {
  it('leaves the newest tasks that have ended, and every one that has not', () => {
    const given = world();
    given.do('owner', { type: 'task.create', title: 'waits', roleId: 'engineer' });
    finished(given, 'first', 'second', 'third');
    forgetOldest(given.state, { ...keep, tasks: 2 });
    expect(titles(given)).toEqual(['second', 'third', 'waits']);
  });

  it('keeps a task that another one waits for', () => {
    const given = world();
    finished(given, 'first');
    const dependsOn = [given.task('first').id];
    given.do('owner', { type: 'task.create', title: 'blocker', roleId: 'engineer' });
    dependsOn.push(given.task('blocker').id);
    given.do('owner', { type: 'task.create', title: 'next', roleId: 'engineer', dependsOn });
    forgetOldest(given.state, keep);
    expect(titles(given)).toEqual(['blocker', 'first', 'next']);
    given.finish('ann', 'blocker');
    expect(given.task('next').state).toBe('ready');
  });

  it('keeps what a failed task would need for another try', () => {
    const given = company({ policy: { max_attempts: 1 } });
    finished(given, 'first');
    const dependsOn = [given.task('first').id];
    given.do('owner', { type: 'task.create', title: 'next', roleId: 'engineer', dependsOn });
    const { id, lease } = given.claim('ann', 'next') ?? {};
    const taskId = id ?? '';
    given.do('ann', { type: 'task.fail', taskId, token: lease?.token ?? 0, reason: 'it broke' });
    forgetOldest(given.state, keep);
    expect(titles(given)).toEqual(['first', 'next']);
    given.do('owner', { type: 'task.retry', taskId });
    given.finish('ann', 'next');
    forgetOldest(given.state, keep);
    expect(titles(given)).toEqual([]);
  });

  it('takes an epic that was cancelled with a task that had failed', () => {
    const given = company({
      policy: { max_attempts: 1 },
      workflows: [
        {
          name: 'two',
          steps: [
            { id: 1, title: 'one', role: 'engineer' },
            { id: 2, title: 'two', role: 'engineer', depends_on: [1] },
          ],
        },
      ],
    });
    const epicId = given.route('two');
    given.finish('ann', 'one');
    const { id, lease } = given.claim('ann', 'two') ?? {};
    const held = { taskId: id ?? '', token: lease?.token ?? 0 };
    given.do('ann', { type: 'task.fail', ...held, reason: 'it broke' });
    given.do('owner', { type: 'epic.cancel', epicId, reason: 'enough' });
    forgetOldest(given.state, keep);
    expect([given.state.epics.size, given.state.tasks.size]).toEqual([0, 0]);
  });

  it('takes an epic whole, with its story, tasks and gates, and only once it has ended', () => {
    const given = world();
    const epicId = given.route('one_gate');
    finished(given, 'single');
    given.finish('ann', 'Work');
    forgetOldest(given.state, keep);
    expect(given.state.epics.get(epicId)).toBeDefined();
    given.sign('owner', 'review');
    expect(given.epic().state).toBe('completed');
    forgetOldest(given.state, keep);
    const { epics, stories, tasks, gates } = given.state;
    expect([epics.size, stories.size, tasks.size, gates.size]).toEqual([0, 0, 0, 0]);
  });

  it('takes an approval with its reviews once it is decided', () => {
    const given = world();
    const ask = { title: 'Buy it?', context: 'It is cheap', roles: { em: 1 } };
    given.do('ann', { type: 'approval.request', ...ask });
    forgetOldest(given.state, keep);
    expect(given.state.gates.size).toBe(1);
    given.sign('owner', 'Buy it?');
    forgetOldest(given.state, keep);
    expect([given.state.gates.size, given.state.tasks.size]).toEqual([0, 0]);
  });

  it('takes workers that have ended, and keeps those that live', () => {
    const given = world();
    given.online('ann');
    given.endWorkers();
    given.online('ann');
    forgetOldest(given.state, keep);
    expect(given.state.workers.dump()).toMatchObject([{ state: 'ready' }]);
  });

  it('is part of the fold, with a limit of its own, and is taken back with the event', () => {
    const given = world();
    const all = 3_003;
    for (let n = 0; n < all; n += 1) {
      given.do('owner', { type: 'task.create', title: `task ${n}`, roleId: 'engineer' });
      const { id } = given.task(`task ${n}`);
      given.state.journal.begin();
      const before = n % 1_000 === 2 ? JSON.stringify(dumpState(given.state)) : null;
      given.do('owner', { type: 'task.cancel', taskId: id, reason: 'not needed' });
      if (before !== null) {
        given.state.journal.rollbackTo(0);
        expect(JSON.stringify(dumpState(given.state))).toBe(before);
        given.events.pop();
        given.do('owner', { type: 'task.cancel', taskId: id, reason: 'not needed' });
      }
      given.state.journal.commit();
    }
    expect(given.state.tasks.size).toBe(3_000);
    const replayed = emptyState();
    for (const event of given.events) evolve(replayed, event);
    expect(dumpState(replayed)).toEqual(dumpState(given.state));
    given.do(host, { type: 'tick' });
  });

  it('leaves what was spent in the totals of its day, model and member', () => {
    const given = company({
      workflows: [{ name: 'short', steps: [{ id: 's', title: 'step', role: 'engineer' }] }],
    });
    const spend = (title: string, model: string, calls: number) => {
      const { id, lease } = given.claim('ann', title) ?? {};
      const about = { taskId: id ?? '', token: lease?.token ?? 0, model, money: 100, tokens: 10 };
      for (let n = 0; n < calls; n += 1) {
        const [reserved] = given.do('ann', { type: 'usage.reserve', ...about });
        const reservationId = reserved?.type === 'usage.reserved' ? reserved.reservation.id : '';
        given.do('ann', { type: 'usage.settle', reservationId, money: 70, tokensIn: 4, tokensOut: 3 });
      }
      const { taskId, token } = about;
      given.do('ann', { type: 'task.complete', taskId, token, artifacts: [artifact(title)] });
    };
    const epicId = given.route('short');
    spend('step', 'opus', 2);
    for (const [title, model] of [
      ['first', 'opus'],
      ['second', 'haiku'],
      ['third', 'opus'],
    ] as const) {
      given.do('owner', { type: 'task.create', title, roleId: 'engineer' });
      given.pass(minutes(1));
      spend(title, model, 1);
    }
    expect(given.state.accounts.get(epicId)?.spent.money).toBe(140);
    const before = given.state.accounts.get('company');
    forgetOldest(given.state, { ...keep, tasks: 1 });

    const ann = given.member('ann').id;
    const of = (taskId: string | null, model: string, calls: number) => ({
      ...{ day: '1970-01-01', taskId, epicId: null, memberId: ann, model },
      ...{ calls, money: 70 * calls, tokensIn: 4 * calls, tokensOut: 3 * calls },
    });
    const left = given.state.usage.dump().map(({ id: _, ...row }) => row);
    expect(left).toHaveLength(3);
    expect(left).toEqual(
      expect.arrayContaining([
        of(given.task('third').id, 'opus', 1),
        of(null, 'opus', 3),
        of(null, 'haiku', 1),
      ]),
    );
    expect(given.state.accounts.get('company')).toEqual(before);
    expect(given.state.accounts.get(epicId)).toBeUndefined();
    expect(given.state.accounts.get(ann)?.spent.money).toBe(350);

    const view = (by: UsageGroup) =>
      usageOf(given.state, { by, at: null }).rows.map(({ key, calls }) => [key, calls]);
    expect(view('task')).toEqual([
      ['ended', 4],
      [given.task('third').id, 1],
    ]);
    expect(view('epic')).toEqual([
      ['ended', 4],
      [null, 1],
    ]);
    expect(view('day')).toEqual([['1970-01-01', 5]]);
  });

  it('leaves threads that go on, and the newest that are resolved', () => {
    const given = world();
    const start = (title: string) => {
      const [started] = given.do('ann', { type: 'thread.start', title, text: 'x' });
      return started?.type === 'thread.started' ? started.thread.id : '';
    };
    const [first, second, third] = [start('first'), start('second'), start('third')];
    for (const threadId of [second, first]) {
      given.pass(minutes(1));
      given.do('ann', { type: 'thread.resolve', threadId });
    }
    forgetOldest(given.state, { ...keep, threads: 1 });
    expect(given.state.threads.dump().map(({ id }) => id)).toEqual([first, third].sort());
  });
});
