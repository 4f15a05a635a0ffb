import { useQuery } from '@tanstack/react-query';
import { api, good, type Schemas } from '../api/client.js';

export type Case = Schemas['Case'];

/** One case as the signed-in person may see it; read anew whenever the live channel speaks of it. */
export const useCase = (id: string) =>
  useQuery({ queryKey: ['case', id], queryFn: () => good(api.GET('/api/v1/cases/{id}', { params: { path: { id } } })) });
