import { isLocalDate } from '@tranche/calendar';
import { z } from 'zod';
import type { BankAnswer, BankEvent, Unknown, UnknownReason } from './port.js';
import type { Asked } from './request.js';

const day = z.string().refine(isLocalDate, 'not a day');
const reference = z.string().min(1).max(64);
const about = { endToEndId: reference, amountFen: z.string().regex(/^[1-9]\d{0,17}$/) };
const reason = { code: z.string().min(1).max(64), text: z.string().max(1000) };

const answerShape = z.discriminatedUnion('status', [
  z.object({ ...about, status: z.literal('pending'), bankRef: reference }),
  z.object({ ...about, status: z.literal('settled'), bankRef: reference, settledOn: day }),
  z.object({ ...about, ...reason, status: z.literal('rejected') }),
  z.object({ ...about, ...reason, status: z.literal('returned'), bankRef: reference, settledOn: day, returnedOn: day }),
]);
const refusalShape = z.object({
  ...reason,
  endToEndId: reference,
  status: z.literal('rejected').optional(),
  amountFen: about.amountFen.optional(),
});

const news = { ...about, seq: z.int().positive(), bankRef: reference };
const eventShape = z.discriminatedUnion('kind', [
  z.object({ ...news, kind: z.literal('settled'), settledOn: day }),
  z.object({ ...news, ...reason, kind: z.literal('rejected') }),
  z.object({ ...news, ...reason, kind: z.literal('returned'), returnedOn: day }),
]);
const pageShape = z.object({ events: z.array(z.looseObject({ seq: z.int().positive() })), last: z.int().nonnegative(), more: z.boolean() });

export const unknown = (why: UnknownReason, detail: string): Unknown => ({ kind: 'unknown', why, detail });

/** JSON in strict UTF-8, or undefined. */
export function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

/** Reads what a bank says about a payment that we asked about; whatever does not agree with the question is `unknown`. */
export function readAnswer(json: unknown, asked: Asked): BankAnswer {
  const read = answerShape.safeParse(json);
  if (!read.success) return unknown('unreadable-answer', faultOf(read.error));
  const { data } = read;
  const differs = difference(data.endToEndId, data.amountFen, asked);
  if (differs !== null) return unknown('contradictory-answer', differs);
  switch (data.status) {
    case 'pending':
      return { kind: 'accepted', bankRef: data.bankRef, status: data.status };
    case 'settled':
      return { kind: 'settled', bankRef: data.bankRef, settledOn: data.settledOn };
    case 'rejected':
      return { kind: 'rejected', code: data.code, text: data.text };
    case 'returned': {
      const { bankRef, settledOn, returnedOn, code, text } = data;
      return { kind: 'returned', bankRef, settledOn, returnedOn, code, text };
    }
  }
}

/** Reads a refusal (4xx). Only one that names our reference and a code is definite. */
export function readRefusal(json: unknown, asked: Asked): BankAnswer {
  const read = refusalShape.safeParse(json);
  if (!read.success) return unknown('not-a-definite-refusal', faultOf(read.error));
  const { endToEndId, amountFen, code, text } = read.data;
  const differs = difference(endToEndId, amountFen, asked);
  return differs === null ? { kind: 'rejected', code, text } : unknown('contradictory-answer', differs);
}

/** Reads a page of the feed; an entry that cannot be read stays in its place as `unreadable`. Undefined when the page itself is not one. */
export function readPage(json: unknown, after: number): { events: BankEvent[]; last: number; more: boolean } | undefined {
  const page = pageShape.safeParse(json);
  if (!page.success) return undefined;
  const { events, last, more } = page.data;
  const order = [after, ...events.map((event) => event.seq)];
  const ascending = order.every((seq, index) => index === 0 || seq > order[index - 1]!);
  if (!ascending || last !== order.at(-1) || (more && events.length === 0)) return undefined;
  return { events: events.map(readEvent), last, more };
}

function readEvent(entry: { seq: number }): BankEvent {
  const read = eventShape.safeParse(entry);
  if (!read.success) return { seq: entry.seq, kind: 'unreadable', detail: faultOf(read.error) };
  return { ...read.data, amountFen: BigInt(read.data.amountFen) };
}

function difference(endToEndId: string, amountFen: string | undefined, asked: Asked): string | null {
  if (endToEndId !== asked.endToEndId) return `asked about ${asked.endToEndId}, answered about ${endToEndId}`;
  if (amountFen !== undefined && BigInt(amountFen) !== asked.amountFen)
    return `asked about ${asked.amountFen} fen, answered about ${amountFen} fen`;
  return null;
}

function faultOf(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
}
