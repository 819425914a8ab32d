/** What hosts did by themselves and did not fit any more. */
import type { QueryParams } from '../../contract/queries.ts';
import type { Conflict } from '../../core/conflict/conflict.ts';
import type { CompanyState } from '../../core/state.ts';

/** In the order in which it was done. */
export function conflictsByTime(
  { conflicts }: CompanyState,
  { all }: Pick<QueryParams<'conflicts'>, 'all'>,
): Conflict[] {
  return [...conflicts.values()]
    .filter(({ resolution }) => all || resolution === null)
    .sort((a, b) => a.decidedAt - b.decidedAt || (a.id < b.id ? -1 : 1));
}
