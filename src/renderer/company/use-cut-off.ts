/** How the host of this page stands to the others: with them, cut off and since when, or just back. */
import { useCallback, useEffect, useState } from 'react';
import type { HostId } from '../../core/ids.ts';
import { provisionalCount } from '../../core/provisional.ts';
import type { CompanyState } from '../../core/state.ts';
import type { EpochMs } from '../../core/units.ts';
import { useLive, useOwnHost } from '../lib/company-context.tsx';
import { useAtNow } from '../lib/use-now.ts';

/** While a host catches up, its record of the outage may go and come. */
const settlesWithinMs = 700;

/** A number of events, or of conflicts. */
type Count = number;

export type CutOff =
  | {
      readonly kind: 'away';
      readonly since: EpochMs;
      /** Events that stand in no log yet, beside the one that says that it is cut off. */
      readonly waiting: Count;
      /** For so long that the others have taken over what it had. */
      readonly isGivenUp: boolean;
    }
  /** The log answers; what was done meanwhile is being put into it. */
  | { readonly kind: 'catching-up' }
  | {
      readonly kind: 'back';
      readonly since: EpochMs;
      readonly at: EpochMs;
      /** Of this outage, those that nobody has resolved. */
      readonly conflicts: Count;
    };

/** Since when the host has been cut off; null: it is not, or the company is on one host alone. */
export function cutOffSince({ hosts }: Pick<CompanyState, 'hosts'>, own: HostId | null): EpochMs | null {
  return own === null ? null : (hosts.get(own)?.cutOffSince ?? null);
}

/** Remembers an outage until it is dismissed; a page that was opened after it knows nothing of it. */
export function useCutOff(): { readonly cutOff: CutOff | null; readonly dismiss: () => void } {
  const own = useOwnHost();
  const [outage, setOutage] = useState<{ since: EpochMs; backAt: EpochMs | null } | null>(null);
  const { since, waiting, lostAfter, conflicts } = useLive((state) => ({
    since: cutOffSince(state, own),
    waiting: provisionalCount(state.seq) - 1,
    lostAfter: state.company?.policy.hostLostAfter ?? 0,
    conflicts: outage === null ? 0 : conflictsSince(state, own, outage.since),
  }));
  const isGivenUp = useAtNow((now) => since !== null && now - since >= lostAfter);
  useEffect(() => {
    if (since !== null) return setOutage({ since, backAt: null });
    const backAt = Date.now() as EpochMs;
    const settle = setTimeout(() => setOutage((last) => last && { ...last, backAt }), settlesWithinMs);
    return () => clearTimeout(settle);
  }, [since]);

  const dismiss = useCallback(() => setOutage(null), []);
  if (since !== null && waiting >= 0) {
    return { cutOff: { kind: 'away', since, waiting, isGivenUp }, dismiss };
  }
  if (since === null && outage === null) return { cutOff: null, dismiss };
  if (since !== null || !outage?.backAt) return { cutOff: { kind: 'catching-up' }, dismiss };
  return { cutOff: { kind: 'back', since: outage.since, at: outage.backAt, conflicts }, dismiss };
}

function conflictsSince({ conflicts }: CompanyState, own: HostId | null, since: EpochMs): number {
  return [...conflicts.values()].filter(
    ({ hostId, decidedAt, resolution }) => hostId === own && resolution === null && decidedAt >= since,
  ).length;
}
