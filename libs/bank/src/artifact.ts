import { createHash } from 'node:crypto';
import type {
  Artifact,
  LineFault,
  OrderHeading,
  PartHeading,
  PartWriter,
  PaymentLine,
  PaymentOrder,
  RailAdapter,
  RailCaps,
  Rendered,
} from './port.js';
import { splitByCaps, totalOf } from './split.js';

/** Lines that are written at once: some hundred kilobytes of a file. */
const PAGE = 500;

/** A part that was written: everything of an artifact but its bytes. */
export type WrittenPart = Omit<Artifact, 'bytes'>;

/**
 * Writes a part piece by piece: yields the bytes in their order, answers their hash, the references in them and their sum. Holds a page of
 * lines. Throws when the lines are not as many, or not as much, as the heading says: whoever stores the pieces must then throw them away.
 */
export function* writePart(
  writer: PartWriter,
  { part, count, totalFen }: PartHeading,
  pages: Iterable<readonly PaymentLine[]>,
): Generator<Uint8Array, WrittenPart> {
  const hash = createHash('sha256');
  const hashed = (piece: Uint8Array): Uint8Array => {
    hash.update(piece);
    return piece;
  };
  const references: string[] = [];
  let sum = 0n;
  yield hashed(writer.head());
  for (const page of pages) {
    yield hashed(writer.lines(page, references.length + 1));
    for (const { endToEndId, amountFen } of page) {
      references.push(endToEndId);
      sum += amountFen;
    }
  }
  yield hashed(writer.tail());
  if (references.length !== count || sum !== totalFen)
    throw new Error(`part ${part}: ${references.length} lines with ${sum} fen are not the ${count} with ${totalFen} fen of its head`);
  return { part, fileName: writer.fileName, mediaType: writer.mediaType, sha256: hash.digest('hex'), references, totalFen };
}

/** Splits an order by the rail's limits and writes each part; a faulty order is refused whole. */
export function renderParts(order: PaymentOrder, caps: RailCaps, faults: readonly LineFault[], writer: RailAdapter['writer']): Rendered {
  if (faults.length > 0) return { ok: false, code: 'bank-file-refused', faults };
  const { lines: all, ...heading } = order;
  const artifacts = splitByCaps(all, caps).map((lines, index) =>
    wholePart(writer, { part: order.firstPart + index, order: heading, count: lines.length, totalFen: totalOf(lines) }, lines),
  );
  return { ok: true, artifacts, count: all.length, totalFen: totalOf(all) };
}

/** A part with all its bytes in memory. */
function wholePart(writer: RailAdapter['writer'], heading: PartHeading, lines: readonly PaymentLine[]): Artifact {
  const pieces: Uint8Array[] = [];
  const writing = writePart(writer(heading), heading, pagesOf(lines));
  let step = writing.next();
  for (; !step.done; step = writing.next()) pieces.push(step.value);
  return { ...step.value, bytes: new Uint8Array(Buffer.concat(pieces)) };
}

function* pagesOf(lines: readonly PaymentLine[]): Generator<readonly PaymentLine[]> {
  for (let at = 0; at < lines.length; at += PAGE) yield lines.slice(at, at + PAGE);
}

/** `ABC-20201125-0001`, and `ABC-20201125-0001-P2` for the second part. */
export const partName = ({ order, part }: { readonly order: Pick<OrderHeading, 'reference'>; readonly part: number }): string =>
  part === 1 ? order.reference : `${order.reference}-P${part}`;

/** Fen as yuan with exactly two decimals and no grouping, as XML schema decimals and banks' lists want it. */
export const yuanOf = (fen: bigint): string => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;
