/** What can be asked about file locks. */
import { z } from 'zod';
import { lockIdSchema, seqSchema, sessionIdSchema, taskIdSchema } from '../ids.ts';
import { durationMsSchema } from '../units.ts';

/** As people write it: a path, or a glob. */
export const scopeSchema = z.string().min(1).max(1_000);

/** Takes the scope for the session that asks, or is refused at once; `lockFree` waits. */
export const acquireLockSchema = z.strictObject({
  type: z.literal('lock.acquire'),
  scope: scopeSchema,
  /** What it is for: whoever is refused reads it. */
  intent: z.string().trim().min(1).max(500),
  /** Null: the company's. */
  ttl: durationMsSchema.nullable().default(null),
  /** A task that the asker works on: the lock ends with its lease. */
  taskId: taskIdSchema.nullable().default(null),
});

const held = { lockId: lockIdSchema, token: seqSchema };

/** Holds it for its whole time again, from now on. */
export const renewLockSchema = z.strictObject({ type: z.literal('lock.renew'), ...held });
export const releaseLockSchema = z.strictObject({ type: z.literal('lock.release'), ...held });

/** Takes it away from whoever holds it; what they still write under it is refused. */
export const forceReleaseLockSchema = z.strictObject({
  type: z.literal('lock.force_release'),
  lockId: lockIdSchema,
  reason: z.string().trim().min(1).max(500),
});

/** The host saw a session end: what it held is free. */
export const endSessionSchema = z.strictObject({
  type: z.literal('session.end'),
  sessionId: sessionIdSchema,
});

export const lockCommandSchemas = [
  acquireLockSchema,
  renewLockSchema,
  releaseLockSchema,
  forceReleaseLockSchema,
  endSessionSchema,
] as const;
