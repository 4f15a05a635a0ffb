import type { AdvancePayment, Policy } from '@tranche/policies';
import { type CaseContext, type PaymentContext, paymentOf, refundId } from './context.js';

/** Fen of a stored amount. */
export const fen = (amount: string): bigint => BigInt(amount);
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const total = (context: CaseContext, of: (payment: PaymentContext) => string): bigint =>
  Object.values(context.payments).reduce((sum, payment) => sum + fen(of(payment)), 0n);

/** What arrived of one payment and was not returned. */
export const arrivedFen = (payment: PaymentContext): bigint => payment.settled.reduce((sum, part) => sum + fen(part.amountFen), 0n);
export const paidFen = (context: CaseContext): bigint =>
  Object.values(context.payments).reduce((sum, payment) => sum + arrivedFen(payment), 0n);
/** Requested or sent: money that may still arrive. */
export const inFlightFen = (context: CaseContext): bigint =>
  total(context, (payment) => payment.pendingFen) + total(context, (payment) => payment.sentFen);
/** What the payee paid back. */
export const recoveredFen = (context: CaseContext): bigint => context.recovered.reduce((sum, part) => sum + fen(part.amountFen), 0n);
/** Everything out or on its way, less what came back. */
export const committedFen = (context: CaseContext): bigint =>
  paidFen(context) - recoveredFen(context) - fen(context.writtenOffFen) + inFlightFen(context);

/**
 * The one money rule: payable = entitled − (paid − recovered − written off) − sent − pending.
 * Positive: the remainder opens. Negative: what is not yet sent shrinks or lapses; still negative
 * when nothing is in flight: recovery. `null` while the entitlement is not fixed.
 */
export const payableFen = (context: CaseContext): bigint | null =>
  context.entitledFen === null ? null : fen(context.entitledFen) - committedFen(context);

/** Paid beyond the entitlement, once nothing is in flight; otherwise 0. */
export function excessFen(context: CaseContext): bigint {
  const payable = payableFen(context);
  return payable !== null && payable < 0n && inFlightFen(context) === 0n ? -payable : 0n;
}

/** Failed, rejected or withdrawn: nothing new is paid, whatever may be kept. */
export const isVoid = (context: CaseContext): boolean => context.entitledBy === lostBy;
/** `entitledBy` when no row of the plan fixed the entitlement but its loss did. */
export const lostBy = -1;

/** After a loss: what the policy lets the payee keep, and never more than is actually with the payee or on its way there. */
export function keptFen(context: CaseContext, policy: Policy): bigint {
  const name = policy.plan.acceptance?.onFailure;
  const kept = name === undefined || context.reached['failed'] === undefined ? 0n : fen(context.amounts[name] ?? '0');
  const out = Object.entries(context.payments).filter(([id]) => id !== refundId);
  return least(
    kept,
    out.reduce((sum, [, payment]) => sum + arrivedFen(payment) + fen(payment.sentFen), 0n),
  );
}

/**
 * What a payment may be requested for now (its own pending request left out of account).
 * `null` = not known yet; zero or less = nothing.
 */
export function claimFen(context: CaseContext, id: string, policy: Policy): bigint | null {
  const advance = policy.plan.advances.find((candidate) => candidate.id === id);
  if (advance) return advanceFen(context, advance, policy);
  return id === refundId ? refundFen(context) : remainderFen(context, id, policy);
}

function advanceFen(context: CaseContext, advance: AdvancePayment, policy: Policy): bigint | null {
  const payment = paymentOf(context, advance.id);
  const payable = payableFen(context);
  if (isVoid(context)) return 0n;
  if (payable !== null) return payment.claimFen === null ? 0n : least(fen(payment.claimFen), payable + fen(payment.pendingFen));
  const share = advanceShareFen(context, policy);
  const amount = context.amounts[advance.amount];
  if (share === null || amount === undefined) return null;
  return least(fen(amount), share - committedFen(context) + fen(payment.pendingFen));
}

/** Σ of all advances of the approved estimate: before assessment no more than this is ever out. */
export function advanceShareFen(context: CaseContext, policy: Policy): bigint | null {
  const amounts = policy.plan.advances.map((advance) => context.amounts[advance.amount]);
  return amounts.reduce<bigint | null>((sum, amount) => (sum === null || amount === undefined ? null : sum + fen(amount)), 0n);
}

/** All that is payable and not claimed by an advance that is due. */
function remainderFen(context: CaseContext, id: string, policy: Policy): bigint | null {
  const payable = payableFen(context);
  if (payable === null) return null;
  if (isVoid(context)) return 0n;
  const claimed = policy.plan.advances.reduce((sum, advance) => sum + openClaimFen(paymentOf(context, advance.id)), 0n);
  return payable + fen(paymentOf(context, id).pendingFen) - claimed;
}

const openClaimFen = (payment: PaymentContext): bigint =>
  payment.claimFen !== null && payment.pendingFen === '0' && payment.sentFen === '0' ? fen(payment.claimFen) : 0n;

/** Nothing more is earned, yet more was recovered than is owed: a payment came back after it had been repaid. */
export function refundFen(context: CaseContext): bigint {
  const payable = payableFen(context) ?? 0n;
  return isVoid(context) ? payable + fen(paymentOf(context, refundId).pendingFen) : 0n;
}

/**
 * What is left of a write-off after money came back by itself: only an excess that still exists stays written off.
 */
export function writtenOffAfterReturn(context: CaseContext): string {
  if (context.writtenOffFen === '0' || context.entitledFen === null) return context.writtenOffFen;
  const excess = paidFen(context) - recoveredFen(context) - fen(context.entitledFen);
  return String(excess <= 0n ? 0n : least(fen(context.writtenOffFen), excess));
}
