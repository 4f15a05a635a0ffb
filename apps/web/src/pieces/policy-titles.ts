import { useQuery } from '@tanstack/react-query';
import { api, good } from '../api/client.js';
import type { Text } from '../text/text.js';

/** What policies are called, by their id; the id itself while it is not known. */
export function usePolicyTitles(): (id: string) => Text {
  const { data } = useQuery({
    queryKey: ['policy-titles'],
    staleTime: 600_000,
    queryFn: () => good(api.GET('/api/v1/policies', { params: { query: {} } })),
  });
  return (id) => data?.items.find((policy) => policy.id === id)?.title ?? { zh: id, en: id };
}
