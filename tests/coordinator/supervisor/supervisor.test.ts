/** The supervisor with real processes: its cap, its patience, and what an earlier host left behind. */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LauncherRooms } from '../../../src/coordinator/supervisor/launcher-rooms.ts';
import { StartTurns } from '../../../src/coordinator/supervisor/start-turns.ts';
import { Supervisor } from '../../../src/coordinator/supervisor/supervisor.ts';
import { WorkerPlaces } from '../../../src/coordinator/supervisor/worker-places.ts';
import type { ArtifactHash, GateId, MemberId, RoleId, WorkerId } from '../../../src/core/ids.ts';
import type { CompanyState } from '../../../src/core/state.ts';
import { minutes, ms, seconds } from '../../../src/core/units.ts';
import { createSubprocessLauncher } from '../../../src/launchers/subprocess.ts';
import { openRealCompany } from '../../real-company.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { isAlive, superviseCompany } from '../../worker/supervised-company.ts';

const host = { kind: 'host' } as const;
const brisk = { firstWait: ms(50), longestWait: ms(200), breakAfter: 3, window: seconds(60) };

describe('the supervisor', () => {
  it('never runs more workers than its cap, and still finishes everything', async () => {
    const { route, until, owner, company } = await superviseCompany({ places: new WorkerPlaces(1) });
    let most = 0;
    company.coordinator.onCommit(() => {
      void company.coordinator.read((state) => {
        most = Math.max(most, [...state.workers.values()].filter(({ endedAt }) => endedAt === null).length);
      });
    });
    await route('Dark mode');
    await until((state) => [...state.epics.values()].every(({ state: is }) => is === 'completed'));
    expect(most).toBe(1);
    const workers = await owner.query('workers', {});
    expect(new Set(workers.map(({ memberId }) => memberId)).size).toBeGreaterThan(1);
    expect(workers.filter(({ state }) => state === 'crashed')).toEqual([]);
  });

  it('shares its places with the other companies of the host, who make room for it', async () => {
    const places = new WorkerPlaces(1);
    // Nobody goes by themselves: a place comes free only because the other company needs it.
    const settings = { idleAfter: minutes(10) };
    const companies = [
      await superviseCompany({ places, settings }),
      await superviseCompany({ places, settings }),
    ];
    const live = companies.map(() => 0);
    let most = 0;
    for (const [n, { company }] of companies.entries()) {
      company.coordinator.onCommit((events) => {
        for (const { event } of events) {
          if (event.type === 'worker.started') live[n] = (live[n] ?? 0) + 1;
          if (event.type === 'worker.stopped' || event.type === 'worker.crashed')
            live[n] = (live[n] ?? 0) - 1;
        }
        most = Math.max(
          most,
          live.reduce((sum, count) => sum + count, 0),
        );
      });
    }
    await Promise.all(companies.map(({ route }) => route('Dark mode')));
    await Promise.all(
      companies.map(({ until }) =>
        until((state) => [...state.epics.values()].every(({ state: is }) => is === 'completed')),
      ),
    );
    expect(most).toBe(1);
  });

  it('wakes the author of what a gate rejects, although a colleague is there with nothing to do', async () => {
    const staff = {
      name: 'product',
      teams: [
        {
          name: 'product',
          members: [
            { name: 'pam', role: 'pm' },
            { name: 'pia', role: 'pm' },
            { name: 'hal', role: 'em', kind: 'human' as const },
          ],
        },
      ],
    };
    const { owner, route, task, until, member } = await superviseCompany({
      file: { departments: [staff] },
      settings: { idleAfter: ms(1_500) },
    });
    const isOnline = (state: CompanyState, id: MemberId) =>
      [...state.index.workersByMember.get(id)].some(({ endedAt }) => endedAt === null);
    await route('Dark mode');
    await until((state) => state.index.gatesByState.get('waiting').size > 0);
    const author = (await task('Write PRD')).assigneeId as MemberId;
    const [pam, pia] = [await member('pam'), await member('pia')];
    const colleague = pam.id === author ? pia.id : pam.id;
    await until((state) => !isOnline(state, author));

    await owner.command({ type: 'task.create', title: 'Other work', assigneeId: colleague });
    await until((state) =>
      [...state.tasks.values()].some(({ title, state: is }) => title === 'Other work' && is === 'done'),
    );
    const [gate] = await owner.query('gates', {});
    await owner.command({
      type: 'gate.sign',
      gateId: gate?.gate.id as GateId,
      decision: 'request_changes',
      note: 'say more',
      artifactHash: gate?.gate.artifactHash as ArtifactHash,
    });
    await until((state) => {
      const again = [...state.tasks.values()].find(({ title }) => title === 'Write PRD');
      return again?.attempts.length === 2;
    });
    const { attempts } = await task('Write PRD');
    expect(attempts.map(({ memberId }) => memberId)).toEqual([author, author]);
    const workers = (await owner.query('workers', {})).filter(({ memberId }) => memberId === author);
    expect(workers).toHaveLength(2);
  });

  it('waits longer after each crash and gives up, with the reason to be read', async () => {
    const { route, owner, workers, until, logOf, faults } = await superviseCompany({
      command: [process.execPath, '--eval', 'console.log("bang"); process.exit(3)', '--'],
      settings: { crashes: brisk },
    });
    await route('Dark mode');
    await until(
      (state) =>
        state.workers.size === 3 && [...state.workers.values()].every(({ endedAt }) => endedAt !== null),
    );
    await delay(1_000);
    const all = await workers();
    const [card] = await owner.query('tasks', { state: 'ready' });
    expect(card?.waitingBecause).toMatch(
      /^workers of pia crashed 3 times: the next try is in (?:1 min|5\d s)$/,
    );
    expect(all.map(({ state, exitReason }) => [state, exitReason])).toEqual(
      Array.from({ length: 3 }, () => ['crashed', 'exit code 3']),
    );
    const starts = all.map(({ startedAt }) => startedAt).sort((a, b) => a - b);
    expect((starts[2] ?? 0) - (starts[1] ?? 0)).toBeGreaterThanOrEqual(100);
    expect(await logOf(all[0]?.id as WorkerId)).toContain('bang');
    expect(faults).toEqual([]);
  });

  it('tells of a program that is not there as of a crash', async () => {
    const { route, until } = await superviseCompany({
      command: ['/nowhere/node'],
      settings: { crashes: brisk },
    });
    await route('Dark mode');
    await until((state) =>
      [...state.workers.values()].some(({ exitReason }) => exitReason?.includes('/nowhere/node') ?? false),
    );
  });

  it('ends a worker that never reports', async () => {
    const { route, until, workers } = await superviseCompany({
      command: [process.execPath, '--eval', 'setInterval(() => {}, 1000)', '--'],
      settings: { crashes: { ...brisk, breakAfter: 1 }, readyWithin: ms(500) },
    });
    await route('Dark mode');
    await until((state) => [...state.workers.values()].some(({ state: is }) => is === 'crashed'));
    expect((await workers())[0]?.exitReason).toBe('did not report ready for 0.5 s');
  });

  it('ends a worker that is declared hung, and its task goes on with another', async () => {
    const { route, holderOf, until, workers, task } = await superviseCompany({
      // The lease outlasts the silence: it is the silence that ends it.
      file: { policy: { lease: '30s', heartbeat: '0.2s', hung_after: '2s', retry_base: '0s' } },
      options: { slow: '1s' },
    });
    await route('Dark mode');
    const silent = await holderOf('Write PRD');
    process.kill(silent.pid, 'SIGSTOP');
    await until((state) => state.workers.get(silent.id)?.state === 'crashed');
    expect((await workers()).find(({ id }) => id === silent.id)?.exitReason).toBe(
      'hung: no heartbeat for 2 s',
    );
    expect(isAlive(silent.pid)).toBe(false);
    await until((state) =>
      [...state.tasks.values()].some(({ title, state: is }) => title === 'Write PRD' && is === 'done'),
    );
    const { attempts } = await task('Write PRD');
    expect(attempts).toMatchObject([
      { outcome: 'failed', reason: 'hung: no heartbeat for 2 s', workerId: silent.id },
      { outcome: 'submitted' },
    ]);
    expect(attempts[1]?.workerId).not.toBe(silent.id);
  });

  it('ends what an earlier host left running, and kills its process if it is still there', async () => {
    const real = await openRealCompany();
    const { company, sessions, socket } = real;
    const script = path.join(await temporaryFolder(), 'left.js');
    await writeFile(script, 'setInterval(() => {}, 1000)');
    const ids = ['worker_left000001', 'worker_gone000002'] as WorkerId[];
    const left = spawn(process.execPath, [script, ids[0] ?? ''], { detached: true, stdio: 'ignore' });
    const gone = new Promise((resolve) => left.once('exit', (_, signal) => resolve(signal)));
    onTestFinished(() => void left.kill('SIGKILL'));
    const leftovers = [
      { name: 'ann', workerId: ids[0] as WorkerId, pid: left.pid as number },
      // A number that belongs to somebody else by now.
      { name: 'pia', workerId: ids[1] as WorkerId, pid: process.pid },
    ];
    for (const { name, workerId, pid } of leftovers) {
      const { id: memberId } = await real.member(name);
      const start = {
        type: 'worker.start',
        workerId,
        memberId,
        launcher: 'subprocess',
        runner: 'script',
      } as const;
      await company.coordinator.execute(host, start);
      await company.coordinator.execute(
        { kind: 'member', memberId },
        { type: 'worker.report_ready', workerId, pid },
      );
    }
    const supervisor = new Supervisor(
      {
        companyId: company.id,
        coordinator: company.coordinator,
        vitals: company.vitals,
        sessions,
        launchers: [createSubprocessLauncher({ command: [process.execPath, script] })],
        places: new WorkerPlaces(8),
        turns: new StartTurns(),
        socket,
        publicUrl: null,
        rooms: new LauncherRooms(),
        logFolder: company.workersFolder,
        runner: { name: 'script', options: {} },
        handover: async () => '',
        onFault: () => undefined,
      },
      {},
    );
    await supervisor.start();
    onTestFinished(() => supervisor.stop());
    await expect(gone).resolves.toBe('SIGKILL');
    const workers = await real.owner.query('workers', {});
    expect(workers.map(({ state, exitReason }) => [state, exitReason]).sort()).toEqual([
      ['crashed', 'its host ended without stopping it'],
      ['crashed', 'its host ended without stopping it; killed by the next one'],
    ]);
  });

  it('grows and shrinks with the work, by a rule for a role and another one for a tag', async () => {
    const staff = {
      name: 'making',
      teams: [
        {
          name: 'makers',
          members: [
            { name: 'max', role: 'engineer', max_concurrent: 6 },
            { name: 'gil', role: 'sre', tags: ['gpu'], max_concurrent: 6 },
          ],
        },
      ],
    };
    const { owner, until, company, workers, faults, member } = await superviseCompany({
      file: { departments: [staff], workflows: [] },
      options: { slow: '0.6s' },
    });
    const set = (rule: { name: string; role?: RoleId; tag?: string; min?: number }) =>
      owner.command({
        type: 'scaling.set',
        rule: { ...rule, max: 3, tasks_per_worker: 2, down_cooldown: '0s' },
      });
    await set({ name: 'makers', role: 'engineer' as RoleId, min: 1 });
    await set({ name: 'gpu', tag: 'gpu' });
    await until(
      (state) => [...state.workers.values()].filter(({ state: is }) => is === 'ready').length === 1,
    );
    await owner.command({
      type: 'task.create',
      title: 'On the GPU',
      roleId: 'sre',
      tags: ['gpu'],
    });
    for (let n = 0; n < 12; n += 1)
      await owner.command({ type: 'task.create', title: `Part ${n}`, roleId: 'engineer' });
    await until((state) => state.index.tasksByState.get('done').size === 13);
    const isLive = ({ endedAt }: { endedAt: number | null }) => endedAt === null;
    await until((state) => [...state.workers.values()].filter(isLive).length === 1);
    const all = await workers();
    const [max, gil] = [await member('max'), await member('gil')];
    expect(all.filter(({ memberId }) => memberId === max.id).length).toBeGreaterThanOrEqual(2);
    expect(all.filter(({ memberId }) => memberId === gil.id)).toMatchObject([{ state: 'stopped' }]);
    // Drained, none of them broken off.
    expect(all.filter((worker) => !isLive(worker)).every(({ state: is }) => is === 'stopped')).toBe(true);
    const events = await company.coordinator.readEvents(0 as never, 1_000);
    const sizesOf = (id: string) =>
      events.flatMap(({ event }) => (event.type === 'scaling.changed' && event.id === id ? [event] : []));
    expect(Math.max(...sizesOf('makers').map(({ to }) => to))).toBe(3);
    expect(sizesOf('makers').at(-1)).toMatchObject({ to: 1 });
    expect(sizesOf('gpu')[0]).toMatchObject({ from: 0, to: 1, because: '1 ready task / 2' });
    expect(sizesOf('gpu').at(-1)).toMatchObject({ from: 1, to: 0, because: '0 ready tasks / 2' });
    const { entries } = await owner.query('audit', { types: ['scaling.changed'], order: 'oldest' });
    const said = entries.map(({ what }) => what);
    expect(said).toContain('scaled gpu to 1: 1 ready task / 2');
    expect(said.filter((what) => what.startsWith('scaled makers to '))).toHaveLength(
      sizesOf('makers').length,
    );
    expect(faults).toEqual([]);
  });

  it('starts what somebody asks for, also after the crashes of others, and says what it can’t start', async () => {
    const { owner, route, until, workers } = await superviseCompany({
      command: [process.execPath, '--eval', 'process.exit(3)', '--'],
      settings: { crashes: { ...brisk, breakAfter: 1 } },
    });
    await route('Dark mode');
    await until((state) => [...state.workers.values()].some(({ state: is }) => is === 'crashed'));
    const [crashed] = await workers();
    const memberId = crashed?.memberId as MemberId;
    await owner.command({ type: 'worker.request', memberId, runner: 'command' });
    await until((state) => state.workers.size === 2);
    await until((state) => [...state.workers.values()].every(({ endedAt }) => endedAt !== null));
    expect((await workers()).map(({ runner }) => runner).sort()).toEqual(['command', 'script']);
    await owner.command({ type: 'worker.request', memberId, launcher: 'rocket' });
    await until((state) =>
      [...state.workers.values()].some(
        ({ exitReason }) => exitReason?.includes('no launcher “rocket”') ?? false,
      ),
    );
  });

  it('stops all of them, also those that have not even started', async () => {
    const { route, supervisor, until, workers } = await superviseCompany({ options: { slow: '30s' } });
    await route('Dark mode');
    await until((state) => state.workers.size > 0);
    await supervisor.stop();
    const all = await workers();
    expect(all.every(({ endedAt, state }) => endedAt !== null && state === 'stopped')).toBe(true);
    expect(all.some(({ pid }) => pid !== null && isAlive(pid))).toBe(false);
    await route('Another');
    await delay(200);
    expect(await workers()).toHaveLength(all.length);
  });

  it('finishes what is in hand, however long it takes, and begins nothing more', async () => {
    const { route, supervisor, until, workers, task } = await superviseCompany({
      // Longer than the patience of a stop.
      options: { slow: '2.5s' },
      settings: { grace: ms(1_500) },
    });
    await route('Dark mode');
    await until((state) => state.index.tasksByState.get('leased').size > 0);
    await supervisor.finish();
    expect(await task('Write PRD')).toMatchObject({ attempts: [{ outcome: 'submitted' }] });
    const all = await workers();
    expect(all.every(({ endedAt }) => endedAt !== null)).toBe(true);
    expect(all.some(({ pid }) => pid !== null && isAlive(pid))).toBe(false);
    await route('Another');
    await delay(200);
    expect(await workers()).toHaveLength(all.length);
  });

  it('stops at once while it finishes, when somebody has no patience any more', async () => {
    const { route, supervisor, until, task } = await superviseCompany({
      options: { slow: '60s' },
      settings: { grace: seconds(2) },
    });
    await route('Dark mode');
    await until((state) => state.index.tasksByState.get('leased').size > 0);
    const finished = supervisor.finish();
    await until((state) => [...state.workers.values()].some(({ state: is }) => is === 'draining'));
    await supervisor.stop();
    await finished;
    expect(await task('Write PRD')).toMatchObject({ state: 'ready', attempts: [{ outcome: 'released' }] });
  });

  it('leaves no process of a company that is stopped, and starts anew when it is resumed', async () => {
    const { route, until, owner, workers, faults, task } = await superviseCompany({
      options: { slow: '60s' },
      settings: { grace: ms(20_000) },
    });
    for (const title of ['One', 'Two', 'Three']) await route(title);
    await until((state) => state.index.tasksByState.get('leased').size > 0);
    const asked = performance.now();
    await owner.command({ type: 'company.stop', reason: 'a fire' });
    expect(await task('Write PRD')).toMatchObject({
      state: 'ready',
      attempts: [{ outcome: 'released', reason: 'the company was stopped: a fire' }],
    });
    await until((state) => [...state.workers.values()].every(({ endedAt }) => endedAt !== null));
    // They drop what they do at once: the 20 s of grace are for those who have something to finish.
    expect(performance.now() - asked).toBeLessThan(10_000);
    const ended = await workers();
    expect(ended.map(({ state }) => state)).toEqual(ended.map(() => 'stopped'));
    expect(ended.some(({ pid }) => pid !== null && isAlive(pid))).toBe(false);
    await delay(500);
    expect(await workers()).toHaveLength(ended.length);
    await owner.command({ type: 'company.resume' });
    await until((state) => state.index.tasksByState.get('leased').size > 0);
    expect(faults).toEqual([]);
  });

  it('keeps a paused worker though it is idle, and starts no other for its agent', async () => {
    const { route, until, owner, workers, holderOf } = await superviseCompany({
      settings: { idleAfter: ms(200) },
      options: { slow: '1s' },
    });
    await route('Dark mode');
    const { id: workerId, memberId } = await holderOf('Write PRD');
    await owner.command({ type: 'worker.pause', workerId, reason: 'a look at it' });
    await owner.command({ type: 'task.create', title: 'Another', roleId: 'pm' });
    const isFree = (state: CompanyState) => state.index.leasedByMember.get(memberId).size === 0;
    await until(isFree);
    await delay(1_000);
    const ofAgent = (await workers()).filter((worker) => worker.memberId === memberId);
    expect(ofAgent).toMatchObject([{ id: workerId, state: 'ready', pause: { reason: 'a look at it' } }]);
    // Others may have a task of the epic by now, or not yet.
    const ready = await owner.query('tasks', { state: 'ready' });
    expect(ready.filter(({ task }) => task.title === 'Another')).toMatchObject([
      { waitingBecause: `the worker ${workerId} of pia is paused: a look at it` },
    ]);
    await owner.command({ type: 'worker.resume', workerId });
    await until((state) =>
      [...state.tasks.values()].some(({ title, state: is }) => title === 'Another' && is === 'done'),
    );
    const [attempt] = (await owner.query('tasks', {})).flatMap(({ task }) =>
      task.title === 'Another' ? task.attempts : [],
    );
    expect(attempt?.workerId).toBe(workerId);
  });

  it('starts nobody for a paused agent or company', async () => {
    const { route, until, owner, workers, member } = await superviseCompany();
    await owner.command({ type: 'company.pause', reason: 'a release' });
    await route('Dark mode');
    await delay(500);
    expect(await workers()).toEqual([]);
    const { id: memberId } = await member('pia');
    await owner.command({ type: 'member.pause', memberId, reason: 'a new model' });
    await owner.command({ type: 'company.resume' });
    await delay(500);
    expect((await workers()).filter((worker) => worker.memberId === memberId)).toEqual([]);
    await owner.command({ type: 'member.resume', memberId });
    await until((state) => [...state.epics.values()].every(({ state: is }) => is === 'completed'));
  });
});
