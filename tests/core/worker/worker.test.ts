/** The life of a worker, as the host and the worker itself tell it. */
import { describe, expect, it } from 'vitest';
import type { CommandInput } from '../../../src/core/command.ts';
import { seconds } from '../../../src/core/units.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';
import { host, typesOf } from '../kit.ts';

const start = (world: World, name: string, workerId = 'worker_1'): CommandInput => ({
  type: 'worker.start',
  workerId,
  memberId: world.member(name).id,
  launcher: 'subprocess',
  runner: 'script',
});

describe('a worker', () => {
  it('starts, is ready, drains and stops', () => {
    const world = company();
    world.do(host, start(world, 'ann'));
    const workerId = 'worker_1';
    const row = () => world.state.workers.dump()[0];
    expect(row()).toMatchObject({
      state: 'starting',
      pid: null,
      launcher: 'subprocess',
      startedAt: world.now,
    });
    world.do('ann', { type: 'worker.report_ready', workerId, pid: 42 });
    expect(row()).toMatchObject({ state: 'ready', pid: 42 });
    world.do(host, { type: 'worker.drain', workerId });
    expect(world.do(host, { type: 'worker.drain', workerId })).toEqual([]);
    world.do(host, { type: 'worker.end', workerId, outcome: 'stopped', reason: 'drained' });
    expect(row()).toMatchObject({ state: 'stopped', exitReason: 'drained', endedAt: world.now });
    expect(world.do(host, { type: 'worker.end', workerId, outcome: 'crashed', reason: 'late' })).toEqual([]);
  });

  it('is seen at most once in a heartbeat', () => {
    const world = company();
    const workerId = world.online('ann');
    const beat = () => typesOf(world.do('ann', { type: 'worker.beat', workerId }));
    expect(beat()).toEqual([]);
    world.pass(seconds(14));
    expect(beat()).toEqual([]);
    world.pass(seconds(1));
    expect(beat()).toEqual(['worker.seen']);
    expect(beat()).toEqual([]);
  });

  it.each<[string, (world: World) => CommandInput, string | typeof host, string]>([
    [
      'a second one for an agent who does one task at a time',
      (world) => start(world, 'ann', 'worker_2'),
      host,
      'AGENT_BUSY',
    ],
    ['one with an id that was used', (world) => start(world, 'bob'), host, 'NAME_TAKEN'],
    ['one for a person', (world) => start(world, 'owner', 'worker_2'), host, 'BAD_INPUT'],
    ['one that a member starts', (world) => start(world, 'bob', 'worker_2'), 'owner', 'FORBIDDEN'],
    [
      'a report about a worker that is not there',
      () => ({ type: 'worker.beat', workerId: 'worker_9' }),
      'ann',
      'NOT_FOUND',
    ],
    ['a report by another agent', () => ({ type: 'worker.beat', workerId: 'worker_1' }), 'bob', 'FORBIDDEN'],
    [
      'to be ready twice',
      () => ({ type: 'worker.report_ready', workerId: 'worker_1', pid: 2 }),
      'ann',
      'WRONG_STATE',
    ],
  ])('is refused: %s', (_what, command, who, code) => {
    const world = company();
    world.do(host, start(world, 'ann'));
    world.do('ann', { type: 'worker.report_ready', workerId: 'worker_1', pid: 1 });
    expect(world.refusal(who, command(world)).code).toBe(code);
  });

  it('can do no more once it has ended', () => {
    const world = company();
    const workerId = world.online('ann');
    world.do(host, { type: 'worker.end', workerId, outcome: 'crashed', reason: 'exit 1' });
    expect(world.refusal('ann', { type: 'worker.beat', workerId }).code).toBe('WRONG_STATE');
    expect(world.refusal(host, { type: 'worker.drain', workerId }).message).toMatch(/has crashed/);
  });
});
