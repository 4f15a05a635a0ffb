import { useQuery } from '@tanstack/react-query';
import { api, good, type Schemas } from '../api/client.js';

export type Recovery = Schemas['Recovery'];

/** What is still to come back, in fen. */
export const leftOf = ({ demandedFen, receivedFen, setOffFen, writtenOffFen }: Recovery): string =>
  (BigInt(demandedFen) - BigInt(receivedFen) - BigInt(setOffFen) - BigInt(writtenOffFen)).toString();

/** query keys that a step of a recovery touches */
export const touchedBy = ({ caseId }: Recovery) => [['recoveries'], ['case', caseId], ['cases'], ['tasks'], ['due-payments']] as const;

/** Of which payments of other cases this debt could be kept back, and what was. */
export const useSetOffs = ({ id }: Pick<Recovery, 'id'>) =>
  useQuery({
    queryKey: ['recoveries', id, 'set-offs'],
    queryFn: () => good(api.GET('/api/v1/recoveries/{id}/set-offs', { params: { path: { id } } })),
  });
