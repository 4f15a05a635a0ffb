import { createHash, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import { type SigningKey, signatureHolds, signWith } from './signing-key.js';

export const checkpointFormat = 'tranche-checkpoint-1';

/** What is signed: which cases there were, at which event each stood, and which checkpoint came before. */
export type Statement = {
  readonly format: typeof checkpointFormat;
  /** from 1, without gaps */
  readonly no: number;
  /** system time, ISO 8601 */
  readonly takenAt: string;
  /** the day of the legal clock */
  readonly legalDay: string;
  readonly cases: number;
  /** hex root of the RFC 6962 tree over the leaves in case id order */
  readonly root: string;
  /** hex hash of the checkpoint before; zeros for the first */
  readonly previous: string;
  readonly keyId: string;
};
export type Signed = { readonly statement: Statement; readonly hash: string; readonly signature: string };

export const noPrevious = '0'.repeat(64);

/** One case at one moment. */
export type Leaf = { readonly caseId: string; readonly seq: number; readonly headHash: string };

/** The bytes of a leaf, as in the exported file: `<case id> <seq> <head hash>`. */
export const leafLine = ({ caseId, seq, headHash }: Leaf): string => `${caseId} ${seq} ${headHash}`;

const leafPattern = /^([0-9a-f-]{36}) ([1-9]\d*) ([0-9a-f]{64})$/;
export function parseLeaf(line: string): Leaf | null {
  const [, caseId, seq, headHash] = leafPattern.exec(line) ?? [];
  return caseId && seq && headHash ? { caseId, seq: Number(seq), headHash } : null;
}

const bytesOf = (statement: Statement): Buffer => Buffer.from(canonicalize(statement) ?? '', 'utf8');

/** SHA-256 of the RFC 8785 form, hex: the next checkpoint names it. */
export const statementHash = (statement: Statement): string => createHash('sha256').update(bytesOf(statement)).digest('hex');

export const signStatement = (key: SigningKey, statement: Statement): Signed => ({
  statement,
  hash: statementHash(statement),
  signature: signWith(key, bytesOf(statement)).toString('hex'),
});

/** Is this the statement that was signed, by that key? */
export const isSigned = ({ statement, hash, signature }: Signed, publicKey: KeyObject): boolean =>
  statementHash(statement) === hash && signatureHolds(publicKey, bytesOf(statement), Buffer.from(signature, 'hex'));
