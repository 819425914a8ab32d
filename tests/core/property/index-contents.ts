/** Everything that the indexes of a state would answer, so that they can be compared with freshly built ones. */

import { directKey } from '../../../src/core/board/board.ts';
import { parseScope } from '../../../src/core/lock/path-scope.ts';
import type { CompanyState } from '../../../src/core/state.ts';
import type { Task } from '../../../src/core/task/task.ts';
import { presences } from '../../../src/core/task/turn.ts';
import type { EpochMs } from '../../../src/core/units.ts';

const taskStates = ['blocked', 'ready', 'leased', 'awaiting_gate', 'done', 'failed', 'cancelled'] as const;
const anyHost = () => true;
const gateStates = ['pending', 'waiting', 'open', 'rejected', 'vetoed', 'cancelled'] as const;

export function indexContents(state: CompanyState): unknown {
  const { index } = state;
  const ids = (rows: Iterable<{ readonly id: string }>) => [...rows].map(({ id }) => id).sort();
  const members = state.members.dump();
  const forever = Number.MAX_SAFE_INTEGER as EpochMs;
  return {
    ready: readyInOrder(state).map(({ id }) => id),
    tasksByState: taskStates.map((key) => ids(index.tasksByState.get(key))),
    gatesByState: gateStates.map((key) => ids(index.gatesByState.get(key))),
    byEpic: state.epics
      .dump()
      .map(({ id }) => [ids(index.tasksByEpic.get(id)), ids(index.gatesByEpic.get(id))]),
    dependents: state.tasks.dump().map(({ id }) => ids(index.dependents.of(id))),
    reviews: state.gates.dump().map(({ id }) => ids(index.reviewsByGate.get(id))),
    byHost: state.hosts
      .dump()
      .map(({ id }) => [ids(index.tasksByHome.get(id)), ids(index.workersByHost.get(id))]),
    tasksDue: index.tasksDue.until(forever, anyHost).map(({ id }) => id),
    awaitingBudget: ids(index.tasksAwaitingBudget.get(true)),
    openCalls: state.tasks.dump().map(({ id }) => ids(index.reservationsByTask.get(id))),
    silent: index.workersBySilence.until(forever, anyHost).map(({ id }) => id),
    gatesDue: index.gatesDue.until(forever).map(({ id }) => id),
    locks: state.locks
      .dump()
      .map((lock) => [
        ids(index.locks.overlapping(parseScope(lock.scope))),
        ids(index.locksByToken.get(lock.token)),
        ids(index.locksBySession.get(lock.holder.sessionId)),
        ids(lock.holder.taskId ? index.locksByTask.get(lock.holder.taskId) : []),
      ]),
    locksInAll: ids(index.locks.overlapping(parseScope('**'))),
    locksDue: index.locksDue.until(forever, anyHost).map(({ id }) => id),
    directThreads: state.threads
      .dump()
      .map(({ between }) => ids(between ? index.directThreads.get(directKey(between)) : [])),
    members: members.map(({ id, name }) => [
      ids(index.membersByName.get(name)),
      ids(index.workersByMember.get(id)),
      ids(index.leasedByMember.get(id)),
      ids(index.locksByMember.get(id)),
      index.available.presenceOf(id),
      index.available.isPaused(id),
    ]),
    roles: state.roles
      .dump()
      .map(({ id }) => [
        presences.map((presence) => [...index.available.ofRole(id, presence)].sort()),
        index.roles.inheritors(id),
      ]),
  };
}

/** The order in which they would be claimed. */
function readyInOrder(state: CompanyState): Task[] {
  const seen = new Set<Task>();
  const roles = state.roles.dump().map(({ id }) => id);
  const next = () =>
    state.index.ready.first({ roles, wantsPlain: () => true, fits: (task) => !seen.has(task) });
  for (let task = next(); task; task = next()) seen.add(task);
  return [...seen];
}
