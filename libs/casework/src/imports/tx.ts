export type { Tx } from '@tranche/database';

/** Where the rows of a case belong: the keys of row-level security. */
export type CasePlace = { readonly caseId: string; readonly organisationId: string; readonly district: string };

/** The columns case, organisation, district as the first three parameters of every statement here. */
export const placeValues = ({ caseId, organisationId, district }: CasePlace): unknown[] => [caseId, organisationId, district];
