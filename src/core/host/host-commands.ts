/** What the host that decides says of itself, and of another one that it has not heard of. */
import { z } from 'zod';
import { hostIdSchema } from '../ids.ts';
import { epochMsSchema } from '../units.ts';

/** It is there, or there again. */
export const joinHostSchema = z.strictObject({
  type: z.literal('host.join'),
  /** Of its machine, for people. */
  name: z.string().trim().min(1).max(200),
});

/** It gives the company up, which is not the same as being stopped: what it has goes to the others. */
export const leaveHostSchema = z.strictObject({ type: z.literal('host.leave') });

/** Another one has been silent for as long as the policy bears. */
export const loseHostSchema = z.strictObject({
  type: z.literal('host.lose'),
  hostId: hostIdSchema,
  /** When it was heard of last: one that has joined after that is not meant. */
  unseenSince: epochMsSchema,
});

/** The store that it shares with others does not answer it any more. */
export const reportCutOffSchema = z.strictObject({ type: z.literal('host.report_cut_off') });

/** The store answers again, and has all that was done meanwhile. */
export const reportBackSchema = z.strictObject({ type: z.literal('host.report_back') });

export const hostCommandSchemas = [
  joinHostSchema,
  leaveHostSchema,
  loseHostSchema,
  reportCutOffSchema,
  reportBackSchema,
] as const;
