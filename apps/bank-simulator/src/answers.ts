import type { Bank, Payment } from './bank.js';
import type { Strikes } from './faults.js';

/** What goes back over the wire; `bytes` replaces the body where the answer is to be garbage. */
export interface Answer {
  status: number;
  body: unknown;
  bytes?: Buffer;
  /** of `bytes`; JSON otherwise */
  mediaType?: string;
  /** file name to save `bytes` under */
  name?: string;
}

/** A payment in the words of the bank's interface. */
export function describe(payment: Payment): Record<string, unknown> {
  const { content, status, bankRef, settledOn, returnedOn, code, text } = payment;
  return { endToEndId: content.endToEndId, amountFen: content.amountFen, status, bankRef, settledOn, returnedOn, code, text };
}

/** The answer about a payment, after the faults that falsify answers had their way with it. */
export function answerFor(payment: Payment, status: number, strikes: Strikes): Answer {
  const body = describe(payment);
  if (strikes.has('wrong-amount-answer')) body['amountFen'] = String(BigInt(payment.content.amountFen) + 1n);
  if (strikes.has('wrong-reference-answer')) body['endToEndId'] = `${payment.content.endToEndId.slice(0, -1)}?`;
  return strikes.has('garbage-answer')
    ? { status, body, bytes: Buffer.from('<html>\u0000\xff not what you expect', 'latin1') }
    : { status, body };
}

/** An error of the interface: a stable code, what is wrong, and the reference it is about where one could be read. */
export function problem(status: number, code: string, text: string, endToEndId?: string | null): Answer {
  return { status, body: { code, text, ...(endToEndId ? { endToEndId } : {}) } };
}

/** All bookings and their sums, as an auditor of the bank would read them. */
export function bookOf(bank: Bank): Record<string, unknown> {
  const sums = { pending: 0n, settled: 0n, rejected: 0n, returned: 0n };
  const bookings = [...bank.payments.values()].map((payment) => {
    sums[payment.status] += BigInt(payment.content.amountFen);
    return {
      ...describe(payment),
      debtor: payment.content.debtor,
      creditor: payment.content.creditor,
      remittance: payment.content.remittance,
    };
  });
  const sumsFen = Object.fromEntries(Object.entries(sums).map(([status, fen]) => [status, fen.toString()]));
  return { bookings, count: bookings.length, sumsFen, tornBytes: bank.book.tornBytes };
}
