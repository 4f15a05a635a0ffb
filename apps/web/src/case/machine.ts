import { useQuery } from '@tanstack/react-query';
import { api, good, type Schemas } from '../api/client.js';
import type { PolicyRef } from '../event-form/words.js';

export type Machine = Schemas['Machine'];
export type Region = Machine['regions'][number];

/** The machine of a policy version; it never changes. */
export const useMachine = ({ id, version, jurisdiction }: PolicyRef) =>
  useQuery({
    queryKey: ['machine', id, version, jurisdiction],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      good(api.GET('/api/v1/policies/{id}/versions/{version}/machine', { params: { path: { id, version }, query: { jurisdiction } } })),
  });
