import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { afterId, type Page, page } from '../fields/paging.js';
import type { CaseSummary } from './case.view.js';
import { caseSummary, type SummaryRow } from './case-detail.js';
import { policyOf } from './case-row.js';
import type { CaseQuery } from './cases.controller.js';

/** By how the number begins or ends, or by what stands in the organisation's name: the five thousand newest of them. */
const sought = 'AND id = ANY (ARRAY(SELECT cases_sought($7)))';

export async function listCases(house: House, actor: Actor, query: CaseQuery): Promise<Page<CaseSummary>> {
  const { limit, cursor, state, standing, organisationId, policyId, q } = query;
  const rows = await house.database.read<SummaryRow>(
    actor,
    `SELECT id, case_no AS "caseNo", policy_id AS "policyId", policy_version AS "policyVersion", jurisdiction, organisation_id AS "organisationId", district,
       state, standing, version, opened_on AS "openedOn", last_at AS "lastAt"
     FROM cases WHERE ($1::uuid IS NULL OR id < $1) AND ($3::text IS NULL OR state = $3) AND ($4::text IS NULL OR standing = $4)
       AND ($5::uuid IS NULL OR organisation_id = $5) AND ($6::text IS NULL OR policy_id = $6)
       ${q === undefined ? '' : sought}
     ORDER BY id DESC LIMIT $2`,
    [
      afterId(cursor),
      limit + 1,
      state ?? null,
      standing ?? null,
      organisationId ?? null,
      policyId ?? null,
      ...(q === undefined ? [] : [q]),
    ],
  );
  return page(
    rows,
    limit,
    (row) => row.id,
    (row) => caseSummary(row, policyOf(house, row).policy),
  );
}
