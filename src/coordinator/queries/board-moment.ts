/** Where the board ends for a question: nowhere for one about now, after the last event for one about the past. */
import type { Moment } from '../../contract/moment.ts';
import type { Seq } from '../../core/ids.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';

/** @returns the `seq` before which messages count: the earlier of the moment's and the one that the page asks for */
export async function endOfBoard(
  coordinator: CompanyCoordinator,
  at: Moment | null,
  before: Seq | null,
): Promise<Seq | null> {
  if (at === null) return before;
  const end = await coordinator.readAt(at, ({ seq }) => (seq + 1) as Seq);
  return before === null || end < before ? end : before;
}
