/** Where the board ends for a question: nowhere for one about now, after the last event for one about the past. */
import type { Moment } from '../../contract/moment.ts';
import type { Seq, ThreadId } from '../../core/ids.ts';
import type { CompanyCoordinator } from '../company-coordinator.ts';

/** @returns the `seq` before which messages count: the earlier of the moment's and the one that the page asks for */
export async function endOfBoard(
  coordinator: CompanyCoordinator,
  at: Moment | null,
  before: Seq | null,
): Promise<Seq | null> {
  return at === null ? before : earlier(await coordinator.readAt(at, ({ seq }) => seq), before);
}

/** The board of a moment: where it ends, and which threads there are. Those that left the state are shown no more. */
export async function boardAt(
  coordinator: CompanyCoordinator,
  at: Moment | null,
  before: Seq | null,
): Promise<{ readonly before: Seq | null; readonly among: ReadonlySet<ThreadId> }> {
  const { seq, among } = await coordinator.readAt(at, (state) => ({
    seq: state.seq,
    among: new Set([...state.threads.values()].map(({ id }) => id)),
  }));
  return { before: at === null ? before : earlier(seq, before), among };
}

function earlier(seq: Seq, before: Seq | null): Seq {
  const end = (seq + 1) as Seq;
  return before === null || end < before ? end : before;
}
