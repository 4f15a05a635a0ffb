import { createHash } from 'node:crypto';
import type { PaymentContent } from './book.js';

export type Read = { ok: true; content: PaymentContent; sha256: string } | { ok: false; endToEndId: string | null; text: string };

/** Reads a payment request; says what is wrong with it instead of guessing. */
export function readContent(body: unknown): Read {
  const given = isObject(body) ? body : {};
  const endToEndId = typeof given['endToEndId'] === 'string' ? given['endToEndId'] : null;
  const wrong = firstFault(given);
  if (wrong !== null) return { ok: false, endToEndId, text: wrong };
  const content: PaymentContent = {
    endToEndId: String(given['endToEndId']),
    instrId: String(given['instrId']),
    currency: 'CNY',
    amountFen: String(given['amountFen']),
    debtor: party(given['debtor']),
    creditor: party(given['creditor']),
    remittance: String(given['remittance']),
    executionDate: String(given['executionDate']),
  };
  return { ok: true, content, sha256: contentSha256(content) };
}

/** The same payment has the same hash, by whichever way it came. */
export const contentSha256 = (content: PaymentContent): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');

function firstFault(given: Record<string, unknown>): string | null {
  if (!matches(given['endToEndId'], /^[A-Z0-9]{1,30}$/)) return 'endToEndId must be 1-30 characters A-Z 0-9';
  if (!matches(given['instrId'], /^[A-Z0-9]{1,35}$/)) return 'instrId must be 1-35 characters A-Z 0-9';
  if (given['currency'] !== 'CNY') return 'currency must be CNY';
  if (!matches(given['amountFen'], /^[1-9][0-9]{0,17}$/)) return 'amountFen must be a positive whole number of fen, as text';
  if (!matches(given['executionDate'], /^\d{4}-\d{2}-\d{2}$/) || Number.isNaN(Date.parse(String(given['executionDate'])))) {
    return 'executionDate must be a day, YYYY-MM-DD';
  }
  if (!matches(given['remittance'], /^.{0,140}$/su)) return 'remittance must be text of at most 140 characters';
  return partyFault(given['debtor'], 'debtor') ?? partyFault(given['creditor'], 'creditor');
}

function partyFault(value: unknown, name: string): string | null {
  if (!isObject(value)) return `${name} is missing`;
  if (!matches(value['name'], /^.{1,140}$/su)) return `${name}.name must be text of 1-140 characters`;
  if (!matches(value['accountNo'], /^[0-9A-Za-z-]{1,34}$/)) return `${name}.accountNo must be 1-34 letters, digits or hyphens`;
  return matches(value['bankNo'], /^\d{12}$/) ? null : `${name}.bankNo must be 12 digits`;
}

function party(value: unknown): PaymentContent['debtor'] {
  const given = value as Record<string, string>;
  return { name: String(given['name']), accountNo: String(given['accountNo']), bankNo: String(given['bankNo']) };
}

function matches(value: unknown, shape: RegExp): boolean {
  return typeof value === 'string' && shape.test(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
