import { fundsIn } from '@tranche/ledger';
import type { CaseBundle } from '../audit/case-rows.js';
import { endToEndIdOf } from '../payments/lines.js';
import { checkLines } from './check-lines.js';
import { checkSetOffs } from './check-set-offs.js';
import type { Packet } from './packet.js';
import { type PacketFinding, packetFinding } from './packet-finding.js';
import type { PacketBatch, PacketTransfer } from './witness-rows.js';

/** Transfers, batches, attempts, files and statement lines against the obligations of the record and against each other. */
export function checkPayments(packet: Packet, bundle: CaseBundle): PacketFinding[] {
  return [
    ...checkTransfers(packet, bundle),
    ...checkFunds(packet, bundle),
    ...packet.witnesses.batches.flatMap((batch) => checkBatch(packet, bundle, batch)),
    ...checkSending(packet),
    ...checkStatementLines(packet, bundle),
    ...checkSetOffs(packet),
    ...checkPeople(packet, bundle),
  ];
}

/** States of a transfer while its obligation is in one; a dead try (rejected, cancelled) says nothing of the obligation. */
const statesOf: Readonly<Record<string, readonly string[]>> = {
  requested: ['draft', 'pending_approval', 'approved'],
  sent: ['submitting', 'submitted', 'accepted', 'unknown'],
  settled: ['settled'],
  returned: ['returned'],
  failed: ['failed'],
  cancelled: [],
};
const dead = new Set(['rejected', 'cancelled']);

const paymentFinding = (zh: string, en: string): PacketFinding => packetFinding('payment-differs', zh, en);

function checkTransfers({ payment, witnesses: { transfers } }: Packet, { disbursements }: CaseBundle): PacketFinding[] {
  const known = new Map(disbursements.map((each) => [each.id, each]));
  const wrong = transfers.filter((transfer) => {
    const owed = known.get(transfer.disbursementId);
    return !(
      owed !== undefined &&
      (payment === null || transfer.payment === payment) &&
      transfer.payment === owed.payment &&
      transfer.round === owed.round &&
      transfer.amountFen === owed.amountFen &&
      transfer.endToEndId === endToEndIdOf(transfer.id) &&
      transfer.settledOn === (transfer.state === 'settled' ? owed.settledOn : transfer.state === 'returned' ? transfer.settledOn : null) &&
      (transfer.state !== 'settled' || (transfer.sentOn ?? null) === (owed.sentOn ?? null)) &&
      (dead.has(transfer.state) || (statesOf[owed.state]?.includes(transfer.state) ?? false))
    );
  });
  const sent = disbursements.filter(
    ({ state, payment: own }) => (payment === null || own === payment) && ['sent', 'settled', 'returned', 'failed'].includes(state),
  );
  const missing = sent.filter(({ id }) => !transfers.some(({ disbursementId, state }) => disbursementId === id && !dead.has(state)));
  return [
    ...wrong.map(({ id }) => paymentFinding(`转账 ${id} 与应付款项不符`, `transfer ${id} is not that of its obligation`)),
    ...missing.map(({ payment: own, round }) => paymentFinding(`${own}/${round} 没有转账记录`, `${own}/${round} has no transfer`)),
  ];
}

/** The fiscal year a payment was charged to is that of its fund; every fund named is there. */
function checkFunds({ audience, witnesses: { funds } }: Packet, { disbursements }: CaseBundle): PacketFinding[] {
  if (audience !== 'oversight') return [];
  const years = new Map(funds.map(({ id, fiscalYear }) => [id, fiscalYear]));
  const used = new Set(disbursements.flatMap(({ fundId }) => fundsIn(fundId)));
  const strangers = funds.filter(({ id }) => !used.has(id)).map(({ id }) => id);
  const wrong = disbursements
    .filter(({ fundId, fundYear }) => fundsIn(fundId).some((id) => years.get(id) !== fundYear))
    .map(({ id }) => id);
  return [...strangers, ...wrong].map((id) => paymentFinding(`${id} 的资金或年度不符`, `fund or year of ${id} differs`));
}

/** A batch without its lines is compared with our transfers in it; with them, with the hash that was signed. */
function checkBatch(packet: Packet, { duties }: CaseBundle, batch: PacketBatch): PacketFinding[] {
  const finding = (zh: string, en: string) =>
    packetFinding('batch-differs', `拨付单 ${batch.batchNo}：${zh}`, `batch ${batch.batchNo}: ${en}`);
  const own = packet.witnesses.transfers.filter(({ batchId }) => batchId === batch.id);
  const signatures = batch.approvals.filter(({ decision }) => decision === 'approve');
  const signers = signatures.filter(({ contentHash }) => contentHash === batch.contentHash).map(({ personId }) => personId);
  const signed = signedStates.has(batch.state);
  const reviewers = new Set(duties.map(({ personId }) => personId));
  const people = [batch.makerId, ...signers];
  return [
    ...(own.length > 0 ? [] : [finding('其中没有本案转账', 'it holds no transfer of the case')]),
    ...(own.every((each) => agrees(batch, each)) ? [] : [finding('状态与转账不符', 'its state is not that of its transfers')]),
    ...(!signed || signers.length > 0 ? [] : [finding('没有对这一内容的签批', 'nobody signed this content')]),
    ...(new Set(people).size === people.length && !people.some((person) => reviewers.has(person))
      ? []
      : [finding('经办、复核与本案审核人员有重合', 'maker, checkers and those who decided the case are not all different')]),
    ...(batch.approvals.every(({ decision }) => decision === 'approve' || decision === 'reject')
      ? []
      : [finding('签批意见无法识别', 'an unknown decision')]),
    ...(signed && signatures.length !== signers.length ? [finding('有签批针对其他内容', 'a signature is for another content')] : []),
    ...checkLines(packet, batch, own).map(({ zh, en }) => finding(zh, en)),
  ];
}

const signedStates = new Set(['approved', 'processing', 'done']);
const before = new Set(['draft', 'pending_approval']);
const unsigned = new Set(['draft', 'pending_approval', 'rejected', 'cancelled']);

function agrees({ state, fundId }: PacketBatch, transfer: PacketTransfer): boolean {
  if (fundId === '') return false;
  if (before.has(state)) return transfer.state === state || dead.has(transfer.state);
  if (state === 'rejected' || state === 'cancelled') return dead.has(transfer.state);
  return signedStates.has(state) && (transfer.state === 'cancelled' || !unsigned.has(transfer.state));
}

/** What was sent carries the reference of a transfer that is here. */
function checkSending({ witnesses: { transfers, attempts, files } }: Packet): PacketFinding[] {
  const known = new Map(transfers.map((transfer) => [transfer.id, transfer]));
  const counted = new Map<string, number>();
  const wrongAttempts = attempts.filter(({ transferId, attemptNo, instrId }) => {
    const no = (counted.get(transferId) ?? 0) + 1;
    counted.set(transferId, no);
    return attemptNo !== no || instrId !== `${known.get(transferId)?.endToEndId}A${attemptNo}`;
  });
  return [...wrongAttempts, ...files.filter(({ transferId }) => !known.has(transferId))].map(({ transferId }) =>
    paymentFinding(`发送记录与转账 ${transferId} 不符`, `what was sent is not of transfer ${transferId}`),
  );
}

/** Kind of a match, and the direction of the line it explains. */
const directions: Readonly<Record<string, string>> = { settled: 'debit', returned: 'credit', recovery: 'credit' };

function checkStatementLines({ witnesses: { statementLines, transfers } }: Packet, { recoveries, receipts }: CaseBundle): PacketFinding[] {
  const wrong = statementLines.filter((line) => {
    if (directions[line.matchedAs] !== line.direction) return true;
    if (line.transferId !== null) {
      const transfer = transfers.find(({ id }) => id === line.transferId);
      return (
        line.recoveryNo !== null ||
        transfer?.amountFen !== line.amountFen ||
        (line.endToEndId !== null && line.endToEndId !== transfer.endToEndId)
      );
    }
    return !(
      recoveries.some(({ no }) => no === line.recoveryNo) &&
      receipts.some(({ no, kind, amountFen }) => no === line.recoveryNo && kind === 'received' && amountFen === line.amountFen)
    );
  });
  return wrong.map(({ statementId, lineNo }) =>
    paymentFinding(
      `对账单 ${statementId} 第 ${lineNo} 行与其勾对的款项不符`,
      `line ${lineNo} of statement ${statementId} is not what it was matched with`,
    ),
  );
}

function checkPeople({ witnesses: { people, batches } }: Packet, { events }: CaseBundle): PacketFinding[] {
  const acted = new Set([
    ...events.map(({ actor }) => actor),
    ...batches.flatMap(({ makerId, approvals }) => [makerId, ...approvals.map(({ personId }) => personId)]),
  ]);
  return people
    .filter(({ id }) => !acted.has(id))
    .map(({ id }) => packetFinding('frame-differs', `人员 ${id} 未参与本案`, `person ${id} did nothing on this case`));
}
