/** The built-in templates of the host, each as the company that it would give. */
import { useQuery } from '@tanstack/react-query';
import { useCoordination } from '../../lib/company-context.tsx';
import { previewCompany } from './preview-company.ts';

/** The one that shows the most comes first, the empty one last. */
const order = ['scaleup', 'startup', 'janus_dev'];

const placeOf = (template: string) =>
  template === 'custom'
    ? order.length + 1
    : order.includes(template)
      ? order.indexOf(template)
      : order.length;

export function useTemplates() {
  const coordination = useCoordination();
  return useQuery({
    queryKey: ['templates'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const templates = await coordination().templates();
      return templates.companies
        .map((file) => previewCompany(file, templates))
        .sort((a, b) => placeOf(a.template) - placeOf(b.template));
    },
  });
}
