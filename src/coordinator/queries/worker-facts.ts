/** What there is to know of the workers that live: the state says what they hold, the host what their processes use. */
import type { WorkerFacts } from '../../contract/worker-facts.ts';
import { durationWords } from '../../core/duration-words.ts';
import { requireCompany } from '../../core/org/require-company.ts';
import type { CompanyState } from '../../core/state.ts';
import type { EpochMs } from '../../core/units.ts';
import { leasesOf } from '../../core/worker/leases-of.ts';
import { stageOf, suspiciousSilence } from '../../core/worker/stage.ts';
import type { Worker } from '../../core/worker/worker.ts';
import type { Answer } from './query-scope.ts';
import { workersByStart } from './workers.ts';

type KnownToAll = Omit<WorkerFacts, 'process' | 'spent'>;

export const workerFacts: Answer<'workerFacts'> = async ({ company: { coordinator, vitals } }) => {
  const known = await coordinator.read((state) =>
    workersByStart(state)
      .filter(({ endedAt }) => endedAt === null)
      .map((worker) => knownToAll(state, worker, coordinator.now())),
  );
  return Promise.all(
    known.map(async (facts): Promise<WorkerFacts> => {
      const { id } = facts.worker;
      return { ...facts, process: await vitals.useOf(id), spent: vitals.spentBy(id) };
    }),
  );
};

function knownToAll(state: CompanyState, worker: Worker, now: EpochMs): KnownToAll {
  const tasks = leasesOf(state, worker);
  const locks = tasks.flatMap(({ id }) => [...state.index.locksByTask.get(id)]);
  const silence = suspiciousSilence(worker, requireCompany(state).policy, now);
  return {
    worker,
    stage: stageOf(state, worker),
    suspicion: silence === null ? null : `suspected hung: no heartbeat for ${durationWords(silence)}`,
    tasks: tasks.map(({ id, title }) => ({ id, title })),
    locks: locks.map(({ id, scope }) => ({ id, scope })),
  };
}
