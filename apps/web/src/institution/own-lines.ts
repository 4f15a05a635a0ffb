import { useQuery } from '@tanstack/react-query';
import { api, good, type Schemas } from '../api/client.js';
import { ownLinesKey } from '../pieces/line-choices.js';
import { useSession } from '../session/session.js';

export type OwnLine = Schemas['OwnRunLine'];

/** What the own firm, or the signed-in person, is offered without having applied; the latest first. A training institution is offered nothing. */
export function useOwnLines() {
  const { data: person } = useSession();
  return useQuery({
    queryKey: ownLinesKey,
    enabled: person?.role === 'enterprise' || person?.role === 'citizen',
    queryFn: async () => (await good(api.GET('/api/v1/no-application-lines'))).items,
  });
}
