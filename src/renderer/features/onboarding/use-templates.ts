/** The built-in templates of the host, each as the company that it would give. */
import { useQuery } from '@tanstack/react-query';
import { useCoordination } from '../../lib/company-context.tsx';
import { previewCompany } from './preview-company.ts';

export function useTemplates() {
  const coordination = useCoordination();
  return useQuery({
    queryKey: ['templates'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const templates = await coordination().templates();
      return templates.companies.map((file) => previewCompany(file, templates));
    },
  });
}
