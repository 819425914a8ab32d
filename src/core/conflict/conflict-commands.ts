/** What can be said of conflicts: that there is one, and what becomes of it. */
import { z } from 'zod';
import { errorCodes } from '../error.ts';
import { conflictIdSchema } from '../ids.ts';
import { epochMsSchema } from '../units.ts';
import { keptActorSchema, keptCommandSchema, keptEventSchema } from './conflict.ts';

/** The host that decides was cut off; this no longer fits. */
export const recordConflictSchema = z.strictObject({
  type: z.literal('conflict.record'),
  conflict: z.strictObject({
    actor: keptActorSchema,
    command: keptCommandSchema,
    events: z.array(keptEventSchema),
    refusal: z.strictObject({ code: z.enum(errorCodes), message: z.string() }),
    decidedAt: epochMsSchema,
  }),
});

/** Decides the kept command now, in the name of whoever gave it. */
export const reapplyConflictSchema = z.strictObject({
  type: z.literal('conflict.reapply'),
  conflictId: conflictIdSchema,
});

export const dropConflictSchema = z.strictObject({
  type: z.literal('conflict.drop'),
  conflictId: conflictIdSchema,
  reason: z.string().trim().min(1).max(4_000),
});

export const conflictCommandSchemas = [
  recordConflictSchema,
  reapplyConflictSchema,
  dropConflictSchema,
] as const;
