/** What the host sees of its workers: their share of a core over time, and what each of them spent. */
import { expect, it } from 'vitest';
import type { CommitListener } from '../../src/coordinator/company-coordinator.ts';
import { WorkerVitals } from '../../src/coordinator/worker-vitals.ts';
import type { CompanyEvent, StoredEvent } from '../../src/core/event.ts';
import type { WorkerId } from '../../src/core/ids.ts';
import type { EpochMs } from '../../src/core/units.ts';

const ada = 'worker_ada' as WorkerId;
const bob = 'worker_bob' as WorkerId;

function watched() {
  let now = 1_000_000;
  let listener: CommitListener = () => undefined;
  const vitals = new WorkerVitals({
    now: () => now as EpochMs,
    onCommit: (added) => {
      listener = added;
      return () => undefined;
    },
  });
  let seq = 0;
  const happened = (...events: object[]) =>
    listener(events.map((event) => ({ seq: ++seq, event: event as CompanyEvent }) as StoredEvent));
  return { vitals, happened, pass: (ms: number) => (now += ms) };
}

const claimed = (taskId: string, workerId: WorkerId | null) => ({ type: 'task.claimed', taskId, workerId });
const settled = (taskId: string, token: number, money: number) => ({
  type: 'usage.settled',
  reservation: { taskId, token },
  tokensIn: 100,
  tokensOut: 10,
  money,
});

it('gives the share of a core since the last look, and not a new one within a second', async () => {
  const { vitals, pass } = watched();
  let cpuMs = 0;
  vitals.watch(ada, async () => ({ cpuMs, memory: 5_000, processes: 2 }));
  pass(2_000);
  cpuMs = 1_000;
  expect(await vitals.useOf(ada)).toEqual({ cpuPercent: 50, memory: 5_000, processes: 2, tree: [] });
  pass(999);
  cpuMs = 9_999;
  expect(await vitals.useOf(ada)).toMatchObject({ cpuPercent: 50 });
  pass(1_001);
  cpuMs = 4_000;
  expect(await vitals.useOf(ada)).toMatchObject({ cpuPercent: 150 });
});

it('takes the word of a worker where nothing can be measured, and none that can’t be true', async () => {
  const { vitals, pass } = watched();
  vitals.report(ada, { cpuMs: 1, memory: 1, processes: 1 });
  expect(await vitals.useOf(ada)).toBeNull();
  vitals.watch(ada, async () => null);
  pass(2_000);
  vitals.report(ada, { cpuMs: 1_000, memory: 7_000, processes: 3 });
  expect(await vitals.useOf(ada)).toEqual({ cpuPercent: 50, memory: 7_000, processes: 3, tree: [] });
  // Sooner than a share of a core says anything.
  pass(500);
  vitals.report(ada, { cpuMs: 9_000, memory: 9_000, processes: 9 });
  expect(await vitals.useOf(ada)).toMatchObject({ cpuPercent: 50, memory: 7_000 });
  pass(1_500);
  vitals.report(ada, { cpuMs: 1e13, memory: 8_000, processes: 3 });
  expect(await vitals.useOf(ada)).toMatchObject({ cpuPercent: 102_400, memory: 8_000 });
  pass(1_000);
  vitals.report(ada, { cpuMs: 0, memory: 8_000, processes: 3 });
  expect(await vitals.useOf(ada)).toMatchObject({ cpuPercent: 0 });
  // What is measured goes before what is said.
  vitals.watch(bob, async () => ({ cpuMs: 0, memory: 5, processes: 1 }));
  vitals.report(bob, { cpuMs: 1, memory: 6, processes: 2 });
  expect(await vitals.useOf(bob)).toMatchObject({ memory: 5, processes: 1 });
});

it('knows nothing of a process that it does not have, or that is gone', async () => {
  const { vitals } = watched();
  expect(await vitals.useOf(bob)).toBeNull();
  const unwatch = vitals.watch(ada, async () => null);
  expect(await vitals.useOf(ada)).toBeNull();
  unwatch();
  expect(await vitals.useOf(ada)).toBeNull();
});

it('adds up what each worker spent, by the claim under which it was reserved', () => {
  const { vitals, happened } = watched();
  happened(claimed('a', ada), claimed('b', bob));
  happened(settled('a', 1, 7), settled('b', 2, 5));
  // Of a call that is left over when its task is over, the end comes behind it.
  happened({ type: 'task.done', taskId: 'a' }, settled('a', 1, 1));
  expect(vitals.spentBy(ada)).toEqual({ calls: 2, tokensIn: 200, tokensOut: 20, money: 8 });
  expect(vitals.spentBy(bob)).toMatchObject({ calls: 1, money: 5 });
  // The claim of another, and one that is over.
  happened(claimed('b', ada), settled('b', 2, 99), settled('a', 1, 99));
  expect(vitals.spentBy(bob)).toMatchObject({ money: 5 });
  expect(vitals.spentBy(ada)).toMatchObject({ money: 8 });
  happened({ type: 'worker.stopped', workerId: ada });
  expect(vitals.spentBy(ada)).toMatchObject({ calls: 0 });
});
