/** The board: threads with the newest message first, and what is said in the one under the cursor. */
import type { Thread } from '../../core/board/board.ts';
import { isForMember, readUpTo } from '../../core/board/board.ts';
import type { ThreadId } from '../../core/ids.ts';
import { newForm, textField } from '../model/form.ts';
import type { Act, Screen, View } from '../model/screen.ts';
import type { Line } from '../text/line.ts';
import { columns, piece } from '../text/line.ts';
import { prose } from '../text/prose.ts';
import { ago, timeAgo } from '../text/times.ts';

export const boardScreen: Screen = {
  id: 'board',
  title: 'Board',
  count: (view) => threadsOf(view).filter((thread) => isUnread(view, thread)).length,
  rows: (view) =>
    threadsOf(view).map((thread) => ({
      id: thread.id,
      text: titleOf(view, thread),
      line: rowOf(thread, view),
    })),
  empty: ['Nobody has written yet.', 'n starts a thread; @name in a message reaches a member.'],
  detail: ({ state, fetched, now }, id, width) => {
    const { thread } = fetched;
    if (!thread || thread.thread.id !== id) return [];
    return thread.messages.flatMap(({ author, at, kind, text }): Line[] => [
      [
        piece('alive', state.members.get(author)?.name ?? author),
        piece('over', ` ${timeAgo(at, now)}`),
        piece(
          kind === 'ERROR' ? 'failed' : kind === 'QUESTION' ? 'yours' : 'over',
          kind === 'STATUS' ? '' : `  ${kind}`,
        ),
      ],
      ...prose(text, width, 'plain', '  '),
    ]);
  },
  followsEnd: true,
  want: ({ state }, id) => {
    const thread = state.threads.get(id as ThreadId);
    return thread ? [{ kind: 'thread', threadId: thread.id, last: thread.last }] : [];
  },
  hints: (_view, id) => [
    { key: 'n', does: 'new thread' },
    ...(id === null
      ? []
      : [
          { key: 'r', does: 'reply' },
          { key: 'm', does: 'mark read' },
          { key: 'd', does: 'resolve' },
        ]),
  ],
  press: (view, id, key) => {
    if (key === 'n') return newThread;
    const thread = view.state.threads.get(id as ThreadId);
    if (!thread) return null;
    const threadId = thread.id;
    if (key === 'm') {
      return { kind: 'command', command: { type: 'board.mark_read', threadId }, done: 'It counts as read' };
    }
    if (key === 'd') {
      return {
        kind: 'command',
        command: { type: 'thread.resolve', threadId },
        done: 'The thread is resolved',
      };
    }
    if (key !== 'r') return null;
    return {
      kind: 'form',
      form: newForm({
        title: `Reply in “${titleOf(view, thread)}”`,
        verb: 'send it',
        fields: [textField('text', 'Message', { hint: '@name reaches a member', isLong: true })],
      }),
      submit: ({ text = '' }) => ({
        kind: 'command',
        command: { type: 'message.post', threadId, text },
        done: 'It is said',
      }),
    };
  },
};

const newThread: Act = {
  kind: 'form',
  form: newForm({
    title: 'New thread',
    verb: 'post it',
    fields: [
      textField('title', 'Title', { hint: 'what it is about' }),
      textField('text', 'Message', { hint: '@name reaches a member', isLong: true }),
    ],
  }),
  submit: ({ title = '', text = '' }) => ({
    kind: 'command',
    command: { type: 'thread.start', title, text },
    done: `“${title}” is on the board`,
  }),
};

function threadsOf({ state, self }: View): Thread[] {
  return [...state.threads.values()]
    .filter((thread) => self === null || isForMember(thread, self))
    .sort((a, b) => b.last - a.last);
}

const isUnread = ({ self }: View, thread: Thread): boolean =>
  self !== null && thread.participants.includes(self) && readUpTo(thread, self) < thread.last;

function titleOf({ state }: View, { title, between }: Thread): string {
  if (between === null) return title;
  return between.map((id) => state.members.get(id)?.name ?? id).join(' ↔ ');
}

const rowOf =
  (thread: Thread, view: View) =>
  (width: number): Line => {
    const unread = isUnread(view, thread);
    const by = view.state.members.get(thread.lastBy)?.name ?? thread.lastBy;
    return columns(
      [
        piece(unread ? 'yours' : 'over', unread ? '◆' : '·'),
        piece(unread ? 'strong' : 'plain', titleOf(view, thread)),
        piece(thread.state === 'waiting' ? 'waiting' : 'over', thread.state === 'active' ? '' : thread.state),
        piece('over', by),
        piece('over', `${thread.messages} msg`),
        piece('over', ago(thread.lastAt, view.now)),
      ],
      [1, 0, 8, 14, 7, 6],
      width,
    );
  };
