import type { PaymentLine, RailCaps } from './port.js';

export type Limits = Pick<RailCaps, 'maxItems' | 'maxItemFen' | 'maxFileFen'>;
/** How many lines a part has, and their sum. */
export type PartSize = { readonly count: number; readonly totalFen: bigint };

/**
 * How lines are split by the limits: in their order, each part as full as it may be, so that the same lines always split the same way.
 * Holds no line. Throws RangeError for a line that fits no part: `check` names it long before.
 */
export function planParts(
  lines: Iterable<Pick<PaymentLine, 'endToEndId' | 'amountFen'>>,
  { maxItems, maxItemFen, maxFileFen }: Limits,
): PartSize[] {
  const parts: PartSize[] = [];
  let [count, totalFen, wholeFen] = [0, 0n, 0n];
  for (const { endToEndId, amountFen } of lines) {
    if (amountFen > maxItemFen || amountFen > maxFileFen) throw new RangeError(`${endToEndId} exceeds the limit of a line`);
    if (count === maxItems || totalFen + amountFen > maxFileFen) {
      parts.push({ count, totalFen });
      [count, totalFen] = [0, 0n];
    }
    count += 1;
    totalFen += amountFen;
    wholeFen += amountFen;
  }
  if (count > 0) parts.push({ count, totalFen });
  const split = parts.reduce((total, part) => total + part.totalFen, 0n);
  if (split !== wholeFen) throw new Error(`parts of ${split} fen do not make up a batch of ${wholeFen} fen`);
  return parts;
}

/** Lines in the parts of `planParts`. */
export function splitByCaps(lines: readonly PaymentLine[], limits: Limits): PaymentLine[][] {
  let at = 0;
  return planParts(lines, limits).map(({ count }) => {
    at += count;
    return lines.slice(at - count, at);
  });
}

export const totalOf = (lines: readonly Pick<PaymentLine, 'amountFen'>[]): bigint =>
  lines.reduce((sum, { amountFen }) => sum + amountFen, 0n);
