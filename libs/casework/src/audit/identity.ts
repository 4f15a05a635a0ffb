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

/** Hashes of terms that can no longer change, as long as somebody holds them: thousands of cases share a set. */
const hashes = new WeakMap<object, string>();

export function termsSha256(terms: object): string {
  const known = hashes.get(terms);
  if (known !== undefined) return known;
  const sha256 = sha256Of(terms);
  if (Object.isFrozen(terms)) hashes.set(terms, sha256);
  return sha256;
}

/** The identity as the event `case.opened` carries it. */
export function identityOf(row: Omit<CaseIdentity, 'termsSha256'> & { readonly terms: object }): CaseIdentity {
  const { caseNo, organisationId, district, payeeAccountId, machineHash, terms } = row;
  return { caseNo, organisationId, district, payeeAccountId, machineHash, termsSha256: termsSha256(terms) };
}
