/** Finds the worker that a person means. */
import type { Coordination } from '../contract/rpc.ts';
import type { WorkerId } from '../core/ids.ts';
import type { Worker } from '../core/worker/worker.ts';
import { readNames } from './documents/names.ts';
import { findNamed } from './find-named.ts';

/** Those that live come first; by the name of its agent, the newest of that agent is meant. */
export async function findWorker(
  coordination: Coordination,
  key: string,
): Promise<{ readonly id: WorkerId }> {
  const [workers, names] = await Promise.all([coordination.query('workers', {}), readNames(coordination)]);
  const named = workers
    .toSorted((a, b) => Number(hasEnded(a)) - Number(hasEnded(b)) || b.startedAt - a.startedAt)
    .map((worker) => ({ id: worker.id, name: names.member(worker.memberId), hint: worker.state }));
  const newestOfAgent = named.find(({ name }) => name === key);
  return newestOfAgent ?? findNamed('worker', key, named);
}

const hasEnded = ({ endedAt }: Worker): boolean => endedAt !== null;
