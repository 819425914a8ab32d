/** Which company the chart is of, and which version of which template it stands on. */
import { useLive } from '../../lib/company-context.tsx';

export interface CompanyAbout {
  /** Empty while there is no company. */
  readonly id: string;
  readonly template: string;
  readonly version: number;
}

export function useCompanyAbout(): CompanyAbout {
  return useLive(({ company }) => ({
    id: company?.id ?? '',
    template: company?.template ?? 'custom',
    version: company?.version ?? 1,
  }));
}
