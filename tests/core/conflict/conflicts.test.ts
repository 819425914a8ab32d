/** Conflicts: kept with all that was done, applied again in the name of whoever did it, or dropped with a reason. */
import { describe, expect, it } from 'vitest';
import type { CommandInput } from '../../../src/core/command.ts';
import type { Actor } from '../../../src/core/context.ts';
import { hostAlone } from '../../../src/core/context.ts';
import { forgetOldest } from '../../../src/core/forget.ts';
import type { HostId } from '../../../src/core/ids.ts';
import { dumpState } from '../../../src/core/state.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';
import { artifact, host, only, sha256, typesOf } from '../kit.ts';

const here = 'host_here' as HostId;

function shared(): World {
  const world = company();
  world.choice = () => ({ ...hostAlone, sharesLog: true, host: here });
  world.do(host, { type: 'host.join', name: 'desk' });
  return world;
}

/** What the host says that was cut off. @returns the id of the conflict */
function keep(world: World, actor: Actor, command: CommandInput, message = 'it is done'): string {
  const events = world.do(host, {
    type: 'conflict.record',
    conflict: {
      actor,
      command: { ...command },
      events: [{ seq: 5.000001, at: world.now, event: { type: 'task.done' } }],
      refusal: { code: 'WRONG_STATE', message },
      decidedAt: world.now,
    },
  });
  return only(events, 'conflict.recorded').conflict.id;
}

const anything: CommandInput = { type: 'task.create', title: 'more', roleId: 'engineer' };

describe('a conflict', () => {
  it('keeps the command whole, who gave it where, what it had led to and why it does not fit', () => {
    const world = shared();
    const actor = world.actor('owner');
    const id = keep(world, actor, anything, 'there is no role');
    expect(world.state.conflicts.dump()).toEqual([
      {
        id,
        hostId: here,
        actor,
        command: anything,
        events: [{ seq: 5.000001, at: world.now, event: { type: 'task.done' } }],
        refusal: { code: 'WRONG_STATE', message: 'there is no role' },
        decidedAt: world.now,
        recordedAt: world.now,
        resolution: null,
      },
    ]);
  });

  it('comes from nobody but a host among several', () => {
    const world = company();
    expect(() => keep(world, world.actor('owner'), anything)).toThrow('shared with no other host');
  });

  it('is applied again in the name of whoever gave it, and then resolved by whoever said so', () => {
    const world = shared();
    const id = keep(world, world.actor('pablo'), {
      type: 'decision.log',
      kind: 'library',
      context: 'SQLite',
      reason: 'It is everywhere.',
    });
    const known = world.events.length;
    world.do('owner', { type: 'conflict.reapply', conflictId: id });
    const told = world.events.slice(known).map(({ actor, event }) => [event.type, actor]);
    expect(told).toEqual([
      ['decision.logged', world.member('pablo').id],
      ['conflict.resolved', world.member('owner').id],
    ]);
    expect(world.state.conflicts.dump()[0]?.resolution).toEqual({
      how: 'reapplied',
      by: world.member('owner').id,
      reason: null,
      at: world.now,
    });
  });

  it('is refused in words while it does not fit, and stays', () => {
    const world = shared();
    world.do('owner', { type: 'task.create', title: 'work', roleId: 'engineer' });
    const { id: taskId, lease } = world.claim('ann', 'work') ?? {};
    const token = lease?.token ?? 0;
    world.do('owner', { type: 'task.force_release', taskId: taskId ?? '', reason: 'lost' });
    const complete: CommandInput = {
      type: 'task.complete',
      taskId: taskId ?? '',
      token,
      artifacts: [artifact('x')],
    };
    const conflictId = keep(world, world.actor('ann'), complete);
    const before = JSON.stringify(dumpState(world.state));
    const refusal = world.refusal('owner', { type: 'conflict.reapply', conflictId });
    expect([refusal.code, refusal.message]).toEqual([
      'LEASE_LOST',
      `task.complete of ann still does not fit: ann does not hold "work" with token ${token}: it is ready; ` +
        'stop working on it. Change what is in its way, or drop the conflict',
    ]);
    expect(JSON.stringify(dumpState(world.state))).toBe(before);
  });

  it('gives nobody more rights than who gave the command', () => {
    const world = shared();
    const conflictId = keep(world, world.actor('ann'), { type: 'company.configure', name: 'Mine' });
    expect(world.refusal('owner', { type: 'conflict.reapply', conflictId }).code).toBe('FORBIDDEN');
  });

  const passing: CommandInput[] = [
    { type: 'lock.acquire', scope: 'src', intent: 'to write' },
    { type: 'task.claim', workerId: 'worker_1' },
    { type: 'worker.pause', workerId: 'worker_1', reason: 'a look' },
  ];
  it.each(passing.map((command) => ({ command })))(
    'lapses when it was $command.type: it stays on record, and nobody has to decide',
    ({ command }) => {
      const world = shared();
      const conflictId = keep(world, world.actor('ann'), command);
      const [kept] = world.state.conflicts.dump();
      expect(kept).toMatchObject({ command, resolution: { how: 'lapsed', by: null, at: world.now } });
      const refusal = world.refusal('owner', { type: 'conflict.reapply', conflictId });
      expect([refusal.code, refusal.message]).toEqual([
        'WRONG_STATE',
        `The conflict ${conflictId} is resolved already: it lapsed: ${kept?.resolution?.reason}`,
      ]);
    },
  );

  const asked: CommandInput[] = [
    { type: 'task.complete', taskId: 'task_1', token: 1, artifacts: [] },
    { type: 'task.fail', taskId: 'task_1', token: 1, reason: 'no access' },
    { type: 'gate.sign', gateId: 'gate_1', decision: 'approve', note: 'good', artifactHash: sha256('x') },
    { type: 'decision.log', kind: 'library', context: 'SQLite', reason: 'It is everywhere.' },
    { type: 'task.cancel', taskId: 'task_1', reason: 'not needed' },
  ];
  it.each(asked.map((command) => ({ command })))(
    'waits for a person when it was $command.type',
    ({ command }) => {
      const world = shared();
      keep(world, world.actor('ann'), command);
      expect(world.state.conflicts.dump()).toMatchObject([{ resolution: null }]);
    },
  );

  it('is not applied when nobody understands it any more', () => {
    const world = shared();
    const conflictId = keep(world, world.actor('ann'), { type: 'toString' } as never);
    const { code, message } = world.refusal('owner', { type: 'conflict.reapply', conflictId });
    expect([code, message.includes('toString')]).toEqual(['BAD_INPUT', true]);
  });

  it('is dropped with a reason, and resolved once', () => {
    const world = shared();
    const conflictId = keep(world, world.actor('owner'), anything);
    const drop = { type: 'conflict.drop', conflictId, reason: 'done by hand' } as const;
    expect(typesOf(world.do('owner', drop))).toEqual(['conflict.resolved']);
    for (const again of [drop, { type: 'conflict.reapply', conflictId } as const]) {
      expect(world.refusal('owner', again).message).toBe(
        `The conflict ${conflictId} is resolved already: owner dropped it: done by hand`,
      );
    }
    expect(world.refusal('owner', { ...drop, conflictId: 'conflict_x' }).code).toBe('NOT_FOUND');
  });

  it('is judged by people who settle conflicts', () => {
    const world = shared();
    const conflictId = keep(world, world.actor('owner'), anything);
    expect(world.refusal('ann', { type: 'conflict.reapply', conflictId }).message).toContain('a person must');
  });

  it('is forgotten when it is resolved, the oldest first, and never before', () => {
    const world = shared();
    const [first = '', second = '', open = ''] = [1, 2, 3].map(() =>
      keep(world, world.actor('owner'), anything),
    );
    for (const conflictId of [first, second]) {
      world.now = (world.now + 1) as typeof world.now;
      world.do('owner', { type: 'conflict.drop', conflictId, reason: 'no' });
    }
    const left = () => world.state.conflicts.dump().map(({ id }) => String(id));
    forgetOldest(world.state, { conflicts: 1 });
    expect(left().sort()).toEqual([second, open].sort());
    forgetOldest(world.state, { conflicts: 0 });
    forgetOldest(world.state, { conflicts: 0 });
    expect(left()).toEqual([open]);
  });
});

it('hosts that are gone are forgotten, those that are there never', () => {
  const world = shared();
  world.do(host, { type: 'host.leave' });
  world.choice = () => ({ ...hostAlone, sharesLog: true, host: 'host_other' as HostId });
  world.do(host, { type: 'host.join', name: 'server' });
  forgetOldest(world.state, { hosts: 0 });
  forgetOldest(world.state, { hosts: 0 });
  expect(world.state.hosts.dump().map(({ name }) => name)).toEqual(['server']);
});
