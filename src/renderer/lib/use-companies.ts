/** The companies that this person may look at, and the way from one to another. */
import { useQuery } from '@tanstack/react-query';
import type { CompanySummary } from '../../contract/rpc.ts';
import type { CompanyId } from '../../core/ids.ts';
import { useConnection, useLive } from './company-context.tsx';
import { goToPlace } from './go-to-place.ts';

/** One that was made at a terminal meanwhile is to be found. */
const askEveryMs = 20_000;
const none: readonly CompanySummary[] = [];

export interface CompaniesHere {
  /** By name; none as long as nobody has answered. */
  readonly companies: readonly CompanySummary[];
  /** The one that is shown. */
  readonly companyId: CompanyId | null;
  /** Shows another one from its home on: what was open here is not there. */
  readonly switchTo: (id: CompanyId) => void;
}

export function useCompanies(): CompaniesHere {
  const connection = useConnection();
  const companyId = useLive(({ company }) => company?.id ?? null);
  const { data = none } = useQuery({
    queryKey: ['companies'],
    queryFn: () => connection.coordination.companies(),
    refetchInterval: askEveryMs,
  });
  // What becomes of the connection is told where it is shown; it never rejects.
  const switchTo = (id: CompanyId) => void goToPlace(connection, { path: '/', companyId: id });
  return { companies: data, companyId, switchTo };
}
