import { dateOf, formatInstant } from '@tranche/calendar';
import type { Actor, Tx } from '@tranche/database';
import { type Explanation, explanations } from '@tranche/ledger';
import { advanceTransfer, type TransferState } from '@tranche/machines';
import { type Done, once, type Request } from '../administration/once.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from '../administration/refused.js';
import { systemCommand } from '../command.js';
import { legalNow } from '../deadlines.js';
import { dispatch } from '../dispatch.js';
import type { House } from '../house.js';
import { worker } from '../outbox.js';
import { recordAnswers } from '../payments/record-answer.js';
import type { Refused } from '../refusal.js';
import { refuseBeyond } from './room.js';
import { receivedUnshown } from './statement-lines.js';
import { explainedRows, identifiedRows } from './suspense.js';
import { closeLineItems, writeMatch } from './write-match.js';

/**
 * What a line is said to be: something of ours; or `interest`, a charge of the bank (a debit, or the credit that makes it good), or money of somebody
 * else (a credit, or the debit that sends it back), each posted as that; or the money of a paper that posted it already (an appropriation, a remittance).
 */
export type LineKind = 'settled' | 'returned' | 'recovery' | 'appropriation' | Explanation;
const isExplanation = (kind: string): kind is Explanation => kind in explanations;
export type NewProposal = {
  readonly lineId: string;
  readonly kind: LineKind;
  readonly transferId?: string;
  readonly recoveryId?: string;
  readonly appropriationId?: string;
  /** of a recovery: the money was recorded before the statement showed it, as this receipt */
  readonly receiptId?: string;
  readonly note: string;
};

type Line = {
  id: string;
  direction: string;
  amountFen: string;
  bookedOn: string;
  bankRef: string | null;
  accountNo: string;
  matched: boolean;
};
const selectLine = `SELECT l.id, l.direction, l.amount_fen::text AS "amountFen", l.booked_on AS "bookedOn", l.bank_ref AS "bankRef", l.account_no AS "accountNo",
  EXISTS (SELECT FROM matches m WHERE m.line_id = l.id) AS matched FROM statement_lines l WHERE l.id = $1`;

/** Says what a line is that did not match by itself. Nothing happens before another person says the same. */
export function proposeLine(
  house: House,
  request: Request,
  given: NewProposal,
): Promise<Done<{ id: string; state: 'proposed' }> | NotDone> {
  return once(house, request, async (tx) => {
    const { rows } = await tx.query<Line>(selectLine, [given.lineId]);
    const [line] = rows;
    if (line === undefined) return notFound();
    if (line.matched) return decidedAlready();
    const wrong = await disagreement(tx, line, given);
    if (wrong) return wrong;
    const id = house.newId();
    const { rowCount } = await tx.query(
      `INSERT INTO line_proposals (id, line_id, kind, transfer_id, recovery_id, appropriation_id, receipt_id, note, state, proposed_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'proposed', $9, $10) ON CONFLICT (line_id) WHERE state <> 'rejected' DO NOTHING`,
      [
        id,
        line.id,
        given.kind,
        given.transferId ?? null,
        given.recoveryId ?? null,
        given.appropriationId ?? null,
        given.receiptId ?? null,
        given.note,
        request.actor.userId,
        formatInstant(house.systemNow()),
      ],
    );
    if (rowCount === 0)
      return notDone('already-exists', '此明细已有待确认的认领。', 'Somebody has said already what this line is; decide on that first.');
    return { id, state: 'proposed' as const };
  });
}

async function disagreement(
  tx: Tx,
  line: Line,
  { kind, transferId, recoveryId, appropriationId, receiptId }: NewProposal,
): Promise<NotDone | null> {
  const differs = (field: string, zh: string, en: string) => notDone('data-invalid', zh, en, field);
  const named = [
    (kind === 'settled' || kind === 'returned') === (transferId !== undefined),
    (kind === 'recovery') === (recoveryId !== undefined),
    (kind === 'appropriation') === (appropriationId !== undefined),
    receiptId === undefined || kind === 'recovery',
  ];
  if (named.includes(false))
    return differs(
      'kind',
      '请指明所属的转账、追回或指标文件。',
      'Name the transfer for settled and returned, the recovery for a recovery, the paper for an appropriation, none of them for anything else.',
    );
  if ((kind === 'settled' && line.direction !== 'debit') || ((kind === 'returned' || kind === 'recovery') && line.direction !== 'credit'))
    return differs('kind', '借贷方向与所述不符。', 'A settlement is a debit; a return or a recovery is a credit.');
  if (kind === 'interest' && line.direction !== 'credit')
    return differs('kind', '利息为收入；银行扣收的请选银行收费。', 'Interest is a credit; what the bank took is a charge.');
  if (isExplanation(kind)) {
    const { rowCount } = await tx.query('SELECT FROM funds WHERE debtor_account_no = $1', [line.accountNo]);
    return rowCount === 0
      ? differs('lineId', '该账户不属于任何资金。', 'This account belongs to no fund.')
      : refuseBeyond(tx, { ...line, kind });
  }
  if (appropriationId !== undefined) return notOfPaper(tx, line, appropriationId);
  if (recoveryId !== undefined && receiptId !== undefined) return notOfReceipt(tx, line, recoveryId, receiptId);
  if (recoveryId !== undefined) {
    const { rowCount } = await tx.query('SELECT FROM recoveries WHERE id = $1 AND state <> $2', [recoveryId, 'closed']);
    return rowCount === 0 ? notFound() : null;
  }
  if (transferId === undefined) return null;
  const { rows } = await tx.query<{ state: TransferState; amountFen: string; accountNo: string; matched: boolean }>(
    `SELECT t.state, t.amount_fen::text AS "amountFen", f.debtor_account_no AS "accountNo", EXISTS (SELECT FROM matches m WHERE m.transfer_id = t.id AND m.kind = $2) AS matched
     FROM transfers t JOIN batches b ON b.id = t.batch_id JOIN funds f ON f.id = b.fund_id WHERE t.id = $1`,
    [transferId, kind],
  );
  const [transfer] = rows;
  if (transfer === undefined) return notFound();
  if (transfer.amountFen !== line.amountFen || transfer.accountNo !== line.accountNo)
    return differs('transferId', '金额或账户与此转账不符。', 'The amount or the account is not that of this transfer.');
  if (transfer.matched) return differs('transferId', '此转账已对上其他明细。', 'Another line is matched to this transfer already.');
  if (!advanceTransfer(transfer.state, kind === 'settled' ? 'bank.settled' : 'bank.returned').ok)
    return differs('transferId', `此转账现为 ${transfer.state}，与此矛盾。`, `The transfer is ${transfer.state}, which contradicts this.`);
  return null;
}

/** The money of a receipt that was recorded before: the same recovery, the same amount, shown by no other line, and not told by one. */
async function notOfReceipt(tx: Tx, line: Line, recoveryId: string, receiptId: string): Promise<NotDone | null> {
  const { rowCount } = await tx.query(
    `SELECT FROM recovery_receipts x WHERE x.id = $1 AND x.recovery_id = $2 AND x.kind = 'received' AND x.amount_fen = $3 AND NOT EXISTS (SELECT FROM matches m WHERE m.receipt_id = x.id)
       AND $3::bigint <= ${receivedUnshown('x.case_id')}`,
    [receiptId, recoveryId, line.amountFen],
  );
  if (rowCount === 1) return null;
  return notDone(
    'data-invalid',
    '金额与此到账记录不符，或已有对账明细与其对应。',
    'The amount is not that of this receipt, or a line shows it already.',
    'receiptId',
  );
}

/** An appropriation is a credit, a recall or a remittance a debit, of exactly its amount, on the account of its fund, shown by one line. */
async function notOfPaper(tx: Tx, line: Line, appropriationId: string): Promise<NotDone | null> {
  const { rowCount } = await tx.query(
    `SELECT FROM appropriations g JOIN funds f ON f.id = g.fund_id WHERE g.id = $1 AND g.state = 'approved' AND g.amount_fen = $2 AND f.debtor_account_no = $3
       AND $4 = CASE g.kind WHEN 'increase' THEN 'credit' ELSE 'debit' END AND NOT EXISTS (SELECT FROM matches m WHERE m.appropriation_id = g.id)`,
    [appropriationId, line.amountFen, line.accountNo, line.direction],
  );
  if (rowCount === 1) return null;
  return notDone(
    'data-invalid',
    '金额、账户或收付方向与此文件不符，或已对上其他明细。',
    'Amount, account or direction is not that of this paper, or another line shows it already.',
    'appropriationId',
  );
}

type Proposal = {
  receiptId: string | null;
  id: string;
  kind: LineKind;
  state: string;
  proposedBy: string;
  transferId: string | null;
  recoveryId: string | null;
  appropriationId: string | null;
  note: string;
  lineId: string;
  amountFen: string;
  bookedOn: string;
  bankRef: string | null;
};
const selectProposal = `SELECT p.id, p.kind, p.state, p.proposed_by AS "proposedBy", p.transfer_id AS "transferId", p.recovery_id AS "recoveryId", p.appropriation_id AS "appropriationId", p.receipt_id AS "receiptId", p.note, l.id AS "lineId",
  l.amount_fen::text AS "amountFen", l.booked_on AS "bookedOn", l.bank_ref AS "bankRef" FROM line_proposals p JOIN statement_lines l ON l.id = p.line_id WHERE p.id = $1`;

/**
 * The second person: confirms what a line is said to be, which then happens through the one door (a settlement, a return, the receipt of a
 * recovery), or rejects it, and anybody may say something else. The same request again goes on where an earlier one ended.
 */
export async function decideLine(
  house: House,
  request: Request,
  { proposalId, decision }: { readonly proposalId: string; readonly decision: 'confirm' | 'reject' },
): Promise<Done<{ id: string; state: string }> | NotDone | Refused> {
  const [proposal] = await house.database.read<Proposal>(request.actor, selectProposal, [proposalId]);
  if (proposal === undefined) return notFound();
  if (decision === 'confirm' && proposal.kind === 'recovery' && proposal.receiptId === null && proposal.state === 'proposed') {
    if (proposal.proposedBy === request.actor.userId) return anotherPerson();
    const refused = await receiveRecovery(house, request.actor, proposal);
    if (refused) return refused;
  }
  const decided = await once(house, request, (tx) => decide(tx, request.actor, proposalId, decision));
  if (decided.ok && decision === 'confirm') await applyProposal(house, proposal);
  return decided;
}

async function decide(tx: Tx, { userId }: Actor, id: string, decision: 'confirm' | 'reject') {
  const { rows } = await tx.query<{
    state: string;
    proposedBy: string;
    decidedBy: string | null;
    kind: string;
    accountNo: string;
    direction: string;
    amountFen: string;
  }>(
    `SELECT p.state, p.proposed_by AS "proposedBy", p.decided_by AS "decidedBy", p.kind, l.account_no AS "accountNo", l.direction, l.amount_fen::text AS "amountFen"
     FROM line_proposals p JOIN statement_lines l ON l.id = p.line_id WHERE p.id = $1`,
    [id],
  );
  const [found] = rows;
  if (found === undefined) return notFound();
  const state = decision === 'confirm' ? 'confirmed' : 'rejected';
  if (found.state === state && found.decidedBy === userId) return { id, state };
  if (found.state !== 'proposed') return decidedAlready();
  if (found.proposedBy === userId) return anotherPerson();
  const beyond = decision === 'confirm' ? await refuseBeyond(tx, found, true) : null;
  if (beyond) return beyond;
  await tx.query('UPDATE line_proposals SET state = $2, decided_by = $3 WHERE id = $1', [id, state, userId]);
  return { id, state };
}

/** Confirmed proposals that did not come to their match (a process ended in between) are carried out. Returns how many. */
export async function resumeProposals(house: House): Promise<number> {
  const rows = await house.database.read<{ id: string }>(
    worker,
    `SELECT p.id FROM line_proposals p WHERE p.state = 'confirmed' AND NOT EXISTS (SELECT FROM matches m WHERE m.proposal_id = p.id) ORDER BY p.id LIMIT 100`,
  );
  for (const { id } of rows) {
    const [proposal] = await house.database.read<Proposal>(worker, selectProposal, [id]);
    if (proposal) await applyProposal(house, proposal);
  }
  return rows.length;
}

const matchOf = (house: House, proposal: Proposal) => ({
  line_id: proposal.lineId,
  kind: proposal.kind,
  transfer_id: proposal.transferId,
  recovery_id: proposal.recoveryId,
  appropriation_id: proposal.appropriationId,
  receipt_id: proposal.receiptId,
  rule: 'two-persons',
  proposal_id: proposal.id,
  matched_by: proposal.proposedBy,
  recorded_at: formatInstant(house.systemNow()),
});

async function applyProposal(house: House, proposal: Proposal): Promise<void> {
  const { kind, transferId, receiptId, lineId, bankRef, bookedOn, note } = proposal;
  const today = dateOf(await legalNow(house));
  const posted = isExplanation(kind)
    ? await explainedRows(house, lineId, kind, today)
    : kind === 'returned' || kind === 'appropriation' || receiptId !== null
      ? await identifiedRows(house, lineId)
      : {};
  const rows = { matchLines: [matchOf(house, proposal)], ...posted };
  if (transferId !== null) {
    const reference = bankRef ?? '';
    const answer =
      kind === 'settled'
        ? { kind: 'settled' as const, bankRef: reference, settledOn: bookedOn }
        : { kind: 'returned' as const, bankRef: reference, settledOn: bookedOn, returnedOn: bookedOn, code: 'NARR', text: note };
    await recordAnswers(house, house.bank, [{ transferId, exchange: { answer, response: null }, fromFile: rows }]);
  }
  // where the transfer stood so already, nobody had to be told
  await writeMatch(house, lineId, rows);
  await closeLineItems(house, lineId);
}

/**
 * A credit that pays a recovery: the case hears `recovery.received` in the name of who proposed it, in one transaction with the confirmation,
 * the match, and the posting that takes the money out of the unidentified receipts.
 */
async function receiveRecovery(house: House, confirmer: Actor, proposal: Proposal): Promise<Refused | null> {
  const { lineId, recoveryId, amountFen, bookedOn, bankRef, proposedBy } = proposal;
  const [recovery] = await house.database.read<{ caseId: string; role: Actor['role'] }>(
    worker,
    `SELECT r.case_id AS "caseId", u.role FROM recoveries r, users u WHERE r.id = $1 AND u.id = $2`,
    [recoveryId, proposedBy],
  );
  if (recovery === undefined) throw new Error(`recovery ${recoveryId} is gone`);
  const proposer: Actor = { userId: proposedBy, role: recovery.role, organisationId: null, district: null, seesAs: 'system' };
  const command = systemCommand({
    caseId: recovery.caseId,
    type: 'recovery.received',
    data: { amountFen, reference: bankRef ?? lineId },
    key: `line:${lineId}`,
    cause: 'bank',
    on: bookedOn,
    along: { matchLines: [matchOf(house, proposal)], ...(await identifiedRows(house, lineId)) },
  });
  const answer = await dispatch(house, proposer, {
    ...command,
    apply: async (tx) => {
      await tx.query(`UPDATE line_proposals SET state = 'confirmed', decided_by = $2 WHERE id = $1 AND state = 'proposed'`, [
        proposal.id,
        confirmer.userId,
      ]);
      return undefined;
    },
  });
  return answer.ok ? null : answer;
}
