/** Lets an agent rest whose account has nothing left: its task goes back, and no attempt has failed. */
import type { RunContext, RunResult } from '../contract/runner.ts';
import type { DurationMs, EpochMs } from '../core/units.ts';
import { minutes } from '../core/units.ts';

/** When nobody says how long. */
const usualRest: DurationMs = minutes(15);
/** The company lets no agent rest for more than a week; a part of it is kept for clocks that differ. */
const longestRest: DurationMs = minutes(7 * 24 * 60 - 60);

/** @param reason a sentence without its full stop. @param wait null: nobody says. @throws CoordError `LEASE_LOST` */
export async function restWithoutQuota(
  { acts }: Pick<RunContext, 'acts'>,
  reason: string,
  wait: DurationMs | null,
): Promise<RunResult> {
  const until = (Date.now() + Math.min(wait || usualRest, longestRest)) as EpochMs;
  await acts.rest(reason.slice(0, 1_000), until);
  return { kind: 'waits', words: `${reason}; the agent rests until ${new Date(until).toISOString()}` };
}
