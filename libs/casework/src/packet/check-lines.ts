import { maskAccount } from '@tranche/identifiers';
import type { Text } from '@tranche/policies';
import { type BatchLine, endToEndIdOf, liveLines, totalOf } from '../payments/lines.js';
import { type ContentForm, type LineProof, linesSigned, provesLine } from '../payments/signed-content.js';
import type { Packet } from './packet.js';
import { linesShown, type PacketBatch, type PacketTransfer } from './witness-rows.js';

/** The form says which of the two shows what was signed: all lines, or those of the case with their paths. */
export function checkLines(packet: Packet, batch: PacketBatch, own: readonly PacketTransfer[]): Text[] {
  const { contentForm: form = 1, signedLines, ownLines = null } = batch;
  if ((form !== 1 && form !== 2) || (form === 1 ? ownLines : signedLines) !== null)
    return [{ zh: '签批内容的形式不符', en: 'what was signed is not in the form the batch names' }];
  if (form === 2) return ownLines === null ? [] : checkOwnLines(packet, { ...batch, contentForm: form }, ownLines, own);
  return signedLines === null ? [] : checkAllLines({ ...batch, contentForm: form }, signedLines, own);
}

type Formed = PacketBatch & { readonly contentForm: ContentForm };

function checkAllLines(batch: Formed, lines: readonly BatchLine[], own: readonly PacketTransfer[]): Text[] {
  const { contentHash, lineCount, totalFen } = batch;
  const wrong: Text[] = [];
  const shown = linesShown(batch.state, lines);
  if (contentHash !== null && linesSigned({ ...batch, contentHash }, shown) === null)
    wrong.push({ zh: '各行内容与签批的哈希不符', en: 'its lines are not those whose hash was signed' });
  if (lines.some(({ transferId, endToEndId }) => endToEndIdOf(transferId) !== endToEndId))
    wrong.push({ zh: '行的端到端编号不符', en: 'a line has another reference than its transfer' });
  const signed = lines.length === lineCount ? lines : liveLines(shown);
  if (signed.length !== lineCount || totalOf(signed).toString() !== totalFen)
    wrong.push({ zh: '行数或合计不符', en: 'count or total is not that of its lines' });
  const stray = own.filter(
    (transfer) =>
      !isLineOf(
        transfer,
        lines.find(({ transferId }) => transferId === transfer.id),
      ),
  );
  return [...wrong, ...stray.map(notItsTransfer)];
}

/** Each line of the case leads by its path to the hash that was signed; what was paid, or is to be, has such a line. */
function checkOwnLines({ caseId, caseNo }: Packet, batch: Formed, proofs: readonly LineProof[], own: readonly PacketTransfer[]): Text[] {
  const { contentHash } = batch;
  const unproven = proofs.filter((proof) => contentHash === null || !provesLine({ ...batch, contentHash }, proof));
  const strangers = proofs.filter(
    ({ line }) =>
      line.caseId !== caseId ||
      line.caseNo !== caseNo ||
      !own.some(({ id, payment }) => id === line.transferId && payment === line.payment),
  );
  const stray = own.filter((transfer) => {
    const line = proofs.find((proof) => proof.line.transferId === transfer.id)?.line;
    // a line that was taken out before the signature is no part of it
    return line === undefined
      ? contentHash !== null && transfer.state !== 'cancelled' && transfer.state !== 'rejected'
      : !isLineOf(transfer, line);
  });
  return [
    ...unproven.map(({ line: { lineNo } }) => ({
      zh: `第 ${lineNo} 行的路径通不到签批的哈希：该行、相邻各行或路径被改动`,
      en: `the path of line ${lineNo} does not lead to the hash that was signed: this line, another of the batch, or the path was changed`,
    })),
    ...strangers.map(({ line: { lineNo } }) => ({ zh: `第 ${lineNo} 行不是本案的`, en: `line ${lineNo} is not of this case` })),
    ...stray.map(notItsTransfer),
  ];
}

const isLineOf = (transfer: PacketTransfer, line: BatchLine | undefined): boolean =>
  line !== undefined &&
  line.lineNo === transfer.lineNo &&
  line.state === transfer.state &&
  line.endToEndId === transfer.endToEndId &&
  line.amountFen === transfer.amountFen &&
  line.disbursementId === transfer.disbursementId &&
  maskAccount(line.accountNo) === transfer.accountMasked;

const notItsTransfer = ({ lineNo }: PacketTransfer): Text => ({
  zh: `第 ${lineNo} 行与转账不符`,
  en: `line ${lineNo} is not its transfer`,
});
