import { inclusionProof, MerkleRoot, rootAbove } from '../audit/merkle.js';
import { sha256Of } from '../command.js';
import { type BatchLine, liveLines, totalOf } from './lines.js';

/**
 * How the content of a batch is hashed (ADR 17). 1: one hash over all lines. 2: a Merkle tree over them (RFC 6962), so that one line can be
 * shown to be signed without the others. A batch keeps the form it was made with.
 */
export type ContentForm = 1 | 2;
export type Signable = { readonly fundId: string; readonly contentForm: ContentForm };

/** What was signed, as the batch says it beside its lines. */
export type SignedHead = Signable & { readonly contentHash: string; readonly lineCount: number; readonly totalFen: string };

/** One line, and the way from it to what was signed: its place among the lines signed, and the hashes beside it from its sibling up, hex. */
export type LineProof = { readonly line: BatchLine; readonly index: number; readonly path: readonly string[] };

/** Hash of exactly what is signed: any edit of payee, account, amount, fund or words gives another hash. */
export function contentHash({ fundId, contentForm }: Signable, lines: readonly BatchLine[]): string {
  const live = liveLines(lines);
  if (contentForm === 1) return sha256Of({ fundId, lines: live.map(signedPart) });
  const tree = new MerkleRoot();
  for (const line of live) tree.add(leafOf(line));
  return headHash({ fundId, lineCount: live.length, totalFen: totalOf(live).toString(), root: tree.root().toString('hex') });
}

/** The lines that were signed, among those a batch has now; a line may leave before or after the signature. Null: it is none of these sets. */
export function linesSigned(batch: Signable & { readonly contentHash: string }, lines: readonly BatchLine[]): readonly BatchLine[] | null {
  const signed = (chosen: readonly BatchLine[]) => contentHash(batch, chosen) === batch.contentHash;
  if (signed(lines)) return liveLines(lines);
  const cancelled = lines.filter(({ state }) => state === 'cancelled');
  const all = withBack(lines, new Set(cancelled));
  if (cancelled.length > 0 && signed(all)) return liveLines(all);
  // some left before the signature and some after it: the few that can be tried are tried
  if (cancelled.length < 2 || cancelled.length > 10) return null;
  for (let mask = 1; mask < 2 ** cancelled.length - 1; mask += 1) {
    const some = withBack(lines, new Set(cancelled.filter((_, bit) => (mask >> bit) % 2 === 1)));
    if (signed(some)) return liveLines(some);
  }
  return null;
}

const withBack = (lines: readonly BatchLine[], back: ReadonlySet<BatchLine>): BatchLine[] =>
  lines.map((line) => (back.has(line) ? { ...line, state: 'approved' } : line));

/** The proof of each line chosen, in a batch of form 2. `signed`: all lines that were signed, in their order. */
export function lineProofs(signed: readonly BatchLine[], chosen: (line: BatchLine) => boolean): LineProof[] {
  const leaves = signed.map(leafOf);
  return signed.flatMap((line, index) =>
    chosen(line) ? [{ line, index, path: inclusionProof(leaves, index).map((digest) => digest.toString('hex')) }] : [],
  );
}

/** Does the path lead from this line to the hash that was signed? */
export function provesLine(
  { fundId, contentForm, contentHash: signed, lineCount, totalFen }: SignedHead,
  { line, index, path }: LineProof,
): boolean {
  if (contentForm !== 2) return false;
  const root = rootAbove(
    leafOf(line),
    index,
    lineCount,
    path.map((digest) => Buffer.from(digest, 'hex')),
  );
  return root !== null && headHash({ fundId, lineCount, totalFen, root: root.toString('hex') }) === signed;
}

/** What is signed of a whole batch: its fund, how many lines it has, their sum, and the root over them. */
const headHash = (head: {
  readonly fundId: string;
  readonly lineCount: number;
  readonly totalFen: string;
  readonly root: string;
}): string => sha256Of({ form: 2, ...head });

/** What is signed of a line, its members in the order of RFC 8785: written as it stands, it is in canonical form. */
const signedPart = (line: BatchLine) => ({
  accountNo: line.accountNo,
  amountFen: line.amountFen,
  bankNo: line.bankNo,
  disbursementId: line.disbursementId,
  endToEndId: line.endToEndId,
  ...(line.fundShares === null ? {} : { fundShares: line.fundShares }),
  holderName: line.holderName,
  lineNo: line.lineNo,
  remittance: line.remittance,
});

/** RFC 8785 form of one line; its ids are random, so that no neighbour's hash can be guessed from a list of accounts. */
export const leafOf = (line: BatchLine): Uint8Array => Buffer.from(JSON.stringify(signedPart(line)));
