/** What a statement needs of a connection inside a transaction; a `pg` client is one. */
export type Tx = {
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }>;
};

/** Where the rows of a case belong: the keys of row-level security. */
export type CasePlace = { readonly caseId: string; readonly organisationId: string; readonly district: string };

/** The columns case, organisation, district as the first three parameters of every statement here. */
export const placeValues = ({ caseId, organisationId, district }: CasePlace): unknown[] => [caseId, organisationId, district];
