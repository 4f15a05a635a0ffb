import { createHash } from 'node:crypto';
import type { Artifact, LineFault, PaymentLine, PaymentOrder, RailCaps, Rendered } from './port.js';
import { splitByCaps, totalOf } from './split.js';

/** One part of an order, to be written. */
export interface Part {
  readonly part: number;
  readonly order: PaymentOrder;
  readonly lines: readonly PaymentLine[];
  readonly totalFen: bigint;
}

export type Written = Pick<Artifact, 'fileName' | 'mediaType' | 'bytes'>;

/** Splits an order by the rail's limits and writes each part; a faulty order is refused whole. */
export function renderParts(order: PaymentOrder, caps: RailCaps, faults: readonly LineFault[], write: (part: Part) => Written): Rendered {
  if (faults.length > 0) return { ok: false, code: 'bank-file-refused', faults };
  const artifacts = splitByCaps(order.lines, caps).map((lines, index): Artifact => {
    const part = { part: order.firstPart + index, order, lines, totalFen: totalOf(lines) };
    const { fileName, mediaType, bytes } = write(part);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return {
      part: part.part,
      fileName,
      mediaType,
      bytes,
      sha256,
      references: lines.map((line) => line.endToEndId),
      totalFen: part.totalFen,
    };
  });
  return { ok: true, artifacts, count: order.lines.length, totalFen: totalOf(order.lines) };
}

/** `ABC-20201125-0001`, and `ABC-20201125-0001-P2` for the second part. */
export const partName = ({ order, part }: Pick<Part, 'order' | 'part'>): string =>
  part === 1 ? order.reference : `${order.reference}-P${part}`;

/** Fen as yuan with exactly two decimals and no grouping, as XML schema decimals and banks' lists want it. */
export const yuanOf = (fen: bigint): string => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;
