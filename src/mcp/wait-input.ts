/** How long a tool call may wait: the client can cancel it at any time. */
import { z } from 'zod';

/** Many clients give a call up after a minute when nothing comes. */
const longestSeconds = 3_600;

export const waitInput = {
  wait_seconds: z
    .number()
    .min(0)
    .max(longestSeconds)
    .default(0)
    .describe(
      'how long to wait at most; 0: not at all. Keep it below the time-out of your client, and call again',
    ),
};

export const waitMs = (seconds: number): number => Math.round(seconds * 1_000);
