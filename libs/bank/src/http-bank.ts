import { END_TO_END_ID, MAX_ITEM_FEN } from './check-instruction.js';
import { exchange, type Reply, type Wire } from './exchange.js';
import { listSending } from './http-lists.js';
import { requestRail } from './http-requests.js';
import type { BankAnswer, EventPage, Exchange, InquiryAnswer, OnlineRail, RailCaps } from './port.js';
import { readAnswer, readJson, readPage, readRefusal, unknown } from './read-answer.js';
import { type Asked, readRequest, renderRequest } from './request.js';

export interface HttpBankOptions {
  /** for example `http://127.0.0.1:7020` */
  readonly baseUrl: string;
  /** for each request, from the first byte to the last of the answer; the lease of an attempt must be longer */
  readonly timeoutMs: number;
  readonly fetch?: typeof fetch;
  readonly maxResponseBytes?: number;
  /** payments the bank takes in one call (`POST payments/list`); 1 unless it agreed to more */
  readonly perCall?: number;
}

const CAPS: RailCaps = {
  maxItems: 1,
  maxItemFen: MAX_ITEM_FEN,
  maxFileFen: MAX_ITEM_FEN,
  charset: 'utf-8',
  inquiry: true,
  dedup: 'item',
  refMax: 30,
  refCharset: END_TO_END_ID,
};
/** Refusals that a later try may turn into acceptance, or that come from something in between: they say nothing about the payment. */
const INDEFINITE = new Set([401, 403, 404, 405, 407, 408, 421, 425, 429]);

/** The bank behind an HTTP front machine. Throws TypeError for a base address that is none. */
export function httpBank(options: HttpBankOptions): OnlineRail {
  const base = new URL(options.baseUrl.endsWith('/') ? options.baseUrl : `${options.baseUrl}/`);
  const wire: Wire = {
    fetch: options.fetch ?? globalThis.fetch,
    timeoutMs: options.timeoutMs,
    maxResponseBytes: options.maxResponseBytes ?? 4 * 1024 * 1024,
  };
  const get = (path: string) => exchange(wire, new URL(path, base), { method: 'GET' });
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const post = (path: string, body: Uint8Array) => exchange(wire, new URL(path, base), { method: 'POST', headers, body });
  const { perCall = 1 } = options;
  return {
    ...requestRail(CAPS),
    renderRequest,
    async send(request) {
      const asked = readRequest(request);
      const reply = await post('payments', request);
      return exchanged(reply, sentAnswer(reply, asked));
    },
    ...(perCall > 1 ? { lists: listSending(perCall, (body) => post('payments/list', body), sentAnswer) } : {}),
    async inquire(endToEndId, amountFen) {
      const reply = await get(`payments/${encodeURIComponent(endToEndId)}`);
      return exchanged(reply, inquiryAnswer(reply, { endToEndId, amountFen }));
    },
    async events(after) {
      return pageOf(await get(`events?after=${after}`), after);
    },
  };
}

function sentAnswer(reply: Reply, asked: Asked): BankAnswer {
  if (!reply.ok) return unknown(reply.why, reply.detail);
  const { status, bytes } = reply;
  if (status >= 500) return unknown('server-error', `HTTP ${status}`);
  const json = readJson(bytes);
  if (status >= 200 && status < 300) return readAnswer(json, asked);
  if (status === 409) return unknown('reference-used-for-other-content', 'the bank has this reference with other content');
  if (status < 400 || INDEFINITE.has(status)) return unknown('not-a-definite-refusal', `HTTP ${status}`);
  return readRefusal(json, asked);
}

function inquiryAnswer(reply: Reply, asked: Asked): InquiryAnswer {
  if (!reply.ok) return { kind: 'unavailable', why: reply.why, detail: reply.detail };
  const { status, bytes } = reply;
  const json = readJson(bytes);
  if (status === 200) return readAnswer(json, asked);
  if (status === 404 && isNotFound(json, asked)) return { kind: 'not-found' };
  return { kind: 'unavailable', why: status >= 500 ? 'server-error' : 'unreadable-answer', detail: `HTTP ${status}` };
}

/** Only the bank itself can say that it does not know our reference; a 404 of a proxy names none. */
function isNotFound(json: unknown, asked: Asked): boolean {
  const { code, endToEndId } = (json ?? {}) as { code?: unknown; endToEndId?: unknown };
  return code === 'not-found' && endToEndId === asked.endToEndId;
}

function pageOf(reply: Reply, after: number): EventPage {
  if (!reply.ok) return { ok: false, why: reply.why, detail: reply.detail };
  if (reply.status === 409)
    return { ok: false, why: 'contradictory-answer', detail: `the feed ends before entry ${after}: this is another book` };
  if (reply.status !== 200)
    return { ok: false, why: reply.status >= 500 ? 'server-error' : 'unreadable-answer', detail: `HTTP ${reply.status}` };
  const page = readPage(readJson(reply.bytes), after);
  if (page === undefined) return { ok: false, why: 'unreadable-answer', detail: 'not a page of the feed, or its numbers do not follow' };
  return { ok: true, ...page, response: reply.bytes };
}

function exchanged<Answer>(reply: Reply, answer: Answer): Exchange<Answer> {
  return { answer, httpStatus: reply.status, response: reply.bytes };
}
