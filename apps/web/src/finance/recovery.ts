import { useQuery } from '@tanstack/react-query';
import { api, good, type Schemas } from '../api/client.js';

export type Recovery = Schemas['Recovery'];

/** What is still to come back, in fen. */
export const leftOf = ({ demandedFen, receivedFen, setOffFen, writtenOffFen }: Recovery): string =>
  (BigInt(demandedFen) - BigInt(receivedFen) - BigInt(setOffFen) - BigInt(writtenOffFen)).toString();

/** query keys that a step of a recovery touches */
export const touchedBy = ({ caseId }: Recovery) => [['recoveries'], ['case', caseId], ['cases'], ['tasks'], ['due-payments']] as const;

/** The recovery as it stands now: what was opened from a list may have moved since. */
export function useRecovery(opened: Recovery): Recovery {
  const { data } = useQuery({
    queryKey: ['recoveries', opened.id],
    queryFn: () => good(api.GET('/api/v1/recoveries', { params: { query: { caseId: opened.caseId } } })),
  });
  return data?.items.find(({ id }) => id === opened.id) ?? opened;
}

/** Of which payments of other cases this debt could be kept back, and what was. */
export const useSetOffs = ({ id }: Pick<Recovery, 'id'>) =>
  useQuery({
    queryKey: ['recoveries', id, 'set-offs'],
    queryFn: () => good(api.GET('/api/v1/recoveries/{id}/set-offs', { params: { path: { id } } })),
  });
