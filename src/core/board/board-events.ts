/** What can have happened on the board. */
import type { MemberId, MessageId, Seq, ThreadId } from '../ids.ts';
import type { Priority } from '../workflow/workflow.ts';
import type { MessageKind, Thread } from './board.ts';

/** A thread as it is started; its first message follows at once. */
export type NewThread = Pick<Thread, 'id' | 'title' | 'priority' | 'createdBy' | 'between'>;

export interface MessagePosted {
  readonly type: 'message.posted';
  readonly threadId: ThreadId;
  readonly messageId: MessageId;
  readonly author: MemberId;
  /** As it was written; Markdown by convention. */
  readonly text: string;
  readonly kind: MessageKind;
  readonly priority: Priority;
  /** The members that the text names with `@`, in its order, each once. */
  readonly mentions: readonly MemberId[];
  /** Names after an `@` that nobody here has: kept as text. */
  readonly unknownNames: readonly string[];
}

export type BoardEvent =
  | { readonly type: 'thread.started'; readonly thread: NewThread }
  | MessagePosted
  /** To which channels the thread is written from here on; null: to all. Before it, to those to which their rules lead. */
  | {
      readonly type: 'thread.addressed';
      readonly threadId: ThreadId;
      readonly channels: readonly string[] | null;
      readonly by: MemberId;
    }
  | {
      readonly type: 'thread.waiting';
      readonly threadId: ThreadId;
      readonly by: MemberId;
      readonly note: string;
    }
  | {
      readonly type: 'thread.resolved';
      readonly threadId: ThreadId;
      readonly by: MemberId;
      readonly note: string;
    }
  | { readonly type: 'thread.reopened'; readonly threadId: ThreadId; readonly by: MemberId }
  | { readonly type: 'thread.prioritized'; readonly threadId: ThreadId; readonly priority: Priority }
  /** The member has read these threads up to and with the message of this `seq`. */
  | {
      readonly type: 'thread.read';
      readonly memberId: MemberId;
      readonly threadIds: readonly ThreadId[];
      readonly upTo: Seq;
    };
