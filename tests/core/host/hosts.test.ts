/** Several hosts: who is there, whose it is to end what is silent, and what becomes of the work of one that is gone. */
import { describe, expect, it } from 'vitest';
import type { HostChoice } from '../../../src/core/context.ts';
import { hostAlone } from '../../../src/core/context.ts';
import type { HostId, SessionId } from '../../../src/core/ids.ts';
import { nextDue } from '../../../src/core/tick.ts';
import { homes, reads, readsAround, touches } from '../../../src/core/touches.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import { minutes, seconds } from '../../../src/core/units.ts';
import { company } from '../companies.ts';
import type { World } from '../kit.ts';
import { host, only, typesOf } from '../kit.ts';

const here = 'host_here' as HostId;
const there = 'host_there' as HostId;

/** From now on that host decides. */
function at(world: World, id: HostId | null, more: Partial<HostChoice> = {}): World {
  world.choice = () => ({ ...hostAlone, sharesLog: true, host: id, ...more });
  return world;
}

function create(world: World, title: string): void {
  world.do('owner', { type: 'task.create', title, roleId: 'engineer' });
}

/** Both hosts are there; ann works at the other one on what was created there. */
function twoHosts(policy = {}): World {
  const world = company({ policy });
  at(world, here).do(host, { type: 'host.join', name: 'desk' });
  at(world, there).do(host, { type: 'host.join', name: 'server' });
  create(world, 'theirs');
  world.claim('ann', 'theirs');
  return world;
}

const lose = (world: World, hostId: HostId, unseenSince: EpochMs = world.now) =>
  world.do(host, { type: 'host.lose', hostId, unseenSince });

describe('a host', () => {
  it('joins once by each name, and again after it was lost or has left', () => {
    const world = at(company(), here);
    const join = (name: string) => typesOf(world.do(host, { type: 'host.join', name }));
    expect(join('desk')).toEqual(['host.joined']);
    expect(join('desk')).toEqual([]);
    expect(join('desk, renamed')).toEqual(['host.joined']);
    world.do(host, { type: 'host.leave' });
    expect(world.state.hosts.get(here)).toMatchObject({ state: 'left', goneAt: world.now });
    expect(world.do(host, { type: 'host.leave' })).toEqual([]);
    world.now = (world.now + 5) as EpochMs;
    expect(join('desk')).toEqual(['host.joined']);
    expect(world.state.hosts.get(here)).toEqual({
      id: here,
      name: 'desk',
      state: 'there',
      joinedAt: world.now,
      goneAt: null,
      cutOffSince: null,
    });
  });

  it('is cut off and comes back; one that was lost meanwhile joins again', () => {
    const world = company();
    const join = (at: World) => typesOf(at.do(host, { type: 'host.join', name: 'desk' }));
    const report = (type: 'host.report_cut_off' | 'host.report_back') =>
      typesOf(at(world, here).do(host, { type }));
    expect(report('host.report_cut_off')).toEqual([]);
    join(at(world, here));
    join(at(world, there));
    expect(report('host.report_back')).toEqual([]);
    expect(report('host.report_cut_off')).toEqual(['host.cut_off']);
    expect(world.state.hosts.get(here)?.cutOffSince).toBe(world.now);
    expect(report('host.report_cut_off')).toEqual([]);
    expect(report('host.report_back')).toEqual(['host.came_back']);
    report('host.report_cut_off');
    at(world, there).do(host, { type: 'host.lose', hostId: here, unseenSince: world.now });
    expect(report('host.report_back')).toEqual(['host.came_back', 'host.joined']);
    expect(world.state.hosts.get(here)).toMatchObject({ state: 'there', cutOffSince: null });
  });

  it('that is alone neither joins nor leaves', () => {
    const world = company();
    expect(world.refusal(host, { type: 'host.join', name: 'desk' }).code).toBe('WRONG_STATE');
    expect(world.refusal(host, { type: 'host.leave' }).message).toContain('agentcoord move');
  });

  it('is where its workers run', () => {
    const world = twoHosts();
    expect(world.state.workers.dump().map(({ hostId }) => hostId)).toEqual([there]);
    expect([...world.state.index.workersByHost.get(there)]).toHaveLength(1);
    expect(world.task('theirs').lease?.hostId).toBe(there);
  });

  it('that leaves gives back what its workers have, and its tasks have no home any more', () => {
    const world = twoHosts();
    create(world, 'more');
    const events = at(world, there).do(host, { type: 'host.leave' });
    expect(typesOf(events)).toEqual(['host.left', 'worker.stopped', 'task.released']);
    expect(only(events, 'worker.stopped').reason).toBe('its host server left the company');
    expect(world.state.tasks.dump().map(({ home }) => home)).toEqual([null, null]);
    expect(world.state.index.tasksByHome.get(there).size).toBe(0);
  });
});

describe('time, at a host', () => {
  it('ends no lease of another one, however long ago it ran out', () => {
    const world = at(twoHosts({ lease: '60s' }), here);
    expect(world.pass(minutes(4))).toEqual([]);
    expect(world.task('theirs').state).toBe('leased');
    expect(typesOf(at(world, there).pass(seconds(0)))).toEqual(['task.attempt_failed']);
  });

  it('declares no worker of another one hung', () => {
    const world = at(twoHosts({ lease: '1h' }), here);
    expect(world.pass(minutes(10))).toEqual([]);
    expect(typesOf(at(world, there).pass(seconds(0)))).toEqual(['worker.hung', 'task.attempt_failed']);
  });

  it('frees no lock of another one, and gives it to nobody else', () => {
    const world = twoHosts({ lease: '1h' });
    world.do('owner', { type: 'lock.acquire', scope: 'src', intent: 'to look', ttl: 60_000 });
    at(world, here);
    world.now = (world.now + minutes(2)) as EpochMs;
    const again = { type: 'lock.acquire', scope: 'src/a.ts', intent: 'to change it' } as const;
    const refusal = world.refusal('ann', again);
    expect([refusal.code, refusal.message]).toEqual([
      'LOCK_HELD',
      '“src/a.ts” is locked: owner has held “src” for 2 min (to look), and may until the host server, ' +
        'where it was taken, says otherwise or is lost. Wait for it, or ask owner',
    ]);
    expect(typesOf(world.pass(seconds(0)))).toEqual([]);
    expect(typesOf(at(world, there).pass(seconds(0)))).toEqual(['lock.released']);
    expect(typesOf(at(world, here).do('ann', again))).toEqual(['lock.acquired']);
  });

  it('does not wake it for what another one ends', () => {
    const world = twoHosts({ lease: '60s' });
    world.do('owner', { type: 'lock.acquire', scope: 'src', intent: 'to look', ttl: 30_000 });
    expect(nextDue(world.state, here)).toBeNull();
    expect(nextDue(world.state, there)).toBe(world.now + seconds(30));
    expect(nextDue(world.state, null)).toBe(world.now + seconds(30));
    at(world, here);
    lose(world, there);
    expect(nextDue(world.state, here)).toBe(world.now + seconds(30));
  });

  it('ends what nobody’s host is known of', () => {
    const world = company({ policy: { lease: '60s' } });
    create(world, 'old');
    world.claim('ann', 'old');
    expect(typesOf(at(world, here).pass(seconds(60)))).toEqual(['task.attempt_failed']);
  });
});

describe('a host that is lost', () => {
  it('loses its workers and their locks, and its tasks go to the host that says so', () => {
    const world = twoHosts();
    create(world, 'waits');
    const workerId = world.online('ann');
    const { id: memberId } = world.member('ann');
    const actor = { kind: 'member', memberId, workerId, sessionId: 'session_w' as SessionId } as const;
    world.do(actor, { type: 'lock.acquire', scope: 'src', intent: 'to work' });
    const events = lose(at(world, here), there);
    expect(typesOf(events)).toEqual(['host.lost', 'worker.crashed', 'lock.released', 'task.attempt_failed']);
    expect(only(events, 'host.lost')).toMatchObject({ hostId: there, adoptedBy: here });
    expect(only(events, 'task.attempt_failed').reason).toBe('its worker crashed: its host server is lost');
    expect(world.state.tasks.dump().map(({ home }) => home)).toEqual([here, here]);
    expect(world.state.hosts.get(there)).toMatchObject({ state: 'lost', goneAt: world.now });
    expect(world.claim('bob', 'waits')?.lease?.hostId).toBe(here);
    expect(world.state.index.tasksByHome.get(there).size).toBe(0);
  });

  it('leaves people what they hold', () => {
    const world = twoHosts();
    create(world, 'by hand');
    world.claim('owner', 'by hand');
    world.do('owner', { type: 'lock.acquire', scope: 'docs', intent: 'to write' });
    lose(at(world, here), there);
    expect(world.task('by hand')).toMatchObject({ state: 'leased', home: here });
    expect(world.state.locks.size).toBe(1);
    // Nobody else would ever free it.
    expect(typesOf(world.pass(minutes(60)))).toContain('lock.released');
  });

  it('is lost once, unless something of it is left', () => {
    const world = twoHosts();
    expect(typesOf(lose(at(world, here), there))).toContain('host.lost');
    expect(lose(world, there)).toEqual([]);
    create(at(world, there), 'late');
    expect(typesOf(lose(at(world, here), there))).toEqual(['host.lost']);
    expect(world.task('late').home).toBe(here);
  });

  it('is not lost when it has joined since it was seen last', () => {
    const world = twoHosts();
    const seen = world.now;
    world.now = (world.now + 1) as EpochMs;
    lose(at(world, here), there);
    world.now = (world.now + 1) as EpochMs;
    at(world, there).do(host, { type: 'host.join', name: 'server' });
    expect(lose(at(world, here), there, seen)).toEqual([]);
    expect(world.state.hosts.get(there)?.state).toBe('there');
  });

  it('is said so by a connected one about another that has joined', () => {
    const world = twoHosts();
    const command = (hostId: string) => ({ type: 'host.lose', hostId, unseenSince: world.now }) as const;
    expect(at(world, there).refusal(host, command(there)).message).toContain('let it leave instead');
    expect(at(world, here, { isAway: true }).refusal(host, command(there)).code).toBe('WRONG_STATE');
    expect(at(world, here).refusal(host, command('host_nobody')).code).toBe('NOT_FOUND');
  });

  it('takes 20,000 tasks along with one event', () => {
    const world = twoHosts();
    for (let n = 0; n < 20_000; n += 1) create(world, `t${n}`);
    at(world, here);
    const began = performance.now();
    const events = lose(world, there);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(typesOf(events)).toEqual(['host.lost', 'worker.crashed', 'task.attempt_failed']);
    expect(world.state.index.tasksByHome.get(here).size).toBe(20_001);
  });
});

describe('what is at home at another host', () => {
  const absent = { isThere: () => false };

  /** What an automatic claim at the host gets. */
  function best(world: World, id: HostId | null, more: Partial<HostChoice> = {}): string | null {
    return at(world.restored(), id, more).claim('bob')?.title ?? null;
  }

  function withOneEach(): World {
    const world = company();
    at(world, here).do(host, { type: 'host.join', name: 'desk' });
    at(world, there).do(host, { type: 'host.join', name: 'server' });
    return world;
  }

  it('is claimed while that one is there, and left alone while it is not', () => {
    const world = withOneEach();
    create(at(world, there), 'theirs');
    expect(best(world, here)).toBe('theirs');
    expect(best(world, here, absent)).toBeNull();
    expect(best(world, there, absent)).toBe('theirs');
    expect(best(world, null, absent)).toBe('theirs');
  });

  it('is refused by name in words, to people too', () => {
    const world = withOneEach();
    create(at(world, there), 'theirs');
    const taskId = world.task('theirs').id;
    at(world, here, absent);
    const refusals = ['owner', 'ann'].map((name) => world.refusal(name, { type: 'task.claim', taskId }));
    for (const { code, message } of refusals) {
      expect([code, message]).toEqual([
        'WRONG_STATE',
        '"theirs" can\'t be claimed here: it belongs to the host server, which is not there now and may be working ' +
          'on it; claim it there, or wait: after 5 min without it another host takes its tasks over',
      ]);
    }
    expect(at(world, here).claim('owner', 'theirs')?.lease?.hostId).toBe(here);
  });

  it('is not for a host that is cut off, and neither is what is at home nowhere', () => {
    const world = withOneEach();
    create(at(world, there), 'theirs');
    create(at(world, null), 'nobody’s');
    const away = { isAway: true };
    expect(best(world, here, away)).toBeNull();
    create(at(world, here), 'ours');
    expect(best(world, here, away)).toBe('ours');
    const words = (title: string) =>
      at(world, here, away).refusal('owner', { type: 'task.claim', taskId: world.task(title).id }).message;
    expect(words('theirs')).toBe(
      '"theirs" can\'t be claimed here: this host is cut off from the others, and the task belongs to the host server; ' +
        'claim it there, or wait until the connection is back',
    );
    expect(words('nobody’s')).toBe(
      '"nobody’s" can\'t be claimed here: this host is cut off from the others, and the task belongs to no host; ' +
        'wait until the connection is back',
    );
  });

  it('names that host, so that the log can see whether it is there, and rests on where it is at home', () => {
    const world = withOneEach();
    create(at(world, there), 'theirs');
    create(at(world, here), 'ours');
    const claim = (id: HostId | null, title: string) => {
      const twin = at(world.restored(), id);
      const { events } = { events: twin.do('owner', { type: 'task.claim', taskId: twin.task(title).id }) };
      return {
        homes: homes(
          twin.state,
          events.map((event) => ({ event })),
        ),
        rests: events.flatMap((event) => [...reads(event), ...readsAround(twin.state, event)]),
      };
    };
    expect(claim(here, 'theirs')).toEqual({ homes: [there], rests: ['org', `host:${there}`] });
    expect(claim(here, 'ours')).toEqual({ homes: [], rests: ['org', `host:${here}`] });
    expect(claim(null, 'ours').homes).toEqual([]);
    const [lost] = lose(at(world, here), there);
    expect(lost && touches(lost)).toEqual([`host:${there}`]);
  });
});

it('a claim says where it was made when that is not where its worker runs, or it has none', () => {
  const world = twoHosts();
  const claimed = (name: string, title: string, id: HostId | null) => {
    create(at(world, there), title);
    const workerId = name === 'owner' ? null : world.online(name);
    const command = { type: 'task.claim', taskId: world.task(title).id, workerId } as const;
    const event = only(at(world, id).do(name, command), 'task.claimed');
    return [event.hostId, world.task(title).lease?.hostId];
  };
  expect(claimed('bob', 'one', there)).toEqual([undefined, there]);
  expect(claimed('owner', 'two', there)).toEqual([there, there]);
  expect(claimed('owner', 'three', null)).toEqual([undefined, null]);
  world.do('owner', { type: 'task.force_release', taskId: world.task('one').id, reason: 'x' });
  expect(claimed('bob', 'four', here)).toEqual([here, here]);
});

describe('a log that is shared with nobody', () => {
  it('is all this host’s to end: what a data directory held under another name runs out', () => {
    const world = company();
    at(world, there, { sharesLog: false });
    create(world, 'ours');
    world.claim('ann', 'ours');
    at(world, here, { sharesLog: false });
    world.now = (world.now + seconds(60)) as EpochMs;
    expect(typesOf(world.do(host, { type: 'tick' }))).toContain('task.attempt_failed');
    world.now = (world.now + seconds(300)) as EpochMs;
    expect(typesOf(world.do(host, { type: 'tick' }))).toContain('worker.hung');
  });

  it('brings all that with it when it is shared, also what it held under another name', () => {
    const world = company();
    at(world, there, { sharesLog: false });
    create(world, 'waits');
    create(world, 'leased');
    world.claim('ann', 'leased');
    at(world, here).do(host, { type: 'host.join', name: 'desk' });
    expect([...world.state.tasks.values()].map(({ home }) => home)).toEqual([here, here]);
    world.now = (world.now + seconds(60)) as EpochMs;
    expect(typesOf(world.do(host, { type: 'tick' }))).toContain('task.attempt_failed');
  });
});
