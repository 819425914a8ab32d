/** What `--json` says of the board. Times are ISO 8601 in UTC; what is not there is null. */
import type { BoardMessage, InboxReason, SnippetPiece } from '../../contract/board-store.ts';
import type { BoardSearchHit, InboxItem, InboxView, ThreadView } from '../../contract/queries.ts';
import type { MessageKind, ThreadState } from '../../core/board/board.ts';
import type { Priority } from '../../core/workflow/workflow.ts';
import { isoTime } from '../output/time-text.ts';
import type { GateDocument } from './gate-document.ts';
import { gateDocument } from './gate-document.ts';
import type { Names } from './names.ts';
import type { BudgetDocument } from './usage-document.ts';
import { budgetDocument } from './usage-document.ts';

export interface ThreadDocument {
  readonly id: string;
  /** Of direct messages the names of the two. */
  readonly title: string;
  readonly state: ThreadState;
  readonly priority: Priority;
  /** The two members of direct messages; null: for everybody. */
  readonly between: readonly string[] | null;
  readonly createdBy: string;
  readonly createdAt: string;
  /** Whom its messages reach. */
  readonly participants: readonly string[];
  readonly messages: number;
  readonly lastBy: string;
  readonly lastAt: string;
  /** Why it waits, or how it was resolved. */
  readonly note: { readonly by: string; readonly note: string; readonly at: string } | null;
  /** Null for a moment of the past. */
  readonly unread: number | null;
}

export interface MessageDocument {
  readonly id: string;
  readonly seq: number;
  readonly author: string;
  readonly at: string;
  readonly kind: MessageKind;
  readonly priority: Priority;
  readonly text: string;
  readonly mentions: readonly string[];
}

type ThreadReference = Pick<ThreadDocument, 'id' | 'title'>;

export interface InboxDocument {
  readonly messages: readonly (MessageDocument & {
    readonly thread: ThreadReference;
    readonly reason: InboxReason;
    readonly read: boolean;
  })[];
  /** There are older ones. */
  readonly more: boolean;
  /** Of all messages, not only of these; null for a moment of the past. */
  readonly unread: number | null;
  readonly approvals: readonly GateDocument[];
  /** What tasks wait to be told: `answer` tells them. */
  readonly questions: readonly {
    readonly task: { readonly id: string; readonly title: string };
    readonly by: string;
    readonly at: string;
    readonly text: string;
  }[];
  /** Those that are nearly used up, or wholly. */
  readonly budgets: readonly BudgetDocument[];
}

export interface HitDocument extends MessageDocument {
  readonly thread: ThreadReference;
  /** The text around what was found, in pieces. */
  readonly snippet: readonly SnippetPiece[];
}

export function threadDocument({ thread, title, unread }: ThreadView, names: Names): ThreadDocument {
  const { note } = thread;
  return {
    id: thread.id,
    title,
    state: thread.state,
    priority: thread.priority,
    between: thread.between?.map(names.member).sort() ?? null,
    createdBy: names.member(thread.createdBy),
    createdAt: isoTime(thread.createdAt),
    participants: thread.participants.map(names.member),
    messages: thread.messages,
    lastBy: names.member(thread.lastBy),
    lastAt: isoTime(thread.lastAt),
    note: note && { by: names.member(note.by), note: note.note, at: isoTime(note.at) },
    unread,
  };
}

export function messageDocument(message: BoardMessage, names: Names): MessageDocument {
  return {
    id: message.id,
    seq: message.seq,
    author: names.member(message.author),
    at: isoTime(message.at),
    kind: message.kind,
    priority: message.priority,
    text: message.text,
    mentions: message.mentions.map(names.member),
  };
}

export function inboxDocument(
  { messages, more, unread, approvals, questions, budgets }: InboxView,
  names: Names,
): InboxDocument {
  return {
    messages: messages.map((item: InboxItem) => ({
      ...messageDocument(item.message, names),
      thread: { id: item.thread.thread.id, title: item.thread.title },
      reason: item.message.reason,
      read: item.message.read,
    })),
    more,
    unread,
    approvals: approvals.map((view) => gateDocument(view, names)),
    questions: questions.map(({ task, question }) => ({
      task: { id: task.id, title: task.title },
      by: names.member(question.by),
      at: isoTime(question.at),
      text: question.text,
    })),
    budgets: budgets.map(budgetDocument),
  };
}

export function hitDocument({ message, thread, snippet }: BoardSearchHit, names: Names): HitDocument {
  return {
    ...messageDocument(message, names),
    thread: { id: thread.thread.id, title: thread.title },
    snippet,
  };
}
