import { greatest, least, sum } from '@tranche/money';
import { merged } from './entries.js';
import type { Entry, PaymentStanding, Standing } from './movement.js';

/** What one payment means for the payee: earned (expense), written off, and still to be cleared (advance or recovery). */
type Claim = {
  readonly row: PaymentStanding;
  readonly earnedFen: bigint;
  readonly writtenOffFen: bigint;
  readonly openFen: bigint;
  /** paid back beyond what was due: negative, and left over after setting it off inside the fund */
  readonly refundFen: bigint;
};

/** A part of a sum, on the payment and the fund it belongs to. */
export type Part = { readonly payment: string; readonly fund: string; readonly amountFen: bigint };

const outFen = (row: PaymentStanding): bigint => row.pendingFen + row.sentFen + row.paidFen;

function requireSound({ payments, entitledFen, recoveredFen: told, writtenOffFen }: Standing): void {
  let [recoveredFen, sound] = [0n, writtenOffFen >= 0n && (entitledFen ?? 0n) >= 0n];
  for (const row of payments) {
    sound &&= row.pendingFen >= 0n && row.sentFen >= 0n && row.paidFen >= 0n && row.recoveredFen >= 0n;
    recoveredFen += row.recoveredFen;
  }
  if (!sound) throw new Error('a standing has a negative amount');
  if (recoveredFen !== told) throw new Error(`recovered ${told} fen, but ${recoveredFen} on the payments`);
}

/** Fills the rooms in the given order until the amount is used up; returns what each room took. */
function fill(amountFen: bigint, rooms: readonly bigint[]): bigint[] {
  let left = amountFen;
  return rooms.map((room) => {
    const taken = greatest(least(room, left), 0n);
    left -= taken;
    return taken;
  });
}

/** As `fill`, from the last room backward. */
const fillBackward = (amountFen: bigint, rooms: readonly bigint[]): bigint[] => fill(amountFen, rooms.toReversed()).toReversed();

/** Sets payments paid back beyond their due off against open ones of the same fund, the last first. */
function setOff(rows: readonly PaymentStanding[], rests: readonly bigint[]): bigint[] {
  const settled = [...rests];
  if (rests.every((fen) => fen >= 0n)) return settled;
  for (const fund of new Set(rows.map((row) => row.fund))) {
    const own = rows.flatMap((row, at) => (row.fund === fund ? [at] : []));
    const surplusFen = sum(own.map((at) => greatest(-rests[at]!, 0n)));
    const covered = fillBackward(
      surplusFen,
      own.map((at) => rests[at]!),
    );
    const used = fillBackward(
      sum(covered),
      own.map((at) => -rests[at]!),
    );
    own.forEach((at, index) => {
      settled[at] = rests[at]! - covered[index]! + used[index]!;
    });
  }
  return settled;
}

/** Every payment's claim, in plan order. The rules are those of `position`. */
function claimsOf(standing: Standing): Claim[] {
  requireSound(standing);
  const rows = standing.payments;
  const kept = rows.map((row) => outFen(row) - row.recoveredFen);
  const earned = fill(standing.entitledFen ?? 0n, kept);
  const rests = setOff(
    rows,
    kept.map((fen, at) => fen - earned[at]!),
  );
  const writtenOff = fillBackward(standing.writtenOffFen, rests);
  return rows.map((row, at) => ({
    row,
    earnedFen: earned[at]!,
    writtenOffFen: writtenOff[at]!,
    openFen: greatest(rests[at]!, 0n) - writtenOff[at]!,
    refundFen: least(rests[at]!, 0n),
  }));
}

/**
 * What the payee has earned, owes or is owed, as balances per fund and account of the cash book; the claims' side of every posting.
 *
 * Per payment, kept = promised + sent + arrived − recovered. The entitlement is matched to what is kept in plan order: 5001 expense.
 * The rest is 1202 when an open recovery claims it back, else 1201 (and 1201 while no entitlement is fixed). Less than nothing kept —
 * a payment came back after its recovery was paid — is first set off against open payments of the same fund, then 2104: to be refunded.
 * Write-offs are matched to the open rest from the last payment backward: 5009. A write-off larger than the open rest is not owed to
 * the payee: the expense of 5009 shrinks by itself when written-off money comes back or turns out to be earned.
 * A fund's balances always sum to its kept money, so no change of the entitlement moves anything between funds.
 * Throws when an amount is negative or the recovered total is not that of the payments: a bug of the caller.
 */
export function position(standing: Standing): Entry[] {
  const restAccount = standing.recoveryOpen && standing.entitledFen !== null ? '1202' : '1201';
  const entries: Entry[] = [];
  for (const { row, earnedFen, writtenOffFen, openFen, refundFen } of claimsOf(standing)) {
    const { fund } = row;
    entries.push(
      { fund, book: 'cash', account: restAccount, amountFen: openFen },
      { fund, book: 'cash', account: '2104', amountFen: refundFen },
      { fund, book: 'cash', account: '5001', amountFen: earnedFen },
      { fund, book: 'cash', account: '5009', amountFen: writtenOffFen },
    );
  }
  return merged(entries);
}

const parts = (claims: readonly Claim[], amounts: readonly bigint[]): Part[] =>
  claims
    .map(({ row }, at) => ({ payment: row.payment, fund: row.fund, amountFen: amounts[at]! }))
    .filter(({ amountFen }) => amountFen > 0n);

function requirePositive(amountFen: bigint): void {
  if (amountFen <= 0n) throw new RangeError(`a part of nothing: ${amountFen} fen`);
}

/** What the payee still owes over all funds: neither earned, recovered nor written off. */
export const openFen = (standing: Standing): bigint => sum(claimsOf(standing).map((claim) => claim.openFen));

/** What is owed to the payee over all funds, because a payment came back after its recovery was paid. */
export const refundableFen = (standing: Standing): bigint => -sum(claimsOf(standing).map((claim) => claim.refundFen));

/**
 * Matches money received from the payee to open payments, the last first: make one `recovered` flow of each part and add
 * it to that payment's `recoveredFen`. Money beyond what is open stands on the last payment that arrived and becomes a refund payable
 * (2104); check against `openFen` first where that is not wanted. Throws RangeError for an amount ≤ 0 or without payments.
 */
export function splitRecovery(standing: Standing, amountFen: bigint): Part[] {
  requirePositive(amountFen);
  const claims = claimsOf(standing);
  if (claims.length === 0) throw new RangeError('nothing was ever paid that could be recovered');
  const taken = fillBackward(
    amountFen,
    claims.map((claim) => claim.openFen),
  );
  const arrived = claims.findLastIndex((claim) => claim.row.paidFen > 0n);
  const last = arrived < 0 ? claims.length - 1 : arrived;
  return parts(
    claims,
    taken.map((fen, at) => (at === last ? fen + amountFen - sum(taken) : fen)),
  );
}

/** What the payee still owes on payments out of one fund. */
export const openInFundFen = (standing: Standing, fund: string): bigint =>
  sum(claimsOf(standing).map((claim) => (claim.row.fund === fund ? claim.openFen : 0n)));

/**
 * Matches an amount set off against a payment of another case to open payments out of the same fund, the last first: one `setOff` flow each,
 * to be added to that payment's `recoveredFen`. RangeError beyond `openInFundFen`.
 */
export function splitSetOff(standing: Standing, fund: string, amountFen: bigint): Part[] {
  requirePositive(amountFen);
  const claims = claimsOf(standing);
  const taken = fillBackward(
    amountFen,
    claims.map((claim) => (claim.row.fund === fund ? claim.openFen : 0n)),
  );
  if (sum(taken) !== amountFen) throw new RangeError(`cannot set off ${amountFen} fen: only ${sum(taken)} are open in fund ${fund}`);
  return parts(claims, taken);
}

/** Matches an amount written off to open payments, the last first: one `writtenOff` flow each. RangeError beyond `openFen`. */
export function splitWriteOff(standing: Standing, amountFen: bigint): Part[] {
  requirePositive(amountFen);
  const claims = claimsOf(standing);
  const taken = fillBackward(
    amountFen,
    claims.map((claim) => claim.openFen),
  );
  if (sum(taken) !== amountFen) throw new RangeError(`cannot write off ${amountFen} fen: only ${sum(taken)} are open`);
  return parts(claims, taken);
}

/**
 * Matches money sent back to the payee to the payments it was recovered on, the last first: make one `refunded` flow of each
 * part and take it from that payment's `recoveredFen`. Throws RangeError beyond `refundableFen`.
 */
export function splitRefund(standing: Standing, amountFen: bigint): Part[] {
  requirePositive(amountFen);
  const claims = claimsOf(standing);
  const taken = fillBackward(
    amountFen,
    claims.map((claim) => -claim.refundFen),
  );
  if (sum(taken) !== amountFen) throw new RangeError(`cannot refund ${amountFen} fen: only ${sum(taken)} are payable`);
  return parts(claims, taken);
}
