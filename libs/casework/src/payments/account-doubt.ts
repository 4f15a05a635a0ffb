import { returnReason } from '@tranche/bank';
import { formatInstant } from '@tranche/calendar';
import type { ChangeSet, Tx } from '@tranche/database';
import type { House } from '../house.js';
import type { OpenTransfer } from './record-answer.js';
import type { TransferMove } from './transfer-news.js';

/** Kind of the task that asks for a sound account; closed when two people have approved one. */
const CORRECTION = 'account-correction';

/**
 * What follows when the bank says that the account is the reason: the account is doubted, somebody is asked to correct it, the payee is told.
 * The obligation waits until an account stands approved that is not doubted; which one, two people decide.
 */
export function doubtOf(house: House, transfer: OpenTransfer, move: TransferMove): ChangeSet {
  const reason = move.code === null ? undefined : returnReason(move.code);
  if (!reason?.account || (move.to !== 'failed' && move.to !== 'returned')) return {};
  const at = formatInstant(house.systemNow());
  const { zh, en } = reason.text;
  const label = {
    zh: `收款账户须更正：银行以“${reason.code} ${zh}”退回款项；更正并由另一人复核后方可重新支付`,
    en: `Correct the payee account: the bank sent the money back (${reason.code} ${en}); it is paid again once a second person has approved the account`,
  };
  const notice = {
    zh: `银行退回了您的款项：${reason.code} ${zh}。请登记正确的收款账户，经复核后将重新支付。`,
    en: `The bank sent your payment back: ${reason.code} ${en}. Register the right account; it is paid again once that is approved.`,
  };
  const place = { organisation_id: transfer.organisationId, district: transfer.district };
  return {
    doubtAccounts: [{ transfer_id: transfer.id, code: reason.code, reason: move.reason ?? reason.code, recorded_at: at }],
    openTasks: [
      { id: house.newId(), case_id: transfer.caseId, kind: CORRECTION, role: 'officer', label, due_on: null, opened_at: at, ...place },
    ],
    notifications: [
      {
        id: house.newId(),
        case_id: transfer.caseId,
        audience_role: null,
        organisation_id: transfer.organisationId,
        kind: CORRECTION,
        text: notice,
        recorded_at: at,
      },
    ],
  };
}

/** An account of this organisation was approved by a second person: nobody needs to ask for one any more. */
export const closeCorrections = (tx: Pick<Tx, 'query'>, organisationId: string, at: string): Promise<unknown> =>
  tx.query(
    `UPDATE tasks SET state = 'done', closed_at = $2 WHERE organisation_id = $1 AND kind = '${CORRECTION}' AND state IN ('open', 'claimed')`,
    [organisationId, at],
  );
