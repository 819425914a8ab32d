/** Finds the row that a command names, or refuses with words that say where to look. */
import type { Thread } from './board/board.ts';
import type { Epic } from './epic/epic.ts';
import { CoordError } from './error.ts';
import type { Gate } from './gate/gate.ts';
import type { EpicId, GateId, TaskId, ThreadId, WorkerId } from './ids.ts';
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
  return found(state.epics.get(id), 'epic', id);
}

/** @throws CoordError `NOT_FOUND` */
export function requireTask(state: CompanyState, id: TaskId): Task {
  return found(state.tasks.get(id), 'task', id);
}

/** @throws CoordError `NOT_FOUND` */
export function requireGate(state: CompanyState, id: GateId): Gate {
  return found(state.gates.get(id), 'gate', id);
}

/** @throws CoordError `NOT_FOUND` */
export function requireWorker(state: CompanyState, id: WorkerId): Worker {
  return found(state.workers.get(id), 'worker', id);
}

/** @throws CoordError `NOT_FOUND` */
export function requireThread(state: CompanyState, id: ThreadId): Thread {
  return found(state.threads.get(id), 'thread', id);
}

function found<Row>(row: Row | undefined, kind: keyof typeof listing, id: string): Row {
  if (row) return row;
  throw new CoordError(
    'NOT_FOUND',
    `There is no ${kind} ${id} in this company now; \`agentcoord ${listing[kind]}\` lists those there are, ` +
      'with `--at` those of an earlier moment',
    {
      [`${kind}Id`]: id,
    },
  );
}
