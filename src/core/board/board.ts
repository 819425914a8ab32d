/** The board: threads in which members write to each other. A thread knows who and how much; what was said stands in the log. */
import type { MemberId, Seq, ThreadId } from '../ids.ts';
import type { EpochMs } from '../units.ts';
import type { Priority } from '../workflow/workflow.ts';

export const messageKinds = ['STATUS', 'ERROR', 'SUCCESS', 'QUESTION', 'ANNOUNCEMENT'] as const;
export type MessageKind = (typeof messageKinds)[number];

/** `waiting`: for an answer, or for something outside; `resolved`: nothing is left to say, until somebody writes again. */
export type ThreadState = 'active' | 'waiting' | 'resolved';

/** Why a thread waits, or how it was resolved. */
export interface ThreadNote {
  readonly by: MemberId;
  readonly note: string;
  readonly at: EpochMs;
}

export interface Thread {
  readonly id: ThreadId;
  /** Empty for direct messages, which are known by their two members. */
  readonly title: string;
  readonly state: ThreadState;
  readonly priority: Priority;
  readonly createdBy: MemberId;
  readonly createdAt: EpochMs;
  /** The two members of direct messages, ordered by id; null: a thread for everybody. */
  readonly between: readonly [MemberId, MemberId] | null;
  /** Whom its messages reach: who started it, wrote in it or was mentioned, in that order. */
  readonly participants: readonly MemberId[];
  readonly messages: number;
  /** The `seq` of the last message, and when and by whom it was written. */
  readonly last: Seq;
  readonly lastAt: EpochMs;
  readonly lastBy: MemberId;
  /** Of an active thread null. */
  readonly note: ThreadNote | null;
  /** How far each member has read: up to and with the message of this `seq`. Whoever writes has read. */
  readonly readMarks: readonly { readonly memberId: MemberId; readonly upTo: Seq }[];
}

/** 0 when the member has read nothing. */
export function readUpTo({ readMarks }: Pick<Thread, 'readMarks'>, memberId: MemberId): Seq {
  return readMarks.find((mark) => mark.memberId === memberId)?.upTo ?? (0 as Seq);
}

/** Direct messages are between two; everything else is for everybody. */
export function isForMember({ between }: Pick<Thread, 'between'>, memberId: MemberId): boolean {
  return between === null || between.includes(memberId);
}

/** Two members have one thread of direct messages, whoever writes first. */
export function directPair(a: MemberId, b: MemberId): readonly [MemberId, MemberId] {
  return a < b ? [a, b] : [b, a];
}

export function directKey([a, b]: readonly [MemberId, MemberId]): string {
  return `${a} ${b}`;
}
