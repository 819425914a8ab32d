/** What the host says of itself. */
import { useQuery } from '@tanstack/react-query';
import { useCoordination } from '../../lib/company-context.tsx';

export function useHostFacts() {
  const coordination = useCoordination();
  return useQuery({
    queryKey: ['host-facts'],
    queryFn: () => coordination().hostFacts(),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
