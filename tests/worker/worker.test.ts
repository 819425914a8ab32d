/** Worker processes as they are: they finish an epic, and they are killed, stopped, frozen and drained. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { CompanyState } from '../../src/core/state.ts';
import { ms } from '../../src/core/units.ts';
import { isAlive, superviseCompany } from './supervised-company.ts';

const epicIs = (wanted: string) => (state: CompanyState) =>
  [...state.epics.values()].every(({ state: is }) => is === wanted);
const taskIs = (title: string, wanted: string) => (state: CompanyState) =>
  [...state.tasks.values()].some((task) => task.title === title && task.state === wanted);

describe('workers', () => {
  it('finish an epic: steps, the review between them, and each in a process of its own', async () => {
    const { route, until, workers, task, owner, faults, logOf } = await superviseCompany();
    await route('Dark mode');
    await until(epicIs('completed'));
    const used = await workers();
    expect(used.length).toBeGreaterThan(1);
    expect(new Set(used.map(({ memberId }) => memberId)).size).toBe(used.length);
    expect(new Set(used.map(({ pid }) => pid)).size).toBe(used.length);
    expect(used.some(({ pid }) => pid === process.pid)).toBe(false);
    const { submission } = await task('Write PRD');
    const [artifact] = submission?.artifacts ?? [];
    if (!artifact) throw new Error('nothing was handed in');
    const { base64 } = await owner.query('artifact', { hash: artifact.hash });
    expect(Buffer.from(base64, 'base64').toString()).toContain('# Product requirements: Dark mode');
    const [gate] = await owner.query('gates', { all: true });
    expect(gate?.gate.signOffs).toMatchObject([{ kind: 'agent', note: expect.stringContaining('verified') }]);
    const writer = used.find(({ memberId }) => memberId === submission?.memberId);
    expect(writer && (await logOf(writer.id))).toMatch(/\[Write PRD task_\w+\] handed in after/);
    expect(faults).toEqual([]);
  });

  it('take work on again that a killed one held, and it is finished once', async () => {
    const { route, until, holderOf, task, workers } = await superviseCompany({ options: { slow: '2s' } });
    await route('Dark mode');
    const victim = await holderOf('Write PRD');
    process.kill(victim.pid, 'SIGKILL');
    await until(taskIs('Write PRD', 'done'));
    const { attempts } = await task('Write PRD');
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'submitted']);
    expect(attempts[1]?.workerId).not.toBe(victim.id);
    expect((await workers()).find(({ id }) => id === victim.id)).toMatchObject({
      state: 'crashed',
      exitReason: 'killed by SIGKILL',
    });
  });

  it('that were frozen past their lease are refused with what they hand in late', async () => {
    const { route, until, holderOf, task, logOf } = await superviseCompany({ options: { slow: '1s' } });
    await route('Dark mode');
    const frozen = await holderOf('Write PRD');
    process.kill(frozen.pid, 'SIGSTOP');
    await until((state) =>
      [...state.tasks.values()].some(
        ({ title, attempts }) => title === 'Write PRD' && attempts[0]?.outcome === 'expired',
      ),
    );
    process.kill(frozen.pid, 'SIGCONT');
    await until(taskIs('Write PRD', 'done'));
    const { attempts, submission } = await task('Write PRD');
    expect(attempts.filter(({ outcome }) => outcome === 'submitted')).toHaveLength(1);
    expect(submission?.artifacts).toHaveLength(1);
    await expect
      .poll(() => logOf(frozen.id), { timeout: 10_000 })
      .toMatch(/dropped: the task is no longer this worker's/);
  });

  it('drop a task that is cancelled under their hands', async () => {
    const { route, holderOf, task, owner, logOf } = await superviseCompany({ options: { slow: '60s' } });
    await route('Dark mode');
    const holder = await holderOf('Write PRD');
    const { id: taskId } = await task('Write PRD');
    await owner.command({ type: 'task.cancel', taskId, reason: 'Not wanted any more' });
    await expect.poll(() => logOf(holder.id), { timeout: 10_000 }).toContain('dropped');
    expect(isAlive(holder.pid)).toBe(true);
  });

  it('that are drained finish what they have, take nothing more, and end', async () => {
    const { route, until, holderOf, task, owner, workers } = await superviseCompany({
      options: { slow: '1s' },
    });
    await route('Dark mode');
    const holder = await holderOf('Write PRD');
    await owner.command({ type: 'worker.drain', workerId: holder.id });
    await until((state) => state.workers.get(holder.id)?.state === 'stopped');
    const { attempts } = await task('Write PRD');
    expect(attempts).toMatchObject([{ outcome: 'submitted', workerId: holder.id }]);
    expect((await workers()).find(({ id }) => id === holder.id)?.exitReason).toBe('finished and stopped');
  });

  it('that are stopped give back what they cannot finish in time', async () => {
    const { route, supervisor, holderOf, task, workers } = await superviseCompany({
      options: { slow: '60s' },
    });
    await route('Dark mode');
    const holder = await holderOf('Write PRD');
    await supervisor.stop();
    expect(await task('Write PRD')).toMatchObject({ state: 'ready', attempts: [{ outcome: 'released' }] });
    expect((await workers()).every(({ state }) => state === 'stopped')).toBe(true);
    expect(isAlive(holder.pid)).toBe(false);
  });

  it('that nobody needs any more are stopped after a while', async () => {
    const { route, until, faults } = await superviseCompany({ settings: { idleAfter: ms(1_000) } });
    await route('Dark mode');
    await until(epicIs('completed'));
    await until((state) => [...state.workers.values()].every(({ state: is }) => is === 'stopped'));
    expect(faults).toEqual([]);
  });

  it('try again what failed, and say why', async () => {
    const { route, until, task } = await superviseCompany({ options: { fail: 1 } });
    await route('Dark mode');
    await until(taskIs('Write PRD', 'done'));
    const { attempts } = await task('Write PRD');
    expect(attempts).toMatchObject([
      { outcome: 'failed', reason: expect.stringContaining('fail: 1') },
      { outcome: 'submitted' },
    ]);
  });

  it('answer the notes of a review that sent their work back', async () => {
    const { route, until, task, owner } = await superviseCompany({ options: { reject_once: true } });
    await route('Dark mode');
    await until(epicIs('completed'));
    const { submission, notes, attempts } = await task('Write PRD');
    expect(notes).toHaveLength(1);
    expect(attempts.filter(({ outcome }) => outcome === 'submitted')).toHaveLength(2);
    expect(submission?.hash).not.toBe(notes[0]?.artifactHash);
    const { base64 } = await owner.query('artifact', { hash: submission?.artifacts[0]?.hash as never });
    expect(Buffer.from(base64, 'base64').toString()).toContain('Answers to the reviews');
  });

  it('do nothing while there is nothing to do', async () => {
    const { route, until, owner } = await superviseCompany({ settings: { idleAfter: ms(60_000) } });
    await route('Dark mode');
    await until(epicIs('completed'));
    const { seq } = await owner.query('status', {});
    await delay(1_500);
    const events = await owner.query('events', { after: seq });
    expect(events.filter(({ event }) => event.type !== 'worker.seen')).toEqual([]);
  });
});
