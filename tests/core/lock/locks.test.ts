/** One holder: who gets a file lock, how long it holds, what sets it free, and what may be written under it. */
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/core/context.ts';
import type { CompanyEvent } from '../../../src/core/event.ts';
import type { Seq, SessionId } from '../../../src/core/ids.ts';
import { requireLockFor } from '../../../src/core/lock/hold.ts';
import type { FileLock } from '../../../src/core/lock/lock.ts';
import { nextDue } from '../../../src/core/tick.ts';
import { touches } from '../../../src/core/touches.ts';
import { minutes, ms, seconds } from '../../../src/core/units.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';
import { host, only, sessionOf, typesOf } from '../kit.ts';

type Wish = { ttl?: number; taskId?: string };

function acquire(world: World, who: string | Actor, scope: string, wish: Wish = {}): FileLock {
  const events = world.do(who, { type: 'lock.acquire', scope, intent: 'rewrite it', ...wish });
  const lock = world.state.locks.get(only(events, 'lock.acquired').lock.id);
  if (!lock) throw new Error('it is not held');
  return lock;
}

const refusedLock = (world: World, who: string | Actor, scope: string, wish: Wish = {}) =>
  world.refusal(who, { type: 'lock.acquire', scope, intent: 'rewrite it', ...wish });

const held = ({ id, token }: FileLock) => ({ lockId: id, token });

const ends = (events: readonly CompanyEvent[]) =>
  events.flatMap((event) => (event.type === 'lock.released' ? [event.reason] : []));

describe('acquiring', () => {
  it('gives the scope to the session, with the seq of the event as its token', () => {
    const world = company();
    const lock = acquire(world, 'ann', './src//app.ts');
    expect(lock).toEqual({
      id: lock.id,
      scope: 'src/app.ts',
      holder: {
        memberId: world.member('ann').id,
        sessionId: sessionOf('ann'),
        workerId: null,
        hostId: null,
        taskId: null,
      },
      intent: 'rewrite it',
      token: world.state.seq,
      acquiredAt: world.now,
      ttl: minutes(60),
      until: world.now + minutes(60),
    });
    expect(acquire(world, 'bob', 'docs').token).toBeGreaterThan(lock.token);
  });

  it.each([
    ['the same path', 'src/app.ts'],
    ['a folder around it', 'src'],
    ['a glob that may mean it', '**/*.ts'],
    ['what would be below it', 'src/app.ts/x'],
    ['the same path in other letters', 'SRC/App.ts'],
  ])('refuses %s, naming who holds it, for what and how long', (_what, scope) => {
    const world = company();
    const lock = acquire(world, 'ann', 'src/app.ts');
    world.pass(minutes(3));
    const refusal = refusedLock(world, 'bob', scope);
    expect(refusal.message).toBe(
      `“${scope}” is locked: ann has held “src/app.ts” for 3 min (rewrite it), and may for 57 min more. Wait for it, or ask ann`,
    );
    expect(refusal).toMatchObject({
      code: 'LOCK_HELD',
      details: {
        lockId: lock.id,
        holder: 'ann',
        since: lock.acquiredAt,
        until: lock.until,
        token: lock.token,
      },
    });
  });

  it('refuses the holder’s own session too: two of its tasks are two', () => {
    const world = company();
    acquire(world, 'ann', 'src/**');
    expect(refusedLock(world, 'ann', 'src/app.ts').code).toBe('LOCK_HELD');
  });

  it('gives the scope away when the time of the holder is over, before anybody noticed', () => {
    const world = company();
    const old = acquire(world, 'ann', 'src', { ttl: 2_000 });
    world.now = (world.now + 1_999) as typeof world.now;
    expect(refusedLock(world, 'bob', 'src/app.ts').code).toBe('LOCK_HELD');
    world.now = (world.now + 1) as typeof world.now;
    const events = world.do('bob', { type: 'lock.acquire', scope: 'src/app.ts', intent: 'x' });
    expect(events[0]).toEqual({
      type: 'lock.released',
      lockId: old.id,
      token: old.token,
      reason: 'expired',
      note: null,
    });
    expect(typesOf(events)).toEqual(['lock.released', 'lock.acquired']);
  });

  it('needs a session: nothing else tells when its holder is gone', () => {
    const world = company();
    const actor: Actor = { kind: 'member', memberId: world.member('ann').id };
    expect(refusedLock(world, actor, 'src').code).toBe('SESSION_INVALID');
  });

  it.each([
    [0, 'A lock of no time was refused: give it some seconds, or up to 7 d'],
    [8 * 24 * 3_600_000, 'A lock for 8 d was refused: give it some seconds, or up to 7 d'],
  ])('refuses a time of %i ms', (ttl, message) => {
    expect(refusedLock(company(), 'ann', 'src', { ttl })).toMatchObject({ code: 'BAD_INPUT', message });
  });

  it('refuses a session that holds more than it can need, until it releases one', () => {
    const world = company();
    const locks = Array.from({ length: 1_000 }, (_, n) => acquire(world, 'ann', `src/${n}`));
    expect(refusedLock(world, 'ann', 'docs')).toMatchObject({
      code: 'TOO_MANY_LOCKS',
      details: { held: 1_000, max: 1_000 },
    });
    expect(acquire(world, 'bob', 'lib').scope).toBe('lib');
    const [first] = locks;
    if (first) world.do('ann', { type: 'lock.release', ...held(first) });
    expect(acquire(world, 'ann', 'docs').scope).toBe('docs');
  });

  it('takes the time of the company’s policy', () => {
    const world = company({ policy: { lock_ttl: '90s' } });
    expect(acquire(world, 'ann', 'src').ttl).toBe(seconds(90));
  });

  it('is for a task only while the asker works on it', () => {
    const world = company();
    world.do('owner', { type: 'task.create', title: 'single', roleId: 'engineer' });
    const taskId = world.task('single').id;
    expect(refusedLock(world, 'ann', 'src', { taskId }).code).toBe('LEASE_LOST');
    world.claim('ann', 'single');
    expect(refusedLock(world, 'bob', 'src', { taskId }).code).toBe('LEASE_LOST');
    const otherWorker = { ...world.actor('ann'), workerId: 'worker_other' } as Actor;
    expect(refusedLock(world, otherWorker, 'src', { taskId }).code).toBe('LEASE_LOST');
    expect(acquire(world, 'ann', 'src', { taskId }).holder.taskId).toBe(taskId);
  });

  it('is refused to the session of a worker that has ended, which nothing would free any more', () => {
    const world = company();
    const workerId = world.online('ann');
    const actor = { ...world.actor('ann'), workerId } as Actor;
    world.do(host, { type: 'worker.end', workerId, outcome: 'stopped', reason: 'it hangs' });
    expect(refusedLock(world, actor, 'src')).toMatchObject({
      code: 'SESSION_INVALID',
      message: expect.stringMatching(
        /^A file lock was refused: the worker .* has ended: it hangs\. Connect anew/,
      ),
    });
    acquire(world, 'ann', 'src');
  });

  it('is one space for all hosts: whoever grants and whoever frees touches it', () => {
    const world = company();
    const lock = acquire(world, 'ann', 'src');
    world.pass(minutes(1));
    world.do('ann', { type: 'lock.renew', ...held(lock) });
    world.do('ann', { type: 'lock.release', ...held(lock) });
    const touched = world.events.flatMap(({ event }) =>
      event.type.startsWith('lock.') ? [touches(event)] : [],
    );
    expect(touched).toEqual([
      ['locks', `lock:${lock.id}`],
      [`lock:${lock.id}`],
      ['locks', `lock:${lock.id}`],
    ]);
  });
});

describe('renewing', () => {
  it('holds it for its whole time again', () => {
    const world = company();
    const lock = acquire(world, 'ann', 'src', { ttl: 10_000 });
    world.pass(seconds(6));
    world.do('ann', { type: 'lock.renew', ...held(lock) });
    world.pass(seconds(9));
    expect(world.state.locks.get(lock.id)).toMatchObject({ until: lock.until + 6_000, token: lock.token });
    expect(ends(world.pass(seconds(1)))).toEqual(['expired']);
  });

  it.each([
    ['another member', 'bob', (lock: FileLock) => held(lock)],
    ['another token', 'ann', (lock: FileLock) => ({ ...held(lock), token: lock.token - 1 })],
    ['another lock', 'ann', (lock: FileLock) => ({ ...held(lock), lockId: 'lock_other' })],
  ])('is refused to %s', (_who, name, named) => {
    const world = company();
    const lock = acquire(world, 'ann', 'src');
    expect(world.refusal(name, { type: 'lock.renew', ...named(lock) }).code).toBe('LOCK_LOST');
    expect(world.refusal(name, { type: 'lock.release', ...named(lock) }).code).toBe('LOCK_LOST');
  });

  it('is refused to another session of the same member, and when its time is over', () => {
    const world = company();
    const lock = acquire(world, 'ann', 'src', { ttl: 1_000 });
    const other: Actor = {
      kind: 'member',
      memberId: world.member('ann').id,
      sessionId: 'session_2' as SessionId,
    };
    expect(world.refusal(other, { type: 'lock.renew', ...held(lock) }).code).toBe('LOCK_LOST');
    expect(world.refusal(other, { type: 'lock.release', ...held(lock) }).code).toBe('LOCK_LOST');
    world.now = (world.now + 1_000) as typeof world.now;
    expect(world.refusal('ann', { type: 'lock.renew', ...held(lock) }).code).toBe('LOCK_LOST');
  });
});

describe('a lock is free again', () => {
  it('when its holder releases it; a person also from another session', () => {
    const world = company();
    const lock = acquire(world, 'owner', 'src');
    const { memberId } = lock.holder;
    const other: Actor = { kind: 'member', memberId, sessionId: 'session_2' as SessionId };
    expect(ends(world.do(other, { type: 'lock.release', ...held(lock) }))).toEqual(['released']);
    expect(world.refusal('owner', { type: 'lock.release', ...held(lock) }).code).toBe('LOCK_LOST');
    acquire(world, 'bob', 'src');
  });

  it('when its session ends, with all others of that session', () => {
    const world = company();
    acquire(world, 'ann', 'src');
    acquire(world, 'ann', 'docs');
    acquire(world, 'bob', 'tests');
    const events = world.do(host, { type: 'session.end', sessionId: sessionOf('ann') });
    expect(ends(events)).toEqual(['session_ended', 'session_ended']);
    expect(world.do(host, { type: 'session.end', sessionId: sessionOf('ann') })).toEqual([]);
    expect(world.state.locks.dump().map(({ scope }) => scope)).toEqual(['tests']);
  });

  it('when its time is over: the company is asked to look exactly then', () => {
    const world = company();
    const lock = acquire(world, 'ann', 'src', { ttl: 5_000 });
    expect(nextDue(world.state, null)).toBe(lock.until);
    expect(world.pass(ms(4_999))).toEqual([]);
    expect(ends(world.pass(ms(1)))).toEqual(['expired']);
  });

  it('when a person takes it away, who may', () => {
    const world = company();
    const { id } = acquire(world, 'ann', 'src');
    const command = { type: 'lock.force_release', lockId: id, reason: 'a release waits for it' } as const;
    expect(world.refusal('emma', command).message).toContain('an agent waits for a lock');
    expect(world.do('owner', command)).toMatchObject([
      { type: 'lock.released', reason: 'forced', note: 'a release waits for it' },
    ]);
    expect(world.refusal('owner', command).code).toBe('NOT_FOUND');
  });

  it.each([
    [
      'handed in',
      (world: World, lease: { taskId: string; token: number }) =>
        world.do('ann', { type: 'task.complete', ...lease, artifacts: [] }),
    ],
    [
      'failed',
      (world: World, lease: { taskId: string; token: number }) =>
        world.do('ann', { type: 'task.fail', ...lease, reason: 'it broke' }),
    ],
    [
      'given back',
      (world: World, lease: { taskId: string; token: number }) =>
        world.do('ann', { type: 'task.release', ...lease, reason: 'no time' }),
    ],
    [
      'cancelled',
      (world: World, { taskId }: { taskId: string }) =>
        world.do('owner', { type: 'task.cancel', taskId, reason: 'not wanted' }),
    ],
    ['lost', (world: World) => world.pass(seconds(61))],
  ])('when the task it is for is %s', (_how, end) => {
    const world = company();
    world.do('owner', { type: 'task.create', title: 'single', roleId: 'engineer' });
    const { id, lease } = world.claim('ann', 'single') ?? {};
    acquire(world, 'ann', 'src', { taskId: id ?? '' });
    acquire(world, 'ann', 'docs');
    expect(ends(end(world, { taskId: id ?? '', token: lease?.token ?? 0 }))).toEqual(['lease_ended']);
    expect(world.state.locks.dump().map(({ scope }) => scope)).toEqual(['docs']);
  });

  it('once, when its own time and the lease are over in the same moment', () => {
    const world = company();
    world.do('owner', { type: 'task.create', title: 'single', roleId: 'engineer' });
    acquire(world, 'ann', 'src', { taskId: world.claim('ann', 'single')?.id ?? '', ttl: 60_000 });
    expect(ends(world.pass(seconds(60)))).toEqual(['expired']);
  });

  it('when its worker ends, however it ends, each once', () => {
    for (const outcome of ['stopped', 'crashed'] as const) {
      const world = company();
      world.do('owner', { type: 'task.create', title: 'single', roleId: 'engineer' });
      const taskId = world.claim('ann', 'single')?.id ?? '';
      const workerId = world.online('ann');
      const actor: Actor = { ...world.actor('ann'), workerId } as Actor;
      acquire(world, actor, 'src', { taskId });
      acquire(world, actor, 'docs');
      acquire(world, 'ann', 'tests');
      const events = world.do(host, { type: 'worker.end', workerId, outcome, reason: 'exit' });
      expect(ends(events)).toEqual(['worker_ended', 'worker_ended']);
      expect(world.state.locks.dump().map(({ scope }) => scope)).toEqual(['tests']);
    }
  });

  it('when its holder leaves the company', () => {
    const world = company();
    acquire(world, 'ann', 'src');
    const events = world.do('owner', { type: 'member.remove', memberId: world.member('ann').id });
    expect(ends(events)).toEqual(['session_ended']);
  });
});

describe('a write', () => {
  const write = (world: World, path: string, who: string, token: Seq | null) =>
    requireLockFor(world.state, { sessionId: sessionOf(who), token }, path, world.now);

  it('is let through under a current lock of the session that covers the path', () => {
    const world = company();
    const lock = acquire(world, 'ann', 'src/**/*.ts');
    expect(write(world, 'src/deep/app.ts', 'ann', lock.token)).toBe(lock);
    expect(write(world, 'SRC/app.TS', 'ann', lock.token)).toBe(lock);
  });

  it.each([
    ['without a token', () => null, 'ann', 'NOT_LOCKED'],
    ['on a path that it does not cover', ({ token }: FileLock) => token, 'ann', 'NOT_LOCKED', 'docs/a.md'],
    ['with another session’s token', ({ token }: FileLock) => token, 'bob', 'LOCK_LOST'],
    ['with a token that never was', ({ token }: FileLock) => (token + 1) as Seq, 'ann', 'LOCK_LOST'],
  ])('is refused %s', (_what, tokenOf, who, code, path = 'src/app.ts') => {
    const world = company();
    const lock = acquire(world, 'ann', 'src');
    expect(() => write(world, path, who, tokenOf(lock))).toThrow(expect.objectContaining({ code }));
  });

  it('is refused once the time is over, before and after somebody else has the path', () => {
    const world = company();
    const lock = acquire(world, 'ann', 'src', { ttl: 2_000 });
    world.now = (world.now + 2_000) as typeof world.now;
    const late = () => write(world, 'src/app.ts', 'ann', lock.token);
    expect(late).toThrow(expect.objectContaining({ code: 'LOCK_LOST' }));
    const next = acquire(world, 'bob', 'src/app.ts');
    expect(late).toThrow(expect.objectContaining({ code: 'LOCK_LOST' }));
    expect(write(world, 'src/app.ts', 'bob', next.token)).toBe(next);
  });
});
