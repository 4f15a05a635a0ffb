import type { ReceiptEvent, StatementLine, StatusNews } from './receipt.js';

/**
 * camt.054 tells of bookings before the statement that proves them: a debit under our reference has settled, a credit with return
 * information has come back. Other credits wait for the statement, which posts them.
 */
export function statusOfNotice(event: ReceiptEvent): ReceiptEvent | null {
  if (event.kind === 'statement' || event.kind === 'statement-end') return null;
  return event.kind === 'line' ? newsOf(event) : event;
}

function newsOf(line: StatementLine): StatusNews | null {
  const returned = line.returnCode !== null || (line.direction === 'credit' && line.reversal);
  if ((line.endToEndId === null && line.bankRef === null) || (line.direction === 'credit') !== returned) return null;
  return {
    kind: 'status',
    at: line.at,
    level: 'transfer',
    originalMessageId: null,
    originalBlockId: null,
    endToEndId: line.endToEndId,
    instrId: line.instrId,
    bankRef: line.bankRef,
    meaning: returned ? 'returned' : 'settled',
    code: returned ? (line.returnCode ?? 'RVSL') : 'BOOK',
    reasonCode: returned ? (line.returnCode ?? 'NARR') : null,
    reasonText: line.returnText,
    amountFen: line.amountFen,
    on: line.bookedOn,
  };
}
