import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { afterId, type Page, page } from '../fields/paging.js';
import type { CaseSummary } from './case.view.js';
import { caseSummary, type SummaryRow } from './case-detail.js';
import { policyOf } from './case-row.js';
import type { CaseQuery } from './cases.controller.js';

/**
 * Which cases are wanted, as a condition on `cases c` whose first two parameters are the last id and the limit. Words are sought in how a number
 * begins or ends and in the organisation's name, among the five thousand newest that match.
 */
export const wanted = `($1::uuid IS NULL OR c.id < $1) AND ($3::text IS NULL OR c.state = $3) AND ($4::text IS NULL OR c.standing = $4)
  AND ($5::uuid IS NULL OR c.organisation_id = $5) AND ($6::text IS NULL OR c.policy_id = $6) AND ($7::text IS NULL OR c.district = $7)
  AND ($8::text IS NULL OR c.id = ANY (ARRAY(SELECT cases_sought($8))))`;
export const wantedValues = ({ limit, cursor, state, standing, organisationId, policyId, district, q }: CaseQuery) => [
  afterId(cursor),
  limit + 1,
  ...[state, standing, organisationId, policyId, district, q].map((value) => value ?? null),
];

export async function listCases(house: House, actor: Actor, query: CaseQuery): Promise<Page<CaseSummary>> {
  const { limit } = query;
  const rows = await house.database.read<SummaryRow>(
    actor,
    `SELECT id, case_no AS "caseNo", policy_id AS "policyId", policy_version AS "policyVersion", jurisdiction, organisation_id AS "organisationId", district,
       state, standing, version, opened_on AS "openedOn", last_at AS "lastAt"
     FROM cases c WHERE ${wanted} ORDER BY id DESC LIMIT $2`,
    wantedValues(query),
  );
  return page(
    rows,
    limit,
    (row) => row.id,
    (row) => caseSummary(row, policyOf(house, row).policy),
  );
}
