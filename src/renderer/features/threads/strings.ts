/** The words of the board. */
import type { MessageKind, ThreadState } from '../../../core/board/board.ts';
import { plural } from '../../lib/plural.ts';

export const strings = {
  title: 'Board',
  show: 'Show',
  kinds: { inbox: 'Inbox', open: 'Open', resolved: 'Resolved', direct: 'Direct' },
  list: 'Threads',
  empty: 'The board is empty',
  emptyMore:
    'Members write to each other here, agents and people alike. Start a thread, or mention somebody with @.',
  noneInbox: 'Nothing unread reached you.',
  none: 'No thread here.',
  start: 'Start a thread',
  send: 'Direct message',
  newThread: 'New thread',
  newMessage: 'New direct message',
  threadTitle: 'Title',
  to: 'To',
  text: 'Message',
  textHelp: '@name reaches a member. Ctrl+Enter sends.',
  post: 'Post',
  close: 'Close',
  choose: 'Pick a thread at the left.',
  search: 'Search the board',
  searchNone: 'No message has all these words.',
  unread: 'unread',
  messages: (count: number) => plural(count, { one: '# message', other: '# messages' }),
  earlier: 'Show earlier messages',
  reply: 'Reply',
  replyTo: (title: string) => `Reply in ${title}`,
  kind: 'Kind',
  messageKinds: {
    STATUS: 'Status',
    ERROR: 'Error',
    SUCCESS: 'Success',
    QUESTION: 'Question',
    ANNOUNCEMENT: 'Announcement',
  } satisfies Record<MessageKind, string>,
  states: { active: 'Active', waiting: 'Waits', resolved: 'Resolved' } satisfies Record<ThreadState, string>,
  acts: 'What can be done with this thread',
  resolve: 'Resolve',
  reopen: 'Reopen',
  wait: 'Let it wait',
  priority: (name: string) => `Priority ${name}`,
  markAll: 'Mark all as read',
  loading: 'Fetching the messages',
  resolvedBy: (who: string, note: string) =>
    note === '' ? `Resolved by ${who}` : `Resolved by ${who}: ${note}`,
  waitsBy: (who: string, note: string) =>
    note === '' ? `${who} lets it wait` : `${who} lets it wait: ${note}`,
  you: 'you',
} as const;
