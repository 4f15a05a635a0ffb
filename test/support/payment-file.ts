import { checkSchema, type IsoMessage } from '@tranche/bank';

/** What a file of payments says when it is read by itself: the amounts of its lines in fen by reference, and what its heads say they come to. */
export type FileSays = {
  readonly lines: ReadonlyMap<string, bigint>;
  readonly counts: readonly number[];
  readonly totals: readonly bigint[];
};

const fen = (yuan: string): bigint => {
  const [whole = '', cents = ''] = yuan.split('.');
  return BigInt(whole) * 100n + BigInt(cents.padEnd(2, '0'));
};
const all = (text: string, pattern: RegExp): RegExpExecArray[] => [...text.matchAll(pattern)];

/**
 * Reads a pain.001 apart from the code that writes it, and holds it to its schema; null for a 代发 list, whose own bank counts it again. Throws
 * with the first faults where the schema is broken.
 */
export async function readPaymentFile(format: string, content: Uint8Array): Promise<FileSays | null> {
  if (!format.startsWith('pain.001')) return null;
  const faults = await checkSchema(format as IsoMessage, content);
  if (faults.length > 0) throw new Error(`an exported file breaks its schema: ${JSON.stringify(faults.slice(0, 3))}`);
  const text = Buffer.from(content).toString('utf8');
  const lines = all(text, /<EndToEndId>([^<]+)<\/EndToEndId>[\s\S]*?<InstdAmt Ccy="CNY">([\d.]+)<\/InstdAmt>/g);
  return {
    lines: new Map(lines.map(([, reference = '', amount = '']) => [reference, fen(amount)])),
    counts: all(text, /<NbOfTxs>(\d+)<\/NbOfTxs>/g).map(([, count]) => Number(count)),
    totals: all(text, /<CtrlSum>([\d.]+)<\/CtrlSum>/g).map(([, total = '']) => fen(total)),
  };
}
