/** Which tasks a host may claim: those that no other host can claim at the same time where this one does not see it. */
import type { HostChoice } from '../context.ts';
import type { HostId } from '../ids.ts';

/** @param home of the task; null: it has none, so only those who are connected may claim it */
export function isClaimableAt({ host, isThere, isAway }: HostChoice, home: HostId | null): boolean {
  if (host === null || home === host) return true;
  return !isAway && (home === null || isThere(home));
}
