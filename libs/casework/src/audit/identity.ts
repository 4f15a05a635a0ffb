import { sha256Of } from '../command.js';

/** What a case is, besides its story: sealed into its first event, so that the row cannot be changed unseen. */
export type CaseIdentity = {
  readonly caseNo: string;
  readonly organisationId: string;
  readonly district: string;
  readonly payeeAccountId: string;
  readonly machineHash: string;
  readonly termsSha256: string;
};

export const termsSha256 = (terms: object): string => sha256Of(terms);

/** The identity as the event `case.opened` carries it. */
export function identityOf(row: Omit<CaseIdentity, 'termsSha256'> & { readonly terms: object }): CaseIdentity {
  const { caseNo, organisationId, district, payeeAccountId, machineHash, terms } = row;
  return { caseNo, organisationId, district, payeeAccountId, machineHash, termsSha256: termsSha256(terms) };
}
