/** Since when a task has stood where it stands, and whether that is long. Pure. */
import type { Task } from '../../../core/task/task.ts';
import type { EpochMs } from '../../../core/units.ts';

const day = 86_400_000;
/** From then on a card that does not move is worth a look; from then on it is worth a question. */
const oldAfterMs = { waiting: day, failure: 3 * day } as const;

/** Null: it has ended. */
export function standsSince(task: Task): EpochMs | null {
  const attempt = task.attempts.at(-1);
  switch (task.state) {
    case 'blocked':
      return attempt?.endedAt ?? task.createdAt;
    case 'ready':
      return task.readyAt ?? task.createdAt;
    case 'leased':
      return attempt?.startedAt ?? null;
    case 'awaiting_gate':
      return task.submission?.at ?? null;
    case 'failed':
      return attempt?.endedAt ?? task.createdAt;
    case 'done':
    case 'cancelled':
      return null;
  }
}

/** Null: it is young. Steps that wait for others never age: those before them do. */
export function ageTone({ state }: Task, since: EpochMs, now: number): keyof typeof oldAfterMs | null {
  if (state === 'blocked') return null;
  if (now - since >= oldAfterMs.failure) return 'failure';
  return now - since >= oldAfterMs.waiting ? 'waiting' : null;
}
