/** Tasks that go in circles: the same failure, or the same rejected result, again and again. */
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../src/core/task/loop.ts';
import { waitingBecause } from '../../../src/core/task/waiting-because.ts';
import { minutes } from '../../../src/core/units.ts';
import { company, oneGate } from '../companies.ts';
import type { World } from '../kit.ts';
import { only, typesOf } from '../kit.ts';

describe('the fingerprint of a failure', () => {
  it.each([
    ['numbers', 'line 12: expected 3 but got 4.5', 'line 7: expected 30 but got 0.1'],
    ['paths', 'no file /tmp/run-a1/x.ts here', 'no file /tmp/other/y.ts here'],
    ['hexadecimal ids', 'commit deadbeef12 is gone', 'commit 0123456789ab is gone'],
    ['our own ids', 'gate gate_7k2m9q4xw0 is shut', 'gate gate_0000000001 is shut'],
    ['case and spaces', 'It  broke', 'it broke'],
  ])('does not see a difference of %s', (_what, one, other) => {
    expect(fingerprint(one)).toBe(fingerprint(other));
  });

  it('sees a difference of words', () => {
    expect(fingerprint('the decade ended')).not.toBe(fingerprint('the test ended'));
  });
});

function fail(world: World, reason: string) {
  const { id, lease } = world.claim('ann', 'work') ?? {};
  const events = world.do('ann', { type: 'task.fail', taskId: id ?? '', token: lease?.token ?? 0, reason });
  world.pass(minutes(60));
  return events;
}

function single(policy = {}): World {
  const world = company({ policy: { max_attempts: 10, retry_base: '1s', ...policy } });
  world.do('owner', { type: 'task.create', title: 'work', roleId: 'engineer' });
  return world;
}

describe('a task that fails the same way', () => {
  it('has failed at the third time, although attempts are left', () => {
    const world = single();
    fail(world, 'exit code 1 after 20 s');
    fail(world, 'something else');
    fail(world, 'exit code 1 after 31 s');
    const reason = 'loops: the same failure 3 times: exit code 1 after 9 s';
    expect(only(fail(world, 'exit code 1 after 9 s'), 'task.failed').reason).toBe(reason);
    expect(waitingBecause(world.state, world.task('work'), world.now)).toBe(reason);
    expect(world.task('work').attempts.map((attempt) => attempt.reason)).toEqual([
      'exit code 1 after 20 s',
      'something else',
      'exit code 1 after 31 s',
      reason,
    ]);
  });

  it('is said to go in circles at the defaults, too, where its third attempt is its last', () => {
    const world = company({ policy: { retry_base: '1s' } });
    world.do('owner', { type: 'task.create', title: 'work', roleId: 'engineer' });
    fail(world, 'it broke');
    fail(world, 'it broke');
    expect(only(fail(world, 'it broke'), 'task.failed').reason).toBe(
      'loops: the same failure 3 times: it broke',
    );
  });

  it('counts anew after somebody had it retried', () => {
    const world = single({ loop_after: 2 });
    const broken = () => typesOf(fail(world, 'it broke'));
    expect([broken(), broken()]).toEqual([['task.attempt_failed'], ['task.failed']]);
    world.do('owner', { type: 'task.retry', taskId: world.task('work').id });
    expect([broken(), broken()]).toEqual([['task.attempt_failed'], ['task.failed']]);
  });
});

describe('a result that is rejected again without a change', () => {
  const gated = (): World => {
    const world = company({
      workflows: [oneGate({ name: 'review', position: 'after', requires: { pm: 1 } })],
    });
    world.route('one_gate');
    return world;
  };

  it('fails its task and blocks the epic with the reason', () => {
    const world = gated();
    world.finish('ann', 'Work', 'same');
    world.sign('owner', 'review', 'request_changes');
    world.finish('ann', 'Work', 'same');
    const events = world.sign('owner', 'review', 'request_changes', { note: 'as I said' });
    const reason = 'loops: the same result was rejected 2 times, last at gate review: as I said';
    expect(only(events, 'task.failed').reason).toBe(reason);
    expect(world.epic()).toMatchObject({ state: 'blocked', reason: `"Work" failed, ${reason}` });
    expect(world.claim('ann')).toBeNull();
    world.do('owner', { type: 'task.retry', taskId: world.task('Work').id });
    world.finish('ann', 'Work', 'same');
    world.sign('owner', 'review', 'request_changes');
    expect(world.task('Work').state).toBe('ready');
  });

  it('is no circle while each result differs', () => {
    const world = gated();
    for (const content of ['one', 'two', 'three', 'four']) {
      world.finish('ann', 'Work', content);
      world.sign('owner', 'review', 'request_changes');
    }
    expect(world.task('Work').state).toBe('ready');
  });
});

describe('work that nobody decides about', () => {
  type GateInput = Omit<Parameters<typeof oneGate>[0], 'name' | 'position'>;
  const timed = (gate: GateInput, policy = {}): World => {
    const timing = { timeout: '1h', on_timeout: 'reject' } as const;
    const world = company({
      workflows: [oneGate({ name: 'review', position: 'after', ...timing, ...gate })],
      policy,
    });
    world.route('one_gate');
    return world;
  };
  let round = 0;
  const unanswered = (world: World) => {
    round += 1;
    world.finish('ann', 'Work', `result ${round}`);
    world.endWorkers();
    return world.pass(minutes(60));
  };
  const reason = 'loops: gate review timed out 3 times in a row, nobody signed';

  it('fails after the third time in a row that the clock rejected it, and blocks its epic', () => {
    const world = timed({ requires: { em: 1 } });
    expect(typesOf(unanswered(world))).not.toContain('task.failed');
    expect(typesOf(unanswered(world))).not.toContain('task.failed');
    expect(only(unanswered(world), 'task.failed').reason).toBe(reason);
    expect(world.gate('review').state).toBe('rejected');
    expect(world.epic()).toMatchObject({ state: 'blocked', reason: `"Work" failed, ${reason}` });
    expect(world.pass(minutes(10_000))).toEqual([]);
  });

  it('fails for that reason, too, when the same result is handed in each time', () => {
    const world = timed({ requires: { em: 1 } }, { loop_after: 4 });
    const same = () => {
      world.finish('ann', 'Work', 'same');
      world.endWorkers();
      return world.pass(minutes(60));
    };
    for (let i = 0; i < 3; i += 1) expect(typesOf(same())).not.toContain('task.failed');
    expect(only(same(), 'task.failed').reason).toMatch(/timed out 4 times in a row, nobody signed/);
  });

  it('gets as many rounds again after a retry', () => {
    const world = timed({ requires: { em: 1 } });
    for (let i = 0; i < 3; i += 1) unanswered(world);
    world.do('owner', { type: 'task.retry', taskId: world.task('Work').id });
    expect(world.epic().state).not.toBe('blocked');
    unanswered(world);
    unanswered(world);
    expect(world.task('Work').state).toBe('ready');
    unanswered(world);
    expect(world.task('Work')).toMatchObject({ state: 'failed', failedBecause: reason });
  });

  it.each([
    ['turns it down', (world: World) => world.sign('owner', 'review', 'request_changes')],
    [
      'signs one of the slots',
      (world: World) => {
        world.sign('owner', 'review', 'approve', { roleId: 'em' });
        return world.pass(minutes(60));
      },
    ],
  ])('counts anew when a member %s', (_what, answer) => {
    const world = timed({ requires: { em: 1, pm: 1 } });
    unanswered(world);
    unanswered(world);
    world.finish('ann', 'Work', 'a good one');
    world.endWorkers();
    answer(world);
    unanswered(world);
    unanswered(world);
    expect(world.task('Work').state).toBe('ready');
    expect(only(unanswered(world), 'task.failed').reason).toBe(reason);
  });
});

describe('a task that is always turned down', () => {
  it.each([
    ['after ten rounds of rework', {}, 10],
    ['after as many as the policy says', { max_rework: 2 }, 2],
  ])('fails %s', (_when, policy, rounds) => {
    const world = company({
      workflows: [oneGate({ name: 'review', position: 'after', requires: { pm: 1 } })],
      policy,
    });
    world.route('one_gate');
    const turnDown = (round: number) => {
      world.finish('ann', 'Work', `result ${round}`);
      return world.sign('owner', 'review', 'request_changes', { note: 'more' });
    };
    for (let round = 0; round < rounds; round += 1) {
      expect(typesOf(turnDown(round))).not.toContain('task.failed');
    }
    const reason = `loops: reworked ${rounds} times and rejected again, last at gate review: more`;
    expect(only(turnDown(rounds), 'task.failed').reason).toBe(reason);
    expect(world.epic()).toMatchObject({ state: 'blocked', reason: `"Work" failed, ${reason}` });
    world.do('owner', { type: 'task.retry', taskId: world.task('Work').id });
    turnDown(rounds + 1);
    expect(world.task('Work').state).toBe('ready');
  });
});
