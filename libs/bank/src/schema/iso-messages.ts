import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Messages whose schemas stand in `third_party/iso20022`. */
export const isoMessages = [
  'pain.001.001.03',
  'pain.001.001.09',
  'pain.002.001.03',
  'pain.002.001.10',
  'camt.053.001.02',
  'camt.053.001.04',
  'camt.053.001.08',
  'camt.054.001.02',
  'camt.054.001.04',
  'camt.054.001.08',
] as const;
export type IsoMessage = (typeof isoMessages)[number];

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:';

/** The message of an XML namespace, or null for one we have no schema of. */
export function messageOfNamespace(namespace: string): IsoMessage | null {
  return isoMessages.find((message) => namespace === `${NAMESPACE}${message}`) ?? null;
}

export const namespaceOf = (message: IsoMessage): string => `${NAMESPACE}${message}`;

/** Path of a message's schema; the folder is the same for sources and compiled programs. */
export const schemaPath = (message: IsoMessage): string =>
  fileURLToPath(new URL(`../../../../third_party/iso20022/${message}.xsd`, import.meta.url));

/** The bytes of a message's schema. */
export const schemaBytes = (message: IsoMessage): Uint8Array => readFileSync(schemaPath(message));
