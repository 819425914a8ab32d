/** Finds the row that a command names, or refuses with words that say where to look. */
import type { Thread } from './board/board.ts';
import type { Epic } from './epic/epic.ts';
import { CoordError } from './error.ts';
import type { Gate } from './gate/gate.ts';
import type { EpicId, GateId, TaskId, ThreadId, WorkerId } from './ids.ts';
import { nearestId } from './nearest-name.ts';
import type { CompanyState } from './state.ts';
import type { Task } from './task/task.ts';
import type { Worker } from './worker/worker.ts';

/** By what people list such rows at a terminal. */
const listing = {
  epic: 'epics',
  task: 'tasks',
  gate: 'gates --all',
  worker: 'workers --all',
  thread: 'board list',
} as const;

/** @throws CoordError `NOT_FOUND` */
export function requireEpic(state: CompanyState, id: EpicId): Epic {
  return state.epics.get(id) ?? refuseUnknown(state.epics.values(), 'epic', id);
}

/** @throws CoordError `NOT_FOUND` */
export function requireTask(state: CompanyState, id: TaskId): Task {
  return state.tasks.get(id) ?? refuseUnknown(state.tasks.values(), 'task', id);
}

/** @throws CoordError `NOT_FOUND` */
export function requireGate(state: CompanyState, id: GateId): Gate {
  return state.gates.get(id) ?? refuseUnknown(state.gates.values(), 'gate', id);
}

/** @throws CoordError `NOT_FOUND` */
export function requireWorker(state: CompanyState, id: WorkerId): Worker {
  return state.workers.get(id) ?? refuseUnknown(state.workers.values(), 'worker', id);
}

/** @throws CoordError `NOT_FOUND` */
export function requireThread(state: CompanyState, id: ThreadId): Thread {
  return state.threads.get(id) ?? refuseUnknown(state.threads.values(), 'thread', id);
}

function refuseUnknown(
  rows: Iterable<{ readonly id: string }>,
  kind: keyof typeof listing,
  id: string,
): never {
  const near = nearestId(id, rows);
  throw new CoordError(
    'NOT_FOUND',
    `There is no ${kind} ${id} in this company now${near === null ? ';' : `: did you mean \`${near}\`?`} ` +
      `\`agentcoord ${listing[kind]}\` lists those there are, with \`--at\` those of an earlier moment`,
    {
      [`${kind}Id`]: id,
    },
  );
}
