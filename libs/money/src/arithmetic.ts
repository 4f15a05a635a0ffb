import { checkedFen, type Fen } from './fen.js';
import { type Fraction, fractionOf } from './fraction.js';

/** Division rounded towards minus infinity; the denominator is positive. */
function floorDiv(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
}

/** The share of an amount, rounded down to the fen: what is cut off stays for the last payment. */
export function share(fen: Fen, of: Fraction | string): Fen {
  const { numerator, denominator } = fractionOf(of);
  return checkedFen(floorDiv(fen * numerator, denominator));
}

/** The share of an amount, rounded to the nearest fen, halves up: for rates per person and month. */
export function halfUp(fen: Fen, of: Fraction | string): Fen {
  const { numerator, denominator } = fractionOf(of);
  return checkedFen(floorDiv(2n * fen * numerator + denominator, 2n * denominator));
}

/** Is part ÷ base ≤ limit, exactly? A base that is not positive has no rate: false. */
export function atMost(part: bigint, base: bigint, limit: Fraction | string): boolean {
  const { numerator, denominator } = fractionOf(limit);
  return base > 0n && part * denominator <= base * numerator;
}

/** Is part ÷ base < limit, exactly? A base that is not positive has no rate: false. 181 ÷ 5000 is not below 3.62 %. */
export function below(part: bigint, base: bigint, limit: Fraction | string): boolean {
  const { numerator, denominator } = fractionOf(limit);
  return base > 0n && part * denominator < base * numerator;
}

/** The sum of amounts; nothing sums to zero. Outside int64 throws RangeError. */
export const sum = (fens: readonly Fen[]): Fen => checkedFen(fens.reduce((total, fen) => total + fen, 0n));

/** The smallest of the amounts. */
export const least = (first: Fen, ...rest: readonly Fen[]): Fen => rest.reduce((low, fen) => (fen < low ? fen : low), first);

/** The largest of the amounts. */
export const greatest = (first: Fen, ...rest: readonly Fen[]): Fen => rest.reduce((high, fen) => (fen > high ? fen : high), first);

function addFractions(a: Fraction, b: Fraction): Fraction {
  return { numerator: a.numerator * b.denominator + b.numerator * a.denominator, denominator: a.denominator * b.denominator };
}

/**
 * Divides a total by shares that make up the whole: every part but the last is rounded down, the last takes the rest,
 * so the parts always sum to the total. A negative total, or shares that are not exactly 1 together, throw RangeError.
 */
export function allocate(total: Fen, shares: readonly (Fraction | string)[]): Fen[] {
  const whole = shares.map(fractionOf).reduce(addFractions, { numerator: 0n, denominator: 1n });
  if (total < 0n) throw new RangeError(`cannot allocate a negative total: ${total} fen`);
  if (whole.numerator !== whole.denominator) throw new RangeError('the shares of an allocation must sum to 1');
  const parts = shares.slice(0, -1).map((part) => share(total, part));
  return [...parts, total - sum(parts)];
}
