import type { House } from '@tranche/casework';
import type { Text } from '@tranche/policies';
import { type CaseRow, policyOf } from './case-row.js';

type OfCase = Pick<CaseRow, 'policyId' | 'policyVersion' | 'jurisdiction'>;

/** Columns of `cases` (as `c`) that name the policy a payment belongs to. */
export const policyColumns = 'c.policy_id AS "policyId", c.policy_version AS "policyVersion", c.jurisdiction';

/** What the plan of the case's policy calls a payment (`首笔预拨`); its name where the plan has no words. */
export function paymentLabel(house: House, of: OfCase, payment: string): Text {
  const { machine } = policyOf(house, of);
  return machine.regions.find(({ id }) => id === payment)?.label ?? { zh: payment, en: payment };
}

/** The row without its policy, with the words of its payment. */
export function withLabel<Row extends OfCase & { readonly payment: string }>(house: House, row: Row) {
  const { policyId, policyVersion, jurisdiction, ...rest } = row;
  return { ...rest, label: paymentLabel(house, { policyId, policyVersion, jurisdiction }, row.payment) };
}
