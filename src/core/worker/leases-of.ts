/** The tasks that a worker holds. */
import type { CompanyState } from '../state.ts';
import { inOrder } from '../task/in-order.ts';
import type { Task } from '../task/task.ts';
import type { Worker } from './worker.ts';

export function leasesOf(state: CompanyState, { id, memberId }: Pick<Worker, 'id' | 'memberId'>): Task[] {
  return [...state.index.leasedByMember.get(memberId)]
    .filter(({ lease }) => lease?.workerId === id)
    .sort(inOrder);
}
