/** Keeps what was asked of a company apart from what is asked of the next one: each has a cache of its own. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useLive } from './company-context.tsx';

const openCache = () =>
  new QueryClient({ defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false } } });

export function CompanyQueries({ children }: { children: ReactNode }) {
  const companyId = useLive(({ company }) => company?.id ?? null);
  const [kept, setKept] = useState(() => ({ companyId, queries: openCache() }));
  if (kept.companyId !== companyId) setKept({ companyId, queries: openCache() });
  return <QueryClientProvider client={kept.queries}>{children}</QueryClientProvider>;
}
