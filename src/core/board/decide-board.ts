/** Decides what is asked about the board. */
import { actingMember } from '../acting-member.ts';
import type { CommandOf } from '../command.ts';
import type { Context } from '../context.ts';
import { CoordError } from '../error.ts';
import type { MemberId, ThreadId } from '../ids.ts';
import { requireMember } from '../org/membership.ts';
import { requireThread } from '../require-row.ts';
import type { CompanyState } from '../state.ts';
import type { Priority } from '../workflow/workflow.ts';
import type { MessageKind, Thread } from './board.ts';
import { directKey, directPair, isForMember, readUpTo } from './board.ts';
import type { BoardEvent } from './board-events.ts';
import { findMentions } from './mentions.ts';

export type BoardCommand = CommandOf<
  | 'thread.start'
  | 'message.post'
  | 'message.send'
  | 'channel.post'
  | 'thread.wait'
  | 'thread.resolve'
  | 'thread.reopen'
  | 'thread.prioritize'
  | 'board.mark_read'
>;

/** @throws CoordError `NOT_FOUND` - there is no such thread or member; `BAD_INPUT` - a message to oneself */
export function decideBoard(state: CompanyState, command: BoardCommand, context: Context): BoardEvent[] {
  const by = actingMember(state, context).id;
  switch (command.type) {
    case 'thread.start':
      return startThread(state, command, by, context);
    case 'message.post':
      return post(state, requireThread(state, command.threadId), command, by, context);
    case 'message.send':
      return sendDirect(state, command, by, context);
    case 'channel.post':
      return postToChannels(state, command, by, context);
    case 'thread.wait':
    case 'thread.resolve':
      return setAside(requireThread(state, command.threadId), command, by);
    case 'thread.reopen': {
      const { id, state: now } = requireThread(state, command.threadId);
      return now === 'active' ? [] : [{ type: 'thread.reopened', threadId: id, by }];
    }
    case 'thread.prioritize': {
      const { threadId, priority } = command;
      const isSame = requireThread(state, threadId).priority === priority;
      return isSame ? [] : [{ type: 'thread.prioritized', threadId, priority }];
    }
    case 'board.mark_read':
      return markRead(state, command, by);
  }
}

interface Written {
  readonly text: string;
  readonly kind: MessageKind;
}

function startThread(
  state: CompanyState,
  { title, priority, text, kind }: CommandOf<'thread.start'>,
  createdBy: MemberId,
  context: Context,
): BoardEvent[] {
  const id = context.newId('thread');
  return [
    { type: 'thread.started', thread: { id, title, priority, createdBy, between: null } },
    message(state, id, { text, kind }, priority, createdBy, context),
  ];
}

/** Whoever answers a thread that waits makes it active again; a further word of the one who waits does not. */
function post(
  state: CompanyState,
  thread: Thread,
  { text, kind, priority }: Written & { readonly priority: Priority | null },
  by: MemberId,
  context: Context,
): BoardEvent[] {
  const posted = message(state, thread.id, { text, kind }, priority ?? thread.priority, by, context);
  const goesOn = thread.state === 'resolved' || (thread.state === 'waiting' && thread.note?.by !== by);
  return goesOn ? [{ type: 'thread.reopened', threadId: thread.id, by }, posted] : [posted];
}

/** Said to channels from the start, the thread reaches them with all that is written in it later. */
function postToChannels(
  state: CompanyState,
  { channels, threadId, title, priority, text, kind }: CommandOf<'channel.post'>,
  by: MemberId,
  context: Context,
): BoardEvent[] {
  const named = channels && [...new Set(channels)].sort();
  if (threadId === null) {
    const [started, ...rest] = startThread(
      state,
      { type: 'thread.start', title, priority: priority ?? 'NORMAL', text, kind },
      by,
      context,
    );
    if (started?.type !== 'thread.started') return [];
    return [started, { type: 'thread.addressed', threadId: started.thread.id, channels: named, by }, ...rest];
  }
  const thread = requireThread(state, threadId);
  if (thread.between) {
    throw new CoordError(
      'BAD_INPUT',
      'What two members write to each other goes to no channel: start a thread',
      {
        threadId,
      },
    );
  }
  const addressed: BoardEvent = { type: 'thread.addressed', threadId, channels: named, by };
  return [addressed, ...post(state, thread, { text, kind, priority }, by, context)];
}

function sendDirect(
  state: CompanyState,
  command: CommandOf<'message.send'>,
  by: MemberId,
  context: Context,
): BoardEvent[] {
  const to = requireMember(state, command.to);
  if (to.id === by) {
    throw new CoordError('BAD_INPUT', `${to.name} can't write to themselves: name another member`, {
      memberId: by,
    });
  }
  const between = directPair(by, to.id);
  const [thread] = state.index.directThreads.get(directKey(between));
  if (thread) return post(state, thread, command, by, context);
  const { priority } = command;
  const id = context.newId('thread');
  return [
    { type: 'thread.started', thread: { id, title: '', priority, createdBy: by, between } },
    message(state, id, command, priority, by, context),
  ];
}

function message(
  state: CompanyState,
  threadId: ThreadId,
  { text, kind }: Written,
  priority: Priority,
  author: MemberId,
  { newId }: Context,
): BoardEvent {
  const messageId = newId('message');
  return {
    type: 'message.posted',
    threadId,
    messageId,
    author,
    text,
    kind,
    priority,
    ...findMentions(state, text),
  };
}

/** Said again with another note, it is the new note that counts. */
function setAside(
  thread: Thread,
  { type, note }: CommandOf<'thread.wait' | 'thread.resolve'>,
  by: MemberId,
): BoardEvent[] {
  const state = type === 'thread.wait' ? 'waiting' : 'resolved';
  if (thread.state === state && thread.note?.note === note && thread.note.by === by) return [];
  return [{ type: `thread.${state}`, threadId: thread.id, by, note }];
}

function markRead(
  state: CompanyState,
  { threadId, upTo }: CommandOf<'board.mark_read'>,
  memberId: MemberId,
): BoardEvent[] {
  const threads =
    threadId === null
      ? [...state.threads.values()].filter(
          (thread) => thread.participants.includes(memberId) && isForMember(thread, memberId),
        )
      : [requireThread(state, threadId)];
  const mark = upTo === null || upTo > state.seq ? state.seq : upTo;
  const unread = threads.filter((thread) => {
    const read = readUpTo(thread, memberId);
    return read < thread.last && read < mark;
  });
  if (unread.length === 0) return [];
  return [{ type: 'thread.read', memberId, threadIds: unread.map(({ id }) => id).sort(), upTo: mark }];
}
