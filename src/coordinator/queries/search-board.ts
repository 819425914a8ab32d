/** Finds words in what was said on the board. */
import type { BoardSearchHit } from '../../contract/queries.ts';
import { isOwner } from '../../core/org/membership.ts';
import { boardAt } from './board-moment.ts';
import type { Answer } from './query-scope.ts';
import { threadView } from './threads.ts';

export const searchBoard: Answer<'searchBoard'> = async (
  { company, memberId },
  { text, limit, at },
): Promise<BoardSearchHit[]> => {
  const { coordinator, board } = company;
  const seesAll = await coordinator.read((state) => isOwner(state, { id: memberId }));
  const page = await boardAt(coordinator, at, null);
  const { hits, unread } = await board.ask((store) => ({
    hits: store.search(text, { ...page, reader: seesAll ? null : memberId, limit }),
    unread: at === null ? store.unread(memberId) : null,
  }));
  return await coordinator.readAt(at, (state) =>
    hits.flatMap((hit): BoardSearchHit[] => {
      const thread = state.threads.get(hit.message.threadId);
      return thread ? [{ ...hit, thread: threadView(state, thread, unread) }] : [];
    }),
  );
};
