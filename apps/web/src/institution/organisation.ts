import { useQuery } from '@tanstack/react-query';
import { api, good } from '../api/client.js';
import { useSession } from '../session/session.js';

/** The organisation the signed-in person speaks for; row security shows no other to him. */
export function useOwnOrganisation() {
  const { data: person } = useSession();
  const id = person?.organisationId ?? null;
  return useQuery({
    queryKey: ['organisation', id],
    enabled: id !== null,
    queryFn: () => good(api.GET('/api/v1/organisations/{id}', { params: { path: { id: id ?? '' } } })),
  });
}
