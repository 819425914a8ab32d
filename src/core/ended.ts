/** When something ended: the order in which it is forgotten. */
import type { Thread } from './board/board.ts';
import type { Gate } from './gate/gate.ts';
import type { Task } from './task/task.ts';

/** When a thread was resolved; null: it goes on. */
export function endOfThread({ state, note }: Thread): Thread['lastAt'] | null {
  return state === 'resolved' ? (note?.at ?? null) : null;
}

/** When a task ended; null: it has not, or it goes with its epic or its gate. */
export function endOfSingle({ kind, state, attempts, createdAt }: Task): Task['createdAt'] | null {
  if (kind !== 'single' || (state !== 'done' && state !== 'cancelled')) return null;
  return attempts.at(-1)?.endedAt ?? createdAt;
}

/** When an approval outside workflows was decided; null: it is not, or it is a gate of an epic. */
export function endOfApproval({ epicId, state, openedAt, refusal, waitingSince }: Gate): Gate['openedAt'] {
  const isDecided = state === 'open' || state === 'rejected' || state === 'cancelled';
  return epicId === null && isDecided ? (openedAt ?? refusal?.at ?? waitingSince) : null;
}
