import { type House, scopesOf } from '@tranche/casework';
import { type Assessment, assessVersion, type ParameterOverride } from '@tranche/policies';
import { Problem } from '../http/problem.js';
import { type CaseRow, policyOf } from './case-row.js';

/**
 * The policy's own calculation over the facts and terms of this case: every rule with inputs, result and clause, every amount, every
 * parameter value used. The case's stored terms are given as they are, so a parameter changed since then changes nothing here.
 */
export function explain(house: House, row: CaseRow): Assessment {
  const { policy } = policyOf(house, row);
  const overrides = Object.entries(row.terms).map(
    ([key, { value, from, scope, cite }]): ParameterOverride => ({ key, value, scope, from: from ?? policy.window.from, cite }),
  );
  const assessed = assessVersion(policy, {
    on: row.openedOn,
    jurisdiction: row.jurisdiction,
    facts: row.facts,
    scopes: scopesOf(row.district),
    overrides,
  });
  if (assessed.ok) return assessed;
  const { field, code, message } = assessed;
  throw new Problem('facts-invalid', { detail: message, errors: [{ field, code, message }] });
}
