/** Finds the worker that a person means. */
import type { Coordination } from '../contract/rpc.ts';
import type { WorkerId } from '../core/ids.ts';
import { readNames } from './documents/names.ts';
import { findNamed } from './find-named.ts';

/** By the name of its agent, the newest worker of that agent is meant. */
export async function findWorker(
  coordination: Coordination,
  key: string,
): Promise<{ readonly id: WorkerId }> {
  const [workers, names] = await Promise.all([coordination.query('workers', {}), readNames(coordination)]);
  const named = workers
    .toSorted((a, b) => b.startedAt - a.startedAt)
    .map((worker) => ({ id: worker.id, name: names.member(worker.memberId), hint: worker.state }));
  const newestOfAgent = named.find(({ name }) => name === key);
  return newestOfAgent ?? findNamed('worker', key, named);
}
