/** Why a task does not go on, as people read it. */
import { describe, expect, it } from 'vitest';
import { durationWords } from '../../../src/core/duration-words.ts';
import { waitingBecause } from '../../../src/core/task/waiting-because.ts';
import { addMs, minutes, ms, seconds } from '../../../src/core/units.ts';
import type { WorkflowFileInput } from '../companies.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';
import { host } from '../kit.ts';

const workflow: WorkflowFileInput = {
  name: 'flow',
  steps: [
    {
      id: 1,
      title: 'Code',
      role: 'engineer',
      gates: [{ name: 'review', position: 'after', requires: { em: 1, pm: 1 }, human_required: true }],
    },
    { id: 2, title: 'Words', role: 'content' },
    {
      id: 3,
      title: 'Ship',
      role: 'sre',
      depends_on: [1, 2],
      gates: [{ name: 'go', position: 'before', requires: { qa_lead: 1 } }],
    },
  ],
};

function routed(): World {
  const world = company({ workflows: [workflow], policy: { max_attempts: 2 } });
  world.route('flow');
  return world;
}

const allBusy = (world: World): void => {
  for (const name of ['ann', 'bob', 'sven', 'emma', 'victor']) {
    world.do('owner', { type: 'task.create', title: `of ${name}`, assigneeId: world.member(name).id });
    world.claim(name, `of ${name}`);
  }
};

const failCode = (world: World): void => {
  const { id, lease } = world.claim('ann', 'Code') ?? {};
  world.do('ann', { type: 'task.fail', taskId: id ?? '', token: lease?.token ?? 0, reason: 'no compiler' });
};

const failTwice = (world: World): void => {
  failCode(world);
  world.pass(seconds(60));
  failCode(world);
};

const halfSigned = (world: World): void => {
  world.finish('ann', 'Code');
  world.sign('owner', 'review', 'approve', { roleId: 'pm' });
};

const shippable = (world: World): void => {
  world.finish('ann', 'Code');
  world.sign('owner', 'review', 'approve', { roleId: 'pm' });
  world.review('emma', 'review');
  world.finish('cole', 'Words');
};

describe('a task waits because', () => {
  it.each<[string, (world: World) => unknown, string, string | null]>([
    ['of its dependencies', () => undefined, 'Ship', 'waits for “Code” and “Words”'],
    ['somebody is called', () => undefined, 'Code', 'calls ann (engineer)'],
    [
      'a junior is called before a senior who is there',
      (world) => world.online('sven'),
      'Code',
      'calls ann (engineer)',
    ],
    ['nobody came', (world) => world.pass(seconds(5)), 'Code', 'no engineer is online'],
    [
      'workers crashed, and the next one is yet to be started',
      (world) => {
        crashing(world);
        world.pass(seconds(5));
      },
      'Code',
      'workers of ann crashed 5 times: the next try is in 10 min',
    ],
    [
      'the wait after crashes is over',
      (world) => {
        crashing(world);
        world.pass(minutes(10));
      },
      'Code',
      'no engineer is online',
    ],
    [
      'somebody asked for a worker before the wait was over',
      (world) => {
        crashing(world);
        world.pass(seconds(5));
        startOne(world, 'ann', 'worker_asked0001');
        world.pass(seconds(300));
      },
      'Code',
      'no engineer is ready yet',
    ],
    ['somebody is starting, however long', startingFor5s, 'Code', 'calls ann (engineer)'],
    [
      'somebody hangs while starting',
      (world) => {
        starting(world);
        world.pass(seconds(300));
      },
      'Code',
      'no engineer is ready yet',
    ],
    [
      'of nothing: nobody less senior came',
      (world) => {
        world.online('sven');
        world.pass(seconds(5));
      },
      'Code',
      null,
    ],
    ['the one it is kept for is called', keepForBob, 'Code', 'calls bob (engineer)'],
    ['the one it is kept for is busy', keepForBusyBob, 'Code', 'kept for bob'],
    ['all are busy', allBusy, 'Code', 'every engineer is busy'],
    ['it is kept for somebody', keepForOwner, 'Words', 'kept for owner'],
    ['of nothing: somebody can take it', (world) => world.online('ann'), 'Code', null],
    ['of nothing: somebody works on it', (world) => world.claim('ann'), 'Code', null],
    [
      'of a gate after it',
      (world) => world.finish('ann', 'Code'),
      'Code',
      'waits at gate review for em and pm, a human among them',
    ],
    ['of the slots left', halfSigned, 'Code', 'waits at gate review for em'],
    ['of a gate before it', shippable, 'Ship', 'waits at gate go for qa_lead'],
    ['it is to be retried', failCode, 'Code', 'retry 2 of 2 in 1 min: no compiler'],
    ['it has failed', failTwice, 'Code', 'failed after 2 attempts: no compiler'],
  ])('%s', (_why, given, title, expected) => {
    const world = routed();
    given(world);
    const words = waitingBecause(world.state, world.task(title), world.now);
    expect(words).toBe(expected);
  });

  it('of a veto or a rejection', () => {
    const world = routed();
    world.finish('ann', 'Code');
    world.sign('owner', 'review', 'veto', { note: 'wrong idea' });
    expect(waitingBecause(world.state, world.task('Code'), world.now)).toContain(
      'vetoed at gate review: wrong idea',
    );
  });

  it('of a dependency that was cancelled', () => {
    const world = routed();
    world.do('owner', { type: 'task.cancel', taskId: world.task('Words').id, reason: 'no' });
    const words = waitingBecause(world.state, world.task('Ship'), world.now);
    expect(words).toBe('waits for “Code” and “Words”, which was cancelled');
  });
});

function starting(world: World): void {
  const memberId = world.member('ann').id;
  world.do(host, {
    type: 'worker.start',
    workerId: 'worker_1',
    memberId,
    launcher: 'test',
    runner: 'script',
  });
}

/** Everybody's did, so the planner has nobody to pass on to. */
function crashing(world: World): void {
  for (const [at, name] of ['ann', 'bob', 'sven', 'emma', 'victor'].entries()) {
    const workerId = `worker_crash000${at}`;
    startOne(world, name, workerId);
    const hold = { crashes: 5, until: addMs(world.now, minutes(10)) };
    world.do(host, { type: 'worker.end', workerId, outcome: 'crashed', reason: 'exit code 3', hold });
  }
}

function startOne(world: World, name: string, workerId: string): void {
  const memberId = world.member(name).id;
  world.do(host, { type: 'worker.start', workerId, memberId, launcher: 'subprocess', runner: 'script' });
}

function startingFor5s(world: World): void {
  starting(world);
  world.pass(seconds(5));
}

function keepForBob(world: World): void {
  world.do('owner', { type: 'task.assign', taskId: world.task('Code').id, memberId: world.member('bob').id });
}

function keepForBusyBob(world: World): void {
  world.do('owner', { type: 'task.create', title: 'Other', assigneeId: world.member('bob').id });
  world.claim('bob', 'Other');
  keepForBob(world);
}

function keepForOwner(world: World): void {
  const memberId = world.member('owner').id;
  world.do('owner', { type: 'task.assign', taskId: world.task('Words').id, memberId });
}

it.each([
  [1, '1 s'],
  [40_000, '40 s'],
  [59_999, '60 s'],
  [90_000, '2 min'],
  [7_200_000, '2 h'],
  [400_000_000, '5 d'],
])('%i ms are %s', (duration, words) => {
  expect(durationWords(ms(duration))).toBe(words);
});
