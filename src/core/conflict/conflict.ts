/** A conflict: what somebody did at a host that was cut off, and what did not fit any more when it was connected again. */
import { z } from 'zod';
import type { ErrorCode } from '../error.ts';
import type { ConflictId, HostId, MemberId } from '../ids.ts';
import { memberIdSchema, seqSchema, sessionIdSchema, workerIdSchema } from '../ids.ts';
import type { EpochMs } from '../units.ts';
import { epochMsSchema } from '../units.ts';

/** Who did it: an `Actor`, as it is kept. */
export const keptActorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('host') }),
  z.strictObject({
    kind: z.literal('member'),
    memberId: memberIdSchema,
    sessionId: sessionIdSchema.optional(),
    workerId: workerIdSchema.optional(),
    actedBy: memberIdSchema.optional(),
  }),
]);

/** As it was given; a later program may not understand it any more. */
export const keptCommandSchema = z.looseObject({ type: z.string().min(1) });

/** What it had led to, where the host was by itself. */
export const keptEventSchema = z.strictObject({
  seq: seqSchema,
  at: epochMsSchema,
  event: z.custom<{ readonly type: string }>(
    (event) => typeof event === 'object' && event !== null && 'type' in event,
  ),
});

export type KeptActor = z.output<typeof keptActorSchema>;
export type KeptCommand = z.output<typeof keptCommandSchema>;
export type KeptEvent = z.output<typeof keptEventSchema>;

export interface Resolution {
  /** `lapsed`: there was nothing to decide about it. */
  readonly how: 'reapplied' | 'dropped' | 'lapsed';
  /** Null: it lapsed. */
  readonly by: MemberId | null;
  /** Why it was dropped, or lapsed; null: it was applied again. */
  readonly reason: string | null;
  readonly at: EpochMs;
}

export interface Conflict {
  readonly id: ConflictId;
  /** Where it was done. */
  readonly hostId: HostId;
  readonly actor: KeptActor;
  readonly command: KeptCommand;
  readonly events: readonly KeptEvent[];
  /** Why it did not fit any more. */
  readonly refusal: { readonly code: ErrorCode; readonly message: string };
  /** When it was done. */
  readonly decidedAt: EpochMs;
  readonly recordedAt: EpochMs;
  /** Null: somebody has yet to say what becomes of it. */
  readonly resolution: Resolution | null;
}
