/** What a member may put on record. */
import { z } from 'zod';

/** A decision that no other command makes, with why: whoever asks later finds it in the audit. */
export const logDecisionSchema = z.strictObject({
  type: z.literal('decision.log'),
  /** What kind of decision, in one's own words: `deployment`, `library`. */
  kind: z.string().trim().min(1).max(60),
  /** What it is about. */
  context: z.string().trim().min(1).max(20_000),
  reason: z.string().trim().min(1).max(5_000),
});

export const auditCommandSchemas = [logDecisionSchema] as const;
