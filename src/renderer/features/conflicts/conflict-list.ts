/** Which conflicts wait and which are resolved, and who did it where. */
import type { Conflict } from '../../../core/conflict/conflict.ts';
import type { CompanyState } from '../../../core/state.ts';
import { strings } from './strings.ts';

/** In the order in which it was done. */
export function openConflicts({ conflicts }: Pick<CompanyState, 'conflicts'>): Conflict[] {
  return [...conflicts.values()]
    .filter(({ resolution }) => resolution === null)
    .sort((a, b) => a.decidedAt - b.decidedAt || (a.id < b.id ? -1 : 1));
}

/** What was decided last comes first. */
export function resolvedConflicts({ conflicts }: Pick<CompanyState, 'conflicts'>): Conflict[] {
  const at = ({ resolution }: Conflict) => resolution?.at ?? 0;
  return [...conflicts.values()]
    .filter(({ resolution }) => resolution !== null)
    .sort((a, b) => at(b) - at(a) || (a.id < b.id ? -1 : 1));
}

/** Who did it, by name. */
export function doerOf(state: CompanyState, { actor }: Conflict): string {
  if (actor.kind === 'host') return strings.theHost;
  return state.members.get(actor.memberId)?.name ?? actor.memberId;
}
