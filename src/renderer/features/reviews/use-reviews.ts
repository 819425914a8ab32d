/** The reviews of the host, looked at anew while the screen is open: each second while one is under way. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReviewView } from '../../../contract/reviews.ts';
import type { Coordination } from '../../../contract/rpc.ts';
import type { CoordError } from '../../../core/error.ts';
import { useCoordination } from '../../lib/company-context.tsx';
import { asCoordError } from '../../lib/use-command.ts';

const key = ['reviews'];
/** In ms: while one is under way, and else. */
const pace = { busy: 700, idle: 10_000 };

export function useReviews() {
  const coordination = useCoordination();
  return useQuery({
    queryKey: key,
    refetchInterval: ({ state: { data } }) =>
      data?.some(({ state }) => state === 'running') ? pace.busy : pace.idle,
    queryFn: () => coordination().reviews(),
  });
}

export interface ReviewAct {
  /** Resolves with null when it was refused; why is then in `refusal`. */
  readonly run: (act: (host: Coordination) => Promise<ReviewView>) => Promise<ReviewView | null>;
  readonly pending: boolean;
  readonly refusal: CoordError | null;
}

export function useReviewAct(): ReviewAct {
  const coordination = useCoordination();
  const queries = useQueryClient();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<CoordError | null>(null);
  const run: ReviewAct['run'] = async (act) => {
    setPending(true);
    setRefusal(null);
    try {
      return await act(coordination());
    } catch (error) {
      setRefusal(asCoordError(error));
      return null;
    } finally {
      setPending(false);
      void queries.invalidateQueries({ queryKey: key });
    }
  };
  return { run, pending, refusal };
}
