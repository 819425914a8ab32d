/** What is said to people who do not see the screen: what is new, how much it matters, and several of a kind as one. */
import { expect, it } from 'vitest';
import { minutes } from '../../src/core/units.ts';
import { saidOf, standingOf } from '../../src/renderer/app/announce/standing.ts';
import { company, oneGate } from '../core/companies.ts';
import type { World } from '../core/kit.ts';
import { artifact, host } from '../core/kit.ts';

const nothing = { calmly: '', atOnce: '' };

/** A company that begins by itself nothing that a person does not do. */
function world(): World {
  return company({
    workflows: [oneGate({ name: 'launch', position: 'after', requires: { ceo: 1 } })],
    policy: { hung_after: '5m' },
  });
}

const standing = (made: World) => standingOf(made.state, made.member('owner').id);

/** What is said of what is done. */
function said(made: World, act: () => void) {
  const before = standing(made);
  act();
  return saidOf(before, standing(made));
}

it('says which gate asks, of one; and how many, of several; and nothing twice', () => {
  const made = world();
  made.route('one_gate');
  const task = [...made.state.tasks.values()][0]?.title ?? '';
  expect(said(made, () => made.finish('ann', task))).toEqual({
    ...nothing,
    calmly: 'launch asks you to sign as ceo.',
  });
  expect(said(made, () => made.pass(minutes(1)))).toEqual(nothing);
  expect(said(made, () => made.sign('owner', 'launch'))).toEqual({
    ...nothing,
    calmly: 'The epic “An epic” is complete.',
  });

  const other = world();
  other.route('one_gate', { stories: ['One', 'Two', 'Three'] });
  const both = said(other, () => {
    for (let n = 0; n < 3; n += 1) {
      const { id, lease } = other.claim('ann') ?? {};
      const artifacts = [artifact(`work ${n}`)];
      other.do('ann', { type: 'task.complete', taskId: id, token: lease?.token, artifacts } as never);
    }
  });
  expect(both).toEqual({ ...nothing, calmly: '3 gates ask you to sign.' });
});

it('says at once what went wrong, and what somebody else stopped, but not what one did oneself', () => {
  const made = world();
  made.do('owner', { type: 'task.create', title: 'Dig', roleId: 'engineer' } as never);
  const fail = () => {
    const { id, lease } = made.claim('ann', 'Dig') ?? {};
    const reason = 'rock\nall the way down';
    made.do('ann', { type: 'task.fail', taskId: id, token: lease?.token, reason } as never);
  };
  // What is tried again by itself is no news.
  for (let n = 1; n < made.task('Dig').maxAttempts; n += 1) {
    expect(said(made, fail)).toEqual(nothing);
    made.pass(minutes(2));
  }
  const failed = said(made, fail);
  expect(failed).toEqual({ ...nothing, atOnce: '“Dig” has failed: loops: the same failure 3 times: rock.' });

  const workerId = made.online('bob');
  const crash = { type: 'worker.end', workerId, outcome: 'crashed', reason: 'exit code 1' } as const;
  expect(said(made, () => made.do(host, crash))).toEqual({
    ...nothing,
    atOnce: 'The worker of bob has crashed: exit code 1.',
  });
  const silent = said(made, () => made.pass(minutes(6)));
  expect(silent.atOnce).toContain('The worker of ann shows no sign of life');

  expect(said(made, () => made.do('owner', { type: 'company.pause', reason: 'lunch' }))).toEqual(nothing);
  expect(said(made, () => made.do('owner', { type: 'company.resume' }))).toEqual({
    ...nothing,
    calmly: 'The company goes on.',
  });
});
