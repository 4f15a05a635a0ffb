import type { Tx } from '@tranche/database';
import type { CaseEvent } from '@tranche/machines';
import type { Policy } from '@tranche/policies';
import { type Refused, refuse } from './refusal.js';
import type { Work } from './work.js';

/** Payees that are advanced nothing, by id, with the number of the case in which they owe overdue money. */
export type Stopped = ReadonlyMap<string, string>;

const isAdvance = ({ plan }: Policy, { type, data }: Pick<CaseEvent, 'type' | 'data'>): boolean =>
  type === 'payment.requested' && plan.advances.some(({ id }) => id === data['payment']);

/** Who of them is stopped on this day (`YYYY-MM-DD`): asked once for all commands of a transaction, and only where one asks for an advance. */
export async function loadStopped(
  tx: Pick<Tx, 'query'>,
  asking: readonly (Pick<CaseEvent, 'type' | 'data'> & { readonly work: Work; readonly policy: Policy })[],
  today: string,
): Promise<Stopped> {
  const payees = new Map(
    asking.flatMap(({ work, policy, ...command }) =>
      isAdvance(policy, command) ? [[work.case.organisationId, work.case.district] as const] : [],
    ),
  );
  if (payees.size === 0) return new Map();
  const { rows } = await tx.query<{ payee: string; caseNo: string }>(
    `SELECT asked.payee, stopped.case_no AS "caseNo" FROM unnest($1::uuid[], $2::text[]) AS asked(payee, district)
     CROSS JOIN LATERAL advance_stopped_by(asked.payee, asked.district, $3) AS stopped(case_no) WHERE stopped.case_no IS NOT NULL`,
    [[...payees.keys()], [...payees.values()], today],
  );
  return new Map(rows.map(({ payee, caseNo }) => [payee, caseNo]));
}

/**
 * Nothing is advanced to a payee that owes overdue money in any case, unless its office decided otherwise (`recovery.stops-advances`). Null where
 * nothing stands in the way; what is earned already is paid all the same.
 */
export function refuseAdvance(stopped: Stopped, work: Work, policy: Policy, event: Pick<CaseEvent, 'type' | 'data'>): Refused | null {
  const caseNo = isAdvance(policy, event) ? stopped.get(work.case.organisationId) : undefined;
  if (caseNo === undefined) return null;
  return refuse(
    'recovery-overdue',
    `该收款方在案件 ${caseNo} 中有逾期未还的款项，还清或约定分期前不再预拨。`,
    `The payee owes overdue money in case ${caseNo}; nothing is advanced before it is repaid or spread over instalments.`,
  );
}
