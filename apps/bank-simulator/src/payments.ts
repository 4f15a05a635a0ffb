import { type Answer, answerFor, problem } from './answers.js';
import type { Bank, Payment } from './bank.js';
import type { PaymentContent, Plan, Tear } from './book.js';
import { dayOf, startOf } from './clock.js';
import { readContent } from './content.js';
import type { FaultPlan, Strikes } from './faults.js';

/** An answer, or the connection is closed without one. `waitMs` passes before either. */
export type Outcome = { waitMs: number; answer: Answer | 'drop' };

/** `POST /payments`: one reference is booked at most once, whatever goes wrong around it. */
export function pay(bank: Bank, faults: FaultPlan, body: unknown): Outcome {
  const read = readContent(body);
  if (!read.ok) return { waitMs: 0, answer: problem(400, 'invalid-request', read.text, read.endToEndId) };
  const { content, sha256 } = read;
  const strikes = faults.strike('payment', content.endToEndId, content.creditor.accountNo);
  const waitMs = strikes.get('slow')?.ms ?? 0;
  const before = strikes.get('5xx-before-booking');
  if (strikes.has('drop-before-booking')) return { waitMs, answer: 'drop' };
  if (before !== undefined) return { waitMs, answer: problem(before.status, 'unavailable', 'try again later') };
  return { waitMs, answer: book(bank, content, sha256, strikes) };
}

const LIST_MAX = 200;

/**
 * `POST /payments/list`: each payment as if it had come alone. The answer names each by the reference it came under, with the status and body it would
 * have had; one whose answer is lost is not named.
 */
export function payList(bank: Bank, faults: FaultPlan, list: unknown): Outcome {
  if (!Array.isArray(list) || list.length === 0 || list.length > LIST_MAX)
    return { waitMs: 0, answer: problem(400, 'invalid-request', `a list has 1 to ${LIST_MAX} payments`) };
  const outcomes = bank.book.together(() => list.map((each: unknown) => ({ each, outcome: pay(bank, faults, each) })));
  const answers = outcomes.flatMap(({ each, outcome: { answer } }) => {
    if (answer === 'drop') return [];
    const { endToEndId = null } = (each ?? {}) as { endToEndId?: unknown };
    return [{ endToEndId, status: answer.status, body: answer.bytes === undefined ? answer.body : answer.bytes.toString('latin1') }];
  });
  return { waitMs: Math.max(...outcomes.map(({ outcome }) => outcome.waitMs)), answer: { status: 200, body: { answers } } };
}

/** `GET /payments/:endToEndId`: what became of a payment. */
export function inquire(bank: Bank, faults: FaultPlan, endToEndId: string): Outcome {
  const payment = bank.payments.get(endToEndId);
  const strikes = faults.strike('inquiry', endToEndId, payment?.content.creditor.accountNo);
  const waitMs = strikes.get('slow')?.ms ?? 0;
  const failing = strikes.get('5xx-before-booking') ?? strikes.get('5xx-after-booking');
  if (strikes.has('drop-before-booking') || strikes.has('accept-then-drop-connection')) return { waitMs, answer: 'drop' };
  if (failing !== undefined) return { waitMs, answer: problem(failing.status, 'unavailable', 'try again later') };
  if (payment === undefined) return { waitMs, answer: problem(404, 'not-found', 'no payment with this reference', endToEndId) };
  return { waitMs, answer: answerFor(payment, 200, strikes) };
}

function book(bank: Bank, content: PaymentContent, sha256: string, strikes: Strikes): Answer | 'drop' {
  const known = bank.payments.get(content.endToEndId);
  if (known !== undefined && known.contentSha256 !== sha256) {
    return problem(409, 'duplicate-reference', 'this reference is in the book with other content', content.endToEndId);
  }
  const payment = bookOnce(bank, content, sha256, strikes);
  const after = strikes.get('5xx-after-booking');
  if (strikes.has('accept-then-drop-connection')) return 'drop';
  if (after !== undefined) return problem(after.status, 'unavailable', 'something broke');
  return answerFor(payment, payment.status === 'rejected' ? 422 : 200, strikes);
}

/** Books or refuses a payment, unless its reference is in the book; what was decided then stands. */
export function bookOnce(bank: Bank, content: PaymentContent, sha256: string, strikes: Strikes, fileId?: string): Payment {
  const known = bank.payments.get(content.endToEndId);
  if (known !== undefined) return known;
  const refusal = strikes.get('reject') ?? strikes.get('account-closed');
  return refusal === undefined
    ? bank.accept(content, sha256, planOf(bank, strikes), tearOf(strikes), fileId)
    : bank.refuse(content, sha256, refusal.code, refusal.text, fileId);
}

/** Nine o'clock of the next day that is no weekend. */
function nextOpening(nowMs: number): number {
  let at = startOf(dayOf(nowMs)) + DAY_MS;
  while ([0, 6].includes(new Date(at + DAY_MS / 3).getUTCDay())) at += DAY_MS;
  return at + 9 * 3_600_000;
}

const DAY_MS = 86_400_000;

/** The plan a fault writes into the booking, so that it survives a restart. */
function planOf(bank: Bank, strikes: Strikes): Partial<Plan> {
  const settle = strikes.get('pending-then-settle');
  const reject = strikes.get('pending-then-reject');
  const giveBack = strikes.get('return');
  const reason = reject ?? giveBack;
  const closed = strikes.has('cut-off-passed') || strikes.has('holiday');
  const later = (afterMs: number | null) => (afterMs === null ? null : bank.clock.nowMs() + afterMs);
  return {
    ...(closed ? { settleAtMs: nextOpening(bank.clock.nowMs()) } : {}),
    ...(settle === undefined ? {} : { settleAtMs: later(settle.afterMs) }),
    ...(reject === undefined ? {} : { settleAtMs: null, rejectAtMs: later(reject.afterMs ?? 0)! }),
    ...(giveBack === undefined ? {} : { returnAfterMs: giveBack.afterMs ?? 0 }),
    ...(reason === undefined ? {} : { code: reason.code, text: reason.text }),
    ...(strikes.has('duplicate-answer') ? { reportTwice: true as const } : {}),
    ...(strikes.has('no-news') ? { unreported: true as const } : {}),
  };
}

function tearOf(strikes: Strikes): Tear | undefined {
  if (strikes.has('crash-mid-booking')) return 'mid-write';
  return strikes.has('crash-after-booking') ? 'after-write' : undefined;
}
