import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { caseView } from '@tranche/machines';
import { assessCase } from '@tranche/policies';
import { type Page, page } from '../fields/paging.js';
import type { DeadlineView } from '../time/deadline.view.js';
import type { CaseOverview } from './case.view.js';
import { caseSummary, type SummaryRow, withClocks } from './case-detail.js';
import { type CaseRow, policyOf } from './case-row.js';
import type { CaseQuery } from './cases.controller.js';
import { wanted, wantedValues } from './cases.query.js';
import { nextSteps } from './explain.js';

type Clock = Pick<DeadlineView, 'key' | 'lastDay' | 'status' | 'provisional' | 'cite'>;
type Row = SummaryRow & Pick<CaseRow, 'snapshot' | 'terms' | 'facts'> & { readonly clocks: Clock[] };

/** Cases with their payments, what is missing and who is next: one statement for a page, whatever its length. */
export async function listOverviews(house: House, actor: Actor, query: CaseQuery): Promise<Page<CaseOverview>> {
  const { limit } = query;
  const rows = await house.database.read<Row>(
    actor,
    `SELECT c.id, c.case_no AS "caseNo", c.policy_id AS "policyId", c.policy_version AS "policyVersion", c.jurisdiction, c.organisation_id AS "organisationId", c.district,
       c.state, c.standing, c.version, c.opened_on AS "openedOn", c.last_at AS "lastAt", c.snapshot, (SELECT t.terms FROM case_terms t WHERE t.sha256 = c.terms_sha256) AS terms,
       coalesce((SELECT facts FROM case_facts f WHERE f.case_id = c.id ORDER BY seq DESC LIMIT 1), '{}') AS facts,
       coalesce((SELECT jsonb_agg(jsonb_build_object('key', d.key, 'lastDay', d.last_day, 'status', d.status, 'provisional', d.provisional, 'cite', d.cite) ORDER BY d.id)
         FROM deadlines d WHERE d.case_id = c.id AND d.key LIKE 'payment:%'), '[]') AS clocks
     FROM cases c WHERE ${wanted} ORDER BY c.id DESC LIMIT $2`,
    wantedValues(query),
  );
  return page(
    rows,
    limit,
    ({ id }) => id,
    (row) => overview(house, row),
  );
}

function overview(house: House, row: Row): CaseOverview {
  const { policy, machine } = policyOf(house, row);
  const { tranches, regions } = caseView(machine, row.snapshot);
  return {
    ...caseSummary(row, policy),
    regions,
    facts: { ...row.facts },
    tranches: withClocks(policy, tranches, row.clocks),
    missing: missingOf(policy, row),
    next: nextSteps(house, row),
  };
}

/** Facts that what is undecided still needs; of figures the policy refuses the case's own page tells more. */
function missingOf(policy: Parameters<typeof assessCase>[0], { openedOn: on, facts, terms }: Row): CaseOverview['missing'] {
  const assessed = assessCase(policy, { on, facts, terms });
  return assessed.ok ? assessed.missing.map(({ fact, label }) => ({ fact, label })) : [];
}
