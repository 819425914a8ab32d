/** That the checks of a step passed, as whoever ran them says, and what they ran against. */
import { z } from 'zod';
import { artifactHashSchema, commitHashSchema } from '../ids.ts';
import { durationMsSchema } from '../units.ts';

/** The end of a check's output that is kept, in characters. */
export const maxCheckTail = 2_000;

export const checkRunSchema = z.strictObject({
  command: z.string().min(1).max(20_000),
  /** Null: it was killed. */
  exitCode: z.number().int().nullable(),
  took: durationMsSchema,
  /** The end of what it printed. */
  tail: z.string().max(maxCheckTail),
});

export const proofSchema = z.strictObject({
  /** Of what is handed in. */
  hash: artifactHashSchema,
  /** The commit that was checked out when they ran; null: they did not run in a worktree. */
  commit: commitHashSchema.nullable(),
  checks: z.array(checkRunSchema).min(1).max(50),
});

export type CheckRun = z.output<typeof checkRunSchema>;
export type Proof = z.output<typeof proofSchema>;
