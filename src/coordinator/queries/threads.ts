/** The threads of the board, as the member who asks sees them. */
import type { ThreadPage, ThreadView } from '../../contract/queries.ts';
import type { Thread } from '../../core/board/board.ts';
import { isForMember } from '../../core/board/board.ts';
import { called } from '../../core/called.ts';
import { CoordError } from '../../core/error.ts';
import type { MemberId, ThreadId } from '../../core/ids.ts';
import { isOwner } from '../../core/org/membership.ts';
import { requireThread } from '../../core/require-row.ts';
import type { CompanyState } from '../../core/state.ts';
import { endOfBoard } from './board-moment.ts';
import type { Answer } from './query-scope.ts';

/** By thread; null for a moment of the past. */
type Unread = ReadonlyMap<ThreadId, number> | null;

/** Those with the newest message first. */
export const threads: Answer<'threads'> = async (
  { company, memberId },
  { state: wanted, mine, called: key, before, limit, at },
): Promise<ThreadView[]> => {
  const unread = at === null ? await company.board.ask((store) => store.unread(memberId)) : null;
  return await company.coordinator.readAt(at, (state) => {
    const matching = [...state.threads.values()].filter(
      (thread) =>
        maySee(state, thread, memberId) &&
        (wanted === undefined || thread.state === wanted) &&
        (!mine || thread.participants.includes(memberId)) &&
        (before === null || thread.last < before),
    );
    const meant =
      key === undefined
        ? matching
        : called(key, matching, (thread) => ({ id: thread.id, name: titleOf(state, thread) }));
    return meant
      .sort((a, b) => b.last - a.last)
      .slice(0, limit)
      .map((thread) => threadView(state, thread, unread));
  });
};

/** A page of what was said in a thread. @throws CoordError `NOT_FOUND`; `FORBIDDEN` - it is between two others */
export const thread: Answer<'thread'> = async (
  { company, memberId },
  { threadId, before, limit, at },
): Promise<ThreadPage> => {
  const end = await endOfBoard(company.coordinator, at, before);
  const { found, unread } = await company.board.ask((store) => ({
    found: store.messages(threadId, end, limit + 1),
    unread: at === null ? store.unread(memberId) : null,
  }));
  const messages = found.slice(-limit);
  return await company.coordinator.readAt(at, (state) => ({
    ...threadView(state, requireVisible(state, threadId, memberId), unread),
    messages,
    more: found.length > messages.length,
  }));
};

export function threadView(state: CompanyState, thread: Thread, unread: Unread): ThreadView {
  return { thread, title: titleOf(state, thread), unread: unread && (unread.get(thread.id) ?? 0) };
}

/** Direct messages are known by their two members. */
function titleOf(state: CompanyState, { title, between }: Thread): string {
  if (between === null) return title;
  return between
    .map((id) => state.members.get(id)?.name ?? id)
    .sort()
    .join(', ');
}

/** Direct messages are shown to their two members, and to the owner, to whom the company belongs. */
function maySee(state: CompanyState, thread: Thread, memberId: MemberId): boolean {
  return isForMember(thread, memberId) || isOwner(state, { id: memberId });
}

function requireVisible(state: CompanyState, threadId: ThreadId, memberId: MemberId): Thread {
  const found = requireThread(state, threadId);
  if (maySee(state, found, memberId)) return found;
  throw new CoordError('FORBIDDEN', `The thread ${threadId} is between two others; ask one of them`, {
    threadId,
  });
}
