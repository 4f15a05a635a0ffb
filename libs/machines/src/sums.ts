import { type AdvancePayment, holds, type Policy } from '@tranche/policies';
import { type CaseContext, claimOf, grantedIds, type PaymentContext, paymentOf, refundId } from './context.js';
import { allReached } from './marks.js';

/** Fen of a stored amount. */
export const fen = (amount: string): bigint => (amount === '0' ? 0n : BigInt(amount));
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
/** Asked by most conditions of every round: without a list in between. */
function total({ payments }: CaseContext, of: (payment: PaymentContext) => bigint): bigint {
  let sum = 0n;
  for (const id in payments) sum += of(payments[id] as PaymentContext);
  return sum;
}

/** What arrived of one payment and was not returned. */
export const arrivedFen = (payment: PaymentContext): bigint => payment.settled.reduce((sum, part) => sum + fen(part.amountFen), 0n);
export const paidFen = (context: CaseContext): bigint => total(context, arrivedFen);
/** Requested or sent: money that may still arrive. */
export const inFlightFen = (context: CaseContext): bigint => total(context, (payment) => fen(payment.pendingFen) + fen(payment.sentFen));
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

/** Where the jurisdiction publishes before payment: nobody has objected, and payments may open. Elsewhere nothing waits for that. */
export const isAnnounced = ({ limits, reached }: CaseContext): boolean =>
  limits.notice?.mode !== 'before' || reached['cleared'] !== undefined;

/** The sum of the periods granted. */
export const earnedFen = ({ claims }: CaseContext): bigint =>
  claims ? Object.values(claims.granted).reduce((sum, { fen: amount }) => sum + fen(amount), 0n) : 0n;

/** No more than the plan's ceiling, where it has one and it is known. */
export function underCeiling(context: CaseContext, policy: Policy, amount: bigint): bigint {
  const ceiling = policy.plan.ceiling && context.amounts[policy.plan.ceiling.amount];
  return ceiling === undefined ? amount : least(amount, fen(ceiling));
}

/** After a loss: what the policy lets the payee keep, and never more than is actually with the payee or on its way there. */
export function keptFen(context: CaseContext, policy: Policy): bigint {
  const name = policy.plan.acceptance?.onFailure;
  const kept = name === undefined || context.reached['failed'] === undefined ? 0n : fen(context.amounts[name] ?? '0');
  const own = Object.entries(context.payments).filter(([id]) => id !== refundId);
  const out = own.reduce((sum, [, payment]) => sum + arrivedFen(payment) + fen(payment.sentFen), 0n);
  return expired(context, policy) ? out : least(kept, out);
}

/** Nothing came in time, and what was paid is kept; a rejection, a failure or a voiding event goes before it. */
export const expired = (context: CaseContext, policy: Policy): boolean =>
  policy.plan.expiry?.outcome === 'keepPaid' && context.reached['expired'] !== undefined && !lost(context, policy);

/** Failed, rejected, withdrawn, or a milestone that voids was reached. */
export const lost = ({ reached }: CaseContext, { plan }: Policy): boolean =>
  reached['failed'] !== undefined ||
  reached['rejected'] !== undefined ||
  reached['withdrawn'] !== undefined ||
  (plan.expiry?.outcome === 'void' && reached['expired'] !== undefined) ||
  plan.milestones.some(({ id, voids }) => voids && reached[id] !== undefined);

/**
 * What a payment may be requested for now (its own pending request left out of account).
 * `null` = not known yet; zero or less = nothing.
 */
export function claimFen(context: CaseContext, id: string, policy: Policy): bigint | null {
  const advance = policy.plan.advances.find((candidate) => candidate.id === id);
  if (advance) return advanceFen(context, advance, policy);
  if (claimOf(id) !== undefined) return periodFen(context, id, policy);
  return id === refundId ? refundFen(context) : remainderFen(context, id, policy);
}

function advanceFen(context: CaseContext, advance: AdvancePayment, policy: Policy): bigint | null {
  const payment = paymentOf(context, advance.id);
  const payable = payableFen(context);
  if (isVoid(context)) return 0n;
  if (payable !== null) return payment.claimFen === null ? 0n : least(fen(payment.claimFen), payable + fen(payment.pendingFen));
  if (holds(advance.when, context.conditions ?? {}) === false) return 0n;
  const share = advanceShareFen(context, policy);
  const amount = context.amounts[advance.amount];
  if (share === null || amount === undefined) return null;
  const most = underCeiling(context, policy, share + earnedFen(context));
  return least(fen(amount), most - committedFen(context) + fen(payment.pendingFen));
}

/**
 * Of a period: no more than what was granted and is not with the payee, nor than what is earned and not out by now, nor than the other periods
 * that are due leave. Nothing while the claim is not open.
 */
function periodFen(context: CaseContext, id: string, policy: Policy): bigint {
  const granted = context.claims?.granted[id];
  const claim = policy.plan.claims?.find((candidate) => candidate.id === claimOf(id));
  if (!granted || !claim || isVoid(context) || lost(context, policy) || !allReached(context, claim.opens) || !isAnnounced(context))
    return 0n;
  const payment = paymentOf(context, id);
  const most = context.entitledFen === null ? underCeiling(context, policy, earnedFen(context)) : fen(context.entitledFen);
  const left = most - committedFen(context) + fen(payment.pendingFen) - claimedBeside(context, id, policy);
  return least(fen(granted.fen) - arrivedFen(payment) + repaidFen(context, id) - fen(payment.sentFen), left);
}

/** What the payee paid back of one payment. */
const repaidFen = (context: CaseContext, id: string): bigint =>
  context.recovered.reduce((sum, part) => (part.payment === id ? sum + fen(part.amountFen) : sum), 0n);

/**
 * What advances and other periods are due for and have not asked. An advance goes before the periods filed since it fell due, however late it is
 * asked for or asked for again: who gets his turn first at the worker decides nothing. Once the entitlement is fixed it goes before all of them.
 */
function claimedBeside(context: CaseContext, id: string, policy: Policy): bigint {
  const filedOn = context.claims?.granted[id]?.filedOn ?? '';
  const before = (advance: AdvancePayment): boolean => context.entitledFen !== null || fellDueBy(context, advance, filedOn);
  const advances = policy.plan.advances.filter(before).map((advance) => advance.id);
  const periods = context.claims ? grantedIds(context.claims).filter((other) => other !== id) : [];
  return [...advances, ...periods].reduce((sum, other) => sum + openClaimFen(paymentOf(context, other)), 0n);
}

/** Were all the marks that open it reached by this day? */
const fellDueBy = ({ reached }: CaseContext, { opens }: AdvancePayment, day: string): boolean =>
  opens.every((mark) => reached[mark] !== undefined && reached[mark] <= day);

/** Σ of all advances of the approved estimate: before assessment no more than this is ever out. */
export function advanceShareFen(context: CaseContext, policy: Policy): bigint | null {
  const wanted = policy.plan.advances.filter((advance) => holds(advance.when, context.conditions ?? {}) !== false);
  const amounts = wanted.map((advance) => context.amounts[advance.amount]);
  return amounts.reduce<bigint | null>((sum, amount) => (sum === null || amount === undefined ? null : sum + fen(amount)), 0n);
}

/** All that is payable and not claimed by an advance that is due. */
function remainderFen(context: CaseContext, id: string, policy: Policy): bigint | null {
  const payable = payableFen(context);
  if (payable === null) return null;
  if (isVoid(context)) return 0n;
  const beside = [...policy.plan.advances.map((advance) => advance.id), ...(context.claims ? grantedIds(context.claims) : [])];
  const claimed = beside.reduce((sum, other) => sum + openClaimFen(paymentOf(context, other)), 0n);
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
 * What is left of a write-off after money came back by itself, or turned out to be earned: only an excess that still exists stays
 * written off.
 */
export function writtenOffStill(context: CaseContext): string {
  if (context.writtenOffFen === '0' || context.entitledFen === null) return context.writtenOffFen;
  const excess = paidFen(context) - recoveredFen(context) - fen(context.entitledFen);
  return String(excess <= 0n ? 0n : least(fen(context.writtenOffFen), excess));
}
