/** What a member may put on record. */
import { z } from 'zod';
import { memberIdSchema } from '../ids.ts';

/** A decision that no other command makes, with why: whoever asks later finds it in the audit. */
export const logDecisionSchema = z.strictObject({
  type: z.literal('decision.log'),
  /** What kind of decision, in one's own words: `deployment`, `library`. */
  kind: z.string().trim().min(1).max(60),
  /** What it is about. */
  context: z.string().trim().min(1).max(20_000),
  reason: z.string().trim().min(1).max(5_000),
});

/** A program of the owner begins to act for a member, in the session that says so. */
export const openSessionSchema = z.strictObject({
  type: z.literal('session.open'),
  memberId: memberIdSchema,
  /** What the program calls itself. */
  client: z.string().max(60),
  pid: z.number().int().positive(),
  /** What for; null: it did not say. */
  workingOn: z.string().trim().min(1).max(500).nullable().default(null),
});

export const auditCommandSchemas = [logDecisionSchema, openSessionSchema] as const;
