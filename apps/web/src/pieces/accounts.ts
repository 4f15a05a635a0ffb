import { useQuery } from '@tanstack/react-query';
import { api, good } from '../api/client.js';

/** query key of an organisation's accounts */
export const accountsKey = (organisationId: string | undefined) => ['organisation', organisationId, 'accounts'] as const;

/** The accounts an organisation is or was paid to, newest first. */
export const useAccounts = (id: string | undefined) =>
  useQuery({
    queryKey: accountsKey(id),
    enabled: id !== undefined,
    queryFn: async () => (await good(api.GET('/api/v1/organisations/{id}/accounts', { params: { path: { id: id ?? '' } } }))).items,
  });
