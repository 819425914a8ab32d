/** What is only put on record: it changes nothing. */
import type { ErrorCode } from '../error.ts';

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
      readonly type: 'decision.logged';
      readonly kind: string;
      readonly context: string;
      readonly reason: string;
    };
