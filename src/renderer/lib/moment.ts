/** Whether a part of the page stands in the past, and when: what it shows is as of then, and nothing can be done there. */
import { createContext, use } from 'react';
import type { Seq } from '../../core/ids.ts';
import type { EpochMs } from '../../core/units.ts';

export interface Moment {
  /** The last event that had happened. */
  readonly seq: Seq;
  /** When it happened. */
  readonly at: EpochMs;
}

export const MomentContext = createContext<Moment | null>(null);

/** Null: now. */
export function useMoment(): Moment | null {
  return use(MomentContext);
}

/** Whoever offers an act asks first: what is past can only be looked at. */
export function useIsPast(): boolean {
  return use(MomentContext) !== null;
}

/** What time it is there. */
export function instantOf(moment: Moment | null): EpochMs {
  return moment?.at ?? (Date.now() as EpochMs);
}
