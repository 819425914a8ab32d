/** The port of the board's projection: what was said, by page, by inbox and by words. Built from events, and rebuilt from them. */
import type { MessageKind } from '../core/board/board.ts';
import type { StoredEvent } from '../core/event.ts';
import type { MemberId, MessageId, Seq, ThreadId } from '../core/ids.ts';
import type { EpochMs } from '../core/units.ts';
import type { Priority } from '../core/workflow/workflow.ts';

export interface BoardMessage {
  readonly seq: Seq;
  readonly id: MessageId;
  readonly threadId: ThreadId;
  readonly author: MemberId;
  readonly at: EpochMs;
  readonly kind: MessageKind;
  readonly priority: Priority;
  readonly text: string;
  readonly mentions: readonly MemberId[];
}

/** Why a message is in an inbox: the first that applies. */
export type InboxReason = 'direct' | 'mention' | 'reply';

export interface InboxMessage extends BoardMessage {
  readonly reason: InboxReason;
  readonly read: boolean;
}

/** A piece of the text around what was found. */
export interface SnippetPiece {
  readonly text: string;
  readonly hit: boolean;
}

export interface BoardHit {
  readonly message: BoardMessage;
  /** From the text of the message or, for the first one of a thread, from its title. */
  readonly snippet: readonly SnippetPiece[];
}

/** The last event that was folded. `at` tells the log apart from another one that has the same number. */
export interface BoardPosition {
  readonly seq: Seq;
  readonly at: EpochMs;
}

/** Synchronous, as its caller needs each question and each fold to be one step. */
export interface BoardStore {
  /** Null before the first event. */
  position(): BoardPosition | null;

  /**
   * Folds the events of the board among these, and moves the position: all of it or nothing.
   * Events at or before the position are passed over, so that a repeat does no harm.
   * @throws CoordError `LOG_UNAVAILABLE` - it can't be written; `DATABASE_DAMAGED`
   */
  fold(events: readonly StoredEvent[], position: BoardPosition): void;

  /**
   * Shows, after all that was folded, what this host wrote by itself while the log is away. Nothing of it is kept: it is
   * forgotten with the next event of the log that is folded, and when the store is cleared or closed.
   * @param events of the board, under provisional numbers, after those that it shows already
   * @throws CoordError as `fold`; nothing is shown then
   */
  preview(events: readonly StoredEvent[]): void;

  /** Forgets everything: the next event to fold is the first one. @throws CoordError `LOG_UNAVAILABLE` */
  clear(): void;

  /** The newest messages of a thread before a `seq` (null: of all), oldest first. */
  messages(threadId: ThreadId, before: Seq | null, limit: number): BoardMessage[];

  /** What reached a member, newest first. */
  inbox(memberId: MemberId, question: InboxQuestion): InboxMessage[];

  /** How many messages of each thread reached the member and are unread; threads with none are left out. */
  unread(memberId: MemberId): ReadonlyMap<ThreadId, number>;

  /**
   * Messages and titles with all the words of the text, the best first; the last word may be the beginning of one.
   * Words in "quotes" stand together. A text without any word finds nothing.
   */
  search(text: string, question: SearchQuestion): BoardHit[];

  close(): void;
}

/** The store forgets nothing, and the state does: whoever asks says which threads there are. */
interface PageQuestion {
  /** Only messages of these threads count, also for the limit; null: of all. */
  readonly among: ReadonlySet<ThreadId> | null;
  /** Null: from the newest message. */
  readonly before: Seq | null;
  readonly limit: number;
}

export interface SearchQuestion extends PageQuestion {
  /** Sees threads for everybody and their own direct messages; null sees all. */
  readonly reader: MemberId | null;
}

export interface InboxQuestion extends PageQuestion {
  readonly onlyUnread: boolean;
}
