import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Name of the chain's algorithm, stored with every event. */
export const chainAlgorithm = 'sha256-jcs-1';

/** The chain of a case begins from nothing: 32 zero bytes, hex. */
export const genesisHash = '0'.repeat(64);

/** All columns of an event that the chain seals. */
export type SealedEvent = {
  readonly caseId: string;
  readonly seq: number;
  readonly type: string;
  readonly data: unknown;
  readonly stamp: unknown;
  readonly actor: string;
  readonly role: string;
  readonly cause: string;
  readonly occurredOn: string;
  readonly at: string;
  readonly recordedAt: string;
};

/** SHA-256 over algorithm, previous hash and the RFC 8785 form of the event; hex in, hex out. */
export function eventHash(previousHex: string, event: SealedEvent): string {
  const text = canonicalize(event);
  if (text === undefined) throw new Error(`event ${event.caseId}/${event.seq} has no canonical form`);
  return createHash('sha256').update(chainAlgorithm).update(Buffer.from(previousHex, 'hex')).update(text).digest('hex');
}
