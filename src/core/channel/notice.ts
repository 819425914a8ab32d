/** A notice: what people outside the app are told, whatever channel carries it. */
import type { MessageKind } from '../board/board.ts';
import type { ArtifactHash, GateId, MemberId, ThreadId } from '../ids.ts';
import type { Priority } from '../workflow/workflow.ts';

export const noticeCategories = [
  'message',
  'direct',
  'gate',
  'task',
  'epic',
  'worker',
  'budget',
  'company',
  'host',
] as const;
export type NoticeCategory = (typeof noticeCategories)[number];

export interface Notice {
  readonly category: NoticeCategory;
  readonly priority: Priority;
  readonly kind: MessageKind;
  /** Empty: it has none. */
  readonly title: string;
  readonly text: string;
  /** Null: the company itself. */
  readonly author: MemberId | null;
  readonly authorName: string | null;
  /** What belongs together stands in one thread: `thread_…` of the board, a gate, an epic. */
  readonly thread: ThreadId | string;
  /** Of direct messages: for them alone. */
  readonly to: MemberId | null;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** A gate that may be signed from where the notice is read. */
  readonly asks: { readonly gateId: GateId; readonly artifactHash: ArtifactHash } | null;
  /** Where it is seen in the app. */
  readonly path: string;
}

/** What differs from a silent notice. */
export type Words = Pick<Notice, 'category' | 'title' | 'thread' | 'path'> & Partial<Notice>;
