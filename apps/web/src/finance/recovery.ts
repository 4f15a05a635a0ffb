import type { Schemas } from '../api/client.js';

export type Recovery = Schemas['Recovery'];

/** What is still to come back, in fen. */
export const leftOf = ({ demandedFen, receivedFen, writtenOffFen }: Recovery): string =>
  (BigInt(demandedFen) - BigInt(receivedFen) - BigInt(writtenOffFen)).toString();

/** query keys that a step of a recovery touches */
export const touchedBy = ({ caseId }: Recovery) => [['recoveries'], ['case', caseId], ['cases'], ['tasks']] as const;
