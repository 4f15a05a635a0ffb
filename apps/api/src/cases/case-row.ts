import type { CasePolicy, House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import type { CaseSnapshot } from '@tranche/machines';
import type { Facts, Terms } from '@tranche/policies';
import { found } from '../http/outcome.js';

export type CaseRow = {
  id: string;
  caseNo: string;
  policyId: string;
  policyVersion: string;
  jurisdiction: string;
  organisationId: string;
  district: string;
  payeeAccountId: string;
  state: string;
  standing: 'active' | 'held' | 'closed';
  snapshot: CaseSnapshot;
  terms: Terms;
  version: number;
  openedOn: string;
  lastAt: number;
  facts: Facts;
  duties: string[];
};

const select = {
  name: 'read_case',
  text: `SELECT c.id, c.case_no AS "caseNo", c.policy_id AS "policyId", c.policy_version AS "policyVersion", c.jurisdiction, c.organisation_id AS "organisationId", c.district,
  c.payee_account_id AS "payeeAccountId", c.state, c.standing, c.snapshot, (SELECT t.terms FROM case_terms t WHERE t.sha256 = c.terms_sha256) AS terms, c.version, c.opened_on AS "openedOn", c.last_at AS "lastAt",
  coalesce((SELECT facts FROM case_facts f WHERE f.case_id = c.id ORDER BY seq DESC LIMIT 1), '{}') AS facts,
  coalesce((SELECT jsonb_agg(duty) FROM case_duties d WHERE d.case_id = c.id AND d.person_id::text = $2), '[]') AS duties
  FROM cases c WHERE c.id = $1`,
};

/** One case as this actor may see it; 404 otherwise. */
export async function readCase(house: House, actor: Actor, id: string): Promise<CaseRow> {
  const [row] = await house.database.read<CaseRow>(actor, select, [id, actor.userId]);
  return found(row);
}

export const policyOf = (house: House, row: Pick<CaseRow, 'policyId' | 'policyVersion' | 'jurisdiction'>): CasePolicy =>
  house.policies.of(row);
