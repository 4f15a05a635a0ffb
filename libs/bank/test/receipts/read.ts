import { type Inspection, inspectReceipt, type OpenBytes, type ReceiptEvent, readReceipt } from '@tranche/bank';

/** Bytes in pieces of `size`, as often as asked for. */
export const inPieces = (content: string | Uint8Array, size = 997): OpenBytes =>
  async function* () {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };

/** What a file is, and what it says: also of one that is quarantined and may be read. */
export async function read(content: string | Uint8Array, size = 997): Promise<{ inspection: Inspection; events: ReceiptEvent[] }> {
  const open = inPieces(content, size);
  const inspection = await inspectReceipt(open);
  const events: ReceiptEvent[] = [];
  if (inspection.format !== null) for await (const page of readReceipt(inspection.format, open)) events.push(...page);
  return { inspection, events };
}

export const faultsOf = (events: readonly ReceiptEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'fault' ? [event.code] : []));
export const of = <K extends ReceiptEvent['kind']>(events: readonly ReceiptEvent[], kind: K) =>
  events.filter((event): event is Extract<ReceiptEvent, { kind: K }> => event.kind === kind);
