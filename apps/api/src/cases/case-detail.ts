import { formatInstant } from '@tranche/calendar';
import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { caseView } from '@tranche/machines';
import type { Cite, Policy } from '@tranche/policies';
import type { DeadlineView } from '../time/deadline.view.js';
import { deadlinesOfCase } from '../time/deadlines.query.js';
import { allowedFor } from './allowed-events.js';
import type { CaseDetail, CaseSummary } from './case.view.js';
import { type CaseRow, policyOf, readCase } from './case-row.js';

/** A case as screens show it: where every tranche is, what runs against whom, and what this person may do next. */
export async function caseDetail(house: House, actor: Actor, id: string): Promise<CaseDetail> {
  const [row, deadlines] = await Promise.all([readCase(house, actor, id), deadlinesOfCase(house, actor, id)]);
  const casePolicy = policyOf(house, row);
  const { tranches, state, standing, ...view } = caseView(casePolicy.machine, row.snapshot);
  return {
    ...caseSummary(row, casePolicy.policy),
    ...view,
    state,
    standing,
    objections: [...view.objections],
    proposals: [...view.proposals],
    payeeAccountId: row.payeeAccountId,
    facts: { ...row.facts },
    terms: { ...row.terms },
    tranches: withClocks(casePolicy.policy, tranches, deadlines),
    deadlines,
    allowedEvents: allowedFor(casePolicy, row, actor),
  };
}

export type SummaryRow = Pick<
  CaseRow,
  | 'id'
  | 'caseNo'
  | 'policyId'
  | 'policyVersion'
  | 'jurisdiction'
  | 'organisationId'
  | 'district'
  | 'state'
  | 'standing'
  | 'version'
  | 'openedOn'
  | 'lastAt'
>;

export const caseSummary = (row: SummaryRow, { title }: Policy): CaseSummary => ({
  id: row.id,
  caseNo: row.caseNo,
  policy: { id: row.policyId, version: row.policyVersion, jurisdiction: row.jurisdiction, title },
  organisationId: row.organisationId,
  district: row.district,
  state: row.state,
  standing: row.standing,
  version: row.version,
  openedOn: row.openedOn,
  lastAt: formatInstant(row.lastAt),
});

type Clock = Pick<DeadlineView, 'key' | 'lastDay' | 'status' | 'provisional' | 'cite'>;
type Tranche = ReturnType<typeof caseView>['tranches'][number];

/** Payments with the clause that promises each, and its newest clock. */
export const withClocks = (policy: Policy, tranches: readonly Tranche[], clocks: readonly Clock[]): CaseDetail['tranches'] =>
  tranches.map((tranche) => ({ ...tranche, cite: citeOf(policy, tranche.id), due: dueOf(clocks, tranche.id) }));

/** The clause that promises this payment. */
const citeOf = ({ plan, cite }: Policy, id: string): Cite =>
  plan.advances.find((advance) => advance.id === id)?.cite ?? (plan.remainder?.id === id ? plan.remainder.cite : cite);

/** The newest clock of the payment. */
function dueOf(deadlines: readonly Clock[], id: string) {
  const clock = deadlines.filter((deadline) => deadline.key === `payment:${id}`).at(-1);
  return clock === undefined ? null : { lastDay: clock.lastDay, status: clock.status, provisional: clock.provisional, cite: clock.cite };
}
