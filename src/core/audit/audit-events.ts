/** What is only put on record: it changes nothing. */
import type { ErrorCode } from '../error.ts';
import type { MemberId, SessionId } from '../ids.ts';

export type AuditEvent =
  /** A member was refused what they had no right to; the actor of the event is who asked. */
  | {
      readonly type: 'command.refused';
      /** The type of the command, or the name of the call. */
      readonly command: string;
      readonly code: ErrorCode;
      /** What they were told. */
      readonly reason: string;
      /** The ids that the command named. */
      readonly objects: readonly string[];
      /** Refusals of this member that were not recorded since the last one that was: there were too many at once. */
      readonly unrecorded: number;
    }
  | {
      /** The actor of the event, who is the owner, acts for the member by this session from now on. */
      readonly type: 'session.opened';
      readonly sessionId: SessionId;
      readonly memberId: MemberId;
      /** What the program calls itself. */
      readonly client: string;
      readonly pid: number;
      /** What for; null: it did not say. */
      readonly reason: string | null;
    }
  | {
      readonly type: 'decision.logged';
      readonly kind: string;
      readonly context: string;
      readonly reason: string;
    };
