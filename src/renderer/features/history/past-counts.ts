/** The company of a moment in a handful of figures. Pure. */
import type { CompanyState } from '../../../core/state.ts';
import type { Worker } from '../../../core/worker/worker.ts';

export const boardGroups = [
  'waiting',
  'ready',
  'working',
  'gate',
  'done',
  'workers',
  'members',
  'locks',
] as const;
export type BoardGroup = (typeof boardGroups)[number];

export function pastCounts(state: CompanyState): Readonly<Record<BoardGroup, number>> {
  const { tasksByState } = state.index;
  return {
    waiting: tasksByState.get('blocked').size,
    ready: tasksByState.get('ready').size + tasksByState.get('failed').size,
    working: tasksByState.get('leased').size,
    gate: tasksByState.get('awaiting_gate').size,
    done: tasksByState.get('done').size,
    workers: [...state.workers.values()].filter(isRunning).length,
    members: state.members.size,
    locks: state.locks.size,
  };
}

function isRunning({ state }: Pick<Worker, 'state'>): boolean {
  return state === 'starting' || state === 'ready' || state === 'draining';
}
