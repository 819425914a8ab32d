/** Folds what happened on the board. */
import type { StoredEvent } from '../event.ts';
import type { MemberId, Seq, ThreadId } from '../ids.ts';
import type { CompanyState } from '../state.ts';
import type { Thread } from './board.ts';
import type { BoardEvent, MessagePosted } from './board-events.ts';

type Stamp = Pick<StoredEvent, 'seq' | 'at'>;

export function evolveBoard(state: CompanyState, event: BoardEvent, stamp: Stamp): void {
  switch (event.type) {
    case 'thread.started':
      state.threads.put(newThread(event.thread, stamp));
      return;
    case 'message.posted':
      return change(state, event.threadId, (thread) => withMessage(thread, event, stamp));
    case 'thread.waiting':
    case 'thread.resolved': {
      const { type, threadId, by, note } = event;
      const now = type === 'thread.waiting' ? 'waiting' : 'resolved';
      return change(state, threadId, () => ({ state: now, note: { by, note, at: stamp.at } }));
    }
    case 'thread.reopened':
      return change(state, event.threadId, () => ({ state: 'active', note: null }));
    case 'thread.prioritized':
      return change(state, event.threadId, () => ({ priority: event.priority }));
    // Of the channels themselves the state knows nothing.
    case 'thread.addressed':
      return;
    case 'thread.read':
      for (const threadId of event.threadIds) {
        change(state, threadId, (thread) => ({ readMarks: marked(thread, event.memberId, event.upTo) }));
      }
  }
}

/** Direct messages concern both from the first one on. */
function newThread(
  { id, title, priority, createdBy, between }: Extract<BoardEvent, { type: 'thread.started' }>['thread'],
  { seq, at }: Stamp,
): Thread {
  const other = between?.filter((memberId) => memberId !== createdBy) ?? [];
  return {
    id,
    title,
    state: 'active',
    priority,
    createdBy,
    createdAt: at,
    between,
    participants: [createdBy, ...other],
    messages: 0,
    last: seq,
    lastAt: at,
    lastBy: createdBy,
    note: null,
    readMarks: [],
  };
}

function withMessage(
  thread: Thread,
  { author, mentions }: MessagePosted,
  { seq, at }: Stamp,
): Partial<Thread> {
  const concerned = thread.between ? [author] : [author, ...mentions];
  const joined = concerned.filter((memberId) => !thread.participants.includes(memberId));
  return {
    participants: joined.length === 0 ? thread.participants : [...thread.participants, ...new Set(joined)],
    messages: thread.messages + 1,
    last: seq,
    lastAt: at,
    lastBy: author,
    readMarks: marked(thread, author, seq),
  };
}

function marked({ readMarks }: Thread, memberId: MemberId, upTo: Seq): Thread['readMarks'] {
  return [...readMarks.filter((mark) => mark.memberId !== memberId), { memberId, upTo }];
}

function change(state: CompanyState, id: ThreadId, fields: (thread: Thread) => Partial<Thread>): void {
  const thread = state.threads.get(id);
  if (thread) state.threads.put({ ...thread, ...fields(thread) });
}
