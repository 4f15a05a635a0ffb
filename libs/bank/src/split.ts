import type { PaymentLine, RailCaps } from './port.js';

export type Limits = Pick<RailCaps, 'maxItems' | 'maxItemFen' | 'maxFileFen'>;

/**
 * Lines in as many parts as the limits need: in their order, each part as full as it may be, so that the same batch always splits the
 * same way. Throws RangeError for a line that fits no part: `check` names it long before.
 */
export function splitByCaps(lines: readonly PaymentLine[], { maxItems, maxItemFen, maxFileFen }: Limits): PaymentLine[][] {
  const parts: PaymentLine[][] = [];
  let part: PaymentLine[] = [];
  let sum = 0n;
  for (const line of lines) {
    if (line.amountFen > maxItemFen || line.amountFen > maxFileFen) throw new RangeError(`${line.endToEndId} exceeds the limit of a line`);
    if (part.length === maxItems || sum + line.amountFen > maxFileFen) {
      parts.push(part);
      [part, sum] = [[], 0n];
    }
    part.push(line);
    sum += line.amountFen;
  }
  if (part.length > 0) parts.push(part);
  const whole = totalOf(lines);
  const split = parts.reduce((total, each) => total + totalOf(each), 0n);
  if (split !== whole) throw new Error(`parts of ${split} fen do not make up a batch of ${whole} fen`);
  return parts;
}

export const totalOf = (lines: readonly Pick<PaymentLine, 'amountFen'>[]): bigint =>
  lines.reduce((sum, { amountFen }) => sum + amountFen, 0n);
