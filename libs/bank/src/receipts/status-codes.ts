import type { StatusMeaning } from './receipt.js';

/**
 * Words of pain.002 and what each means for a transfer. Absent: PART (look at the single transfers), PATC (still to be authorised at the
 * bank), BLCK, and whatever we do not know: a person looks.
 */
const meanings: Readonly<Record<string, StatusMeaning>> = {
  RCVD: 'received',
  ACTC: 'received',
  ACCP: 'accepted',
  ACFC: 'accepted',
  ACSP: 'accepted',
  ACWC: 'accepted',
  PDNG: 'accepted',
  ACSC: 'settled',
  ACCC: 'settled',
  RJCT: 'refused',
  CANC: 'refused',
};

export const meaningOf = (code: string): StatusMeaning | null => (Object.hasOwn(meanings, code) ? meanings[code]! : null);

/** Words of a whole file that say nothing about a single transfer. */
export const saysNothing = (code: string): boolean => code === 'PART';
