/** Folds what happened to a conflict. */
import type { StoredEvent } from '../event.ts';
import type { CompanyState } from '../state.ts';
import type { ConflictEvent } from './conflict-events.ts';

export function evolveConflict(
  state: CompanyState,
  event: ConflictEvent,
  { at }: Pick<StoredEvent, 'at'>,
): void {
  if (event.type === 'conflict.recorded') {
    state.conflicts.put({ ...event.conflict, recordedAt: at, resolution: null });
    return;
  }
  const conflict = state.conflicts.get(event.conflictId);
  const { how, by, reason } = event;
  if (conflict) state.conflicts.put({ ...conflict, resolution: { how, by, reason, at } });
}
