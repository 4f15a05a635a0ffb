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
  return createHash('sha256').update(chainAlgorithm).update(Buffer.from(previousHex, 'hex')).update(canonicalEvent(event)).digest('hex');
}

/** The RFC 8785 form: an event's own members stand in the order of their names, and a stamp that many events share is written once. */
export function canonicalEvent(event: SealedEvent): string {
  const { actor, at, caseId, cause, data, occurredOn, recordedAt, role, seq, stamp, type } = event;
  if (typeof seq !== 'number') throw new Error(`event ${caseId}/${seq} has no canonical form`);
  const plain = (text: string): string => JSON.stringify(text);
  return (
    `{"actor":${plain(actor)},"at":${plain(at)},"caseId":${plain(caseId)},"cause":${plain(cause)},"data":${canonical(data, event)},` +
    `"occurredOn":${plain(occurredOn)},"recordedAt":${plain(recordedAt)},"role":${plain(role)},"seq":${seq},"stamp":${stampText(stamp, event)},"type":${plain(type)}}`
  );
}

function canonical(part: unknown, { caseId, seq }: SealedEvent): string {
  const text = canonicalize(part);
  if (text === undefined) throw new Error(`event ${caseId}/${seq} has no canonical form`);
  return text;
}

/** Texts of stamps, as long as somebody holds them: a stamp is frozen, and one that is not is written anew each time. */
const written = new WeakMap<object, string>();

function stampText(stamp: unknown, event: SealedEvent): string {
  if (typeof stamp !== 'object' || stamp === null || !Object.isFrozen(stamp)) return canonical(stamp, event);
  const known = written.get(stamp);
  if (known !== undefined) return known;
  const text = canonical(stamp, event);
  written.set(stamp, text);
  return text;
}
