/** A company at one glance. */
import type { StatusView } from '../../contract/queries.ts';
import { requireCompany } from '../../core/org/require-company.ts';
import type { CompanyState } from '../../core/state.ts';
import type { TaskState } from '../../core/task/task.ts';
import type { EpochMs } from '../../core/units.ts';
import { epicViews } from './epics.ts';
import { memberViews } from './members.ts';
import { workersByStart } from './workers.ts';

export function statusOf(state: CompanyState, now: EpochMs): StatusView {
  const count = (taskState: TaskState) => state.index.tasksByState.get(taskState).size;
  return {
    company: requireCompany(state),
    seq: state.seq,
    tasks: {
      blocked: count('blocked'),
      ready: count('ready'),
      leased: count('leased'),
      awaiting_gate: count('awaiting_gate'),
      done: count('done'),
      failed: count('failed'),
      cancelled: count('cancelled'),
    },
    gatesWaiting: state.index.gatesByState.get('waiting').size,
    members: memberViews(state, now),
    epics: epicViews(state, {}, now),
    workers: workersByStart(state),
  };
}
