/** The board for people: threads in a table, messages with who said them. */
import type { ThreadState } from '../../core/board/board.ts';
import type { EpochMs } from '../../core/units.ts';
import type {
  HitDocument,
  InboxDocument,
  MessageDocument,
  ThreadDocument,
} from '../documents/board-document.ts';
import type { Output } from './output.ts';
import { plainLine, plainLines } from './plain-text.ts';
import type { Meaning, Style } from './style.ts';
import { relativeTime } from './time-text.ts';

const meanings: Readonly<Record<ThreadState, Meaning>> = {
  active: 'alive',
  waiting: 'waiting',
  resolved: 'over',
};

/** Long enough to be the only one, and short enough to be typed. */
export const shortThreadId = (id: string): string => id.slice(0, 'thread_'.length + 8);

export const threadTable = (threads: readonly ThreadDocument[], output: Output): string =>
  output.table(
    [
      { title: 'THREAD', cell: ({ id }) => ({ text: shortThreadId(id), meaning: 'over' }) },
      { title: 'STATE', cell: ({ state }) => ({ text: state, meaning: meanings[state] }) },
      { title: 'PRIORITY', cell: ({ priority }) => priority },
      { title: 'MESSAGES', cell: ({ messages }) => String(messages), align: 'right' },
      {
        title: 'UNREAD',
        cell: ({ unread }) => ({ text: unread ? String(unread) : '', meaning: 'yours' }),
        align: 'right',
      },
      { title: 'LAST', cell: ({ lastBy, lastAt }) => `${lastBy}, ${ago(lastAt)}` },
      { title: 'TITLE', cell: ({ title }) => title, shrinks: true },
      {
        title: 'NOTE',
        cell: ({ note }) => ({ text: note?.note ?? '', meaning: 'waiting' }),
        shrinks: true,
      },
    ],
    threads,
  );

export function threadText(
  thread: ThreadDocument,
  messages: readonly MessageDocument[],
  style: Style,
): string {
  const note = thread.note
    ? `\n${style(meanings[thread.state], `${thread.state}: ${plainLine(thread.note.by)}${thread.note.note ? `, ${plainLine(thread.note.note)}` : ''}`)}`
    : '';
  const head = `${style('strong', plainLine(thread.title))} ${style(meanings[thread.state], thread.state)} ${thread.priority} ${style('over', thread.id)}${note}`;
  return [head, ...messages.map((message) => messageText(message, style))].join('\n\n');
}

function messageText(message: MessageDocument, style: Style): string {
  const { author, kind, priority, at, text } = message;
  const urgency = priority === 'NORMAL' ? '' : ` ${priority}`;
  const head = `${style('strong', plainLine(author))} ${style(kind === 'ERROR' ? 'failed' : 'plain', kind)}${urgency} ${style('over', ago(at))}`;
  return [head, ...plainLines(text.trimEnd()).map((line) => `  ${line}`)].join('\n');
}

/** @param all it holds what was read, too */
export function inboxText({ messages, unread, more }: InboxDocument, all: boolean, style: Style): string {
  const lines = messages.map((message) => {
    const { thread, reason, read } = message;
    const mark = read ? ' ' : style('yours', '•');
    const where = style('over', `${reason} in “${plainLine(thread.title)}” ${shortThreadId(thread.id)}`);
    return `${mark} ${where}\n${messageText(message, style).replaceAll(/^/gm, '  ')}`;
  });
  if (lines.length === 0) return all ? 'No message has reached you.' : 'Nothing is unread.';
  if (more) lines.push(style('over', `There is more; ${unread ?? 'some'} unread in all.`));
  return lines.join('\n\n');
}

export const hitText = ({ thread, author, at, snippet }: HitDocument, style: Style): string =>
  [
    `${style('strong', plainLine(thread.title))} ${style('over', `${plainLine(author)} ${ago(at)} ${shortThreadId(thread.id)}`)}`,
    `  ${snippet.map(({ text, hit }) => style(hit ? 'yours' : 'plain', plainLine(text))).join('')}`,
  ].join('\n');

const ago = (at: string): string => relativeTime(Date.parse(at) as EpochMs, Date.now() as EpochMs);
