import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, bookOf, describe, problem } from './answers.js';
import type { Bank } from './bank.js';
import { isoOf } from './clock.js';
import type { FaultPlan } from './faults.js';
import { answerToFile, notification, statement } from './papers.js';
import { inquire, type Outcome, pay, payList } from './payments.js';
import { receiveFile } from './receive-file.js';

const MAX_BODY_BYTES = 64 * 1024;
const MAX_LIST_BYTES = 1024 * 1024;
const MAX_FILE_BYTES = 64 * 1024 * 1024;
const NEWS_PER_PAGE = 500;

/** The bank's HTTP interface. Nothing a client sends can stop it. */
export function bankServer(bank: Bank, faults: FaultPlan): Server {
  const server = createServer((request, response) => {
    serve(bank, faults, request, response).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return; // the client went away in the middle of its request
      process.stderr.write(`${request.method} ${request.url}: ${String(error)}\n`);
      if (response.headersSent) response.destroy();
      else write(response, problem(500, 'internal-error', 'the request was not carried out'));
    });
  });
  server.requestTimeout = 30_000;
  return server;
}

async function serve(bank: Bank, faults: FaultPlan, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const most = mostBytes(request.url ?? '');
  const body = await readBody(request, most);
  if (body === 'too-large') {
    response.setHeader('connection', 'close');
    write(response, problem(413, 'too-large', `a request has at most ${most} bytes`));
    return;
  }
  bank.advance();
  const { waitMs, answer } = route(bank, faults, request, body);
  if (waitMs > 0) await sleep(waitMs);
  if (answer === 'drop') response.destroy();
  else write(response, answer);
}

const mostBytes = (url: string): number =>
  url.startsWith('/files') ? MAX_FILE_BYTES : url === '/payments/list' ? MAX_LIST_BYTES : MAX_BODY_BYTES;

function route(bank: Bank, faults: FaultPlan, request: IncomingMessage, body: Buffer): Outcome {
  const [pathname = '/', search = ''] = (request.url ?? '/').split('?', 2);
  const path = pathname.split('/').slice(1).map(decoded);
  const call = `${request.method} /${path[0] ?? ''}${path.length > 1 ? '/:id' : ''}`;
  const id = path[1] ?? '';
  const query = new URLSearchParams(search);
  if (call === 'POST /files') return now(receiveFile(bank, faults, body, query));
  const third = request.method === 'GET' && path.length === 3 ? (path[2] ?? '') : null;
  if (third !== null && path[0] === 'statements') return now(statement(bank, faults, id, third, query));
  if (third !== null && path[0] === 'notifications') return now(notification(bank, faults, id, third, query));
  if (third !== null && path[0] === 'files') return now(answerToFile(bank, faults, id, third, query));
  if (path.length > 2) return now(problem(404, 'no-such-path', 'see the README of the simulator'));
  const json = parsed(body);
  if (json === undefined) return now(problem(400, 'invalid-json', 'the body is not JSON in UTF-8'));
  if (call === 'POST /payments') return pay(bank, faults, json);
  if (call === 'POST /payments/:id' && id === 'list') return payList(bank, faults, json);
  if (call === 'GET /payments/:id') return inquire(bank, faults, id);
  return now(administer(bank, faults, call, id, json, query));
}

/** Everything but the payments themselves. */
function administer(bank: Bank, faults: FaultPlan, call: string, id: string, json: unknown, query: URLSearchParams): Answer {
  switch (call) {
    case 'GET /health':
      return ok({ status: 'ok', now: isoOf(bank.clock.nowMs()), entries: bank.book.entries.length, tornBytes: bank.book.tornBytes });
    case 'GET /book':
      return ok(bookOf(bank));
    case 'GET /files':
      return ok({
        files: [...bank.files.values()].map((file) => ({ ...file, lines: file.references.length, status: bank.statusOf(file.fileId) })),
      });
    case 'GET /events':
      return events(bank, query.get('after') ?? '0');
    case 'GET /faults':
      return ok({ faults: faults.list() });
    case 'POST /faults':
      return plan(faults, json);
    case 'DELETE /faults':
      faults.clear();
      return ok({ faults: [] });
    case 'POST /returns/:id':
      return giveBack(bank, id, json);
    case 'GET /clock':
      return ok({ now: isoOf(bank.clock.nowMs()), offsetMs: bank.clock.offsetMs });
    case 'PUT /clock':
      return setClock(bank, json);
    default:
      return problem(404, 'no-such-path', 'see the README of the simulator');
  }
}

function events(bank: Bank, after: string): Answer {
  if (!/^\d{1,15}$/.test(after)) return problem(400, 'invalid-request', 'after must be a whole number');
  if (Number(after) > bank.book.entries.length)
    return problem(409, 'beyond-the-book', `the book ends at entry ${bank.book.entries.length}`);
  const fresh = bank.news.filter((news) => news.seq > Number(after));
  const page = fresh.slice(0, NEWS_PER_PAGE);
  return ok({ events: page, last: page.at(-1)?.seq ?? Number(after), more: fresh.length > page.length });
}

function plan(faults: FaultPlan, json: unknown): Answer {
  try {
    return { status: 201, body: faults.add(json) };
  } catch (error) {
    if (error instanceof TypeError) return problem(400, 'invalid-fault', error.message);
    throw error;
  }
}

function giveBack(bank: Bank, endToEndId: string, json: unknown): Answer {
  const { code = 'AC04', text = '收款账户已销户 account closed' } = (json ?? {}) as { code?: unknown; text?: unknown };
  if (!bank.payments.has(endToEndId)) return problem(404, 'not-found', 'no payment with this reference', endToEndId);
  const payment = bank.giveBack(endToEndId, String(code), String(text));
  return payment === null ? problem(409, 'not-settled', 'only a settled payment can be returned', endToEndId) : ok(describe(payment));
}

function setClock(bank: Bank, json: unknown): Answer {
  const { offsetMs } = (json ?? {}) as { offsetMs?: unknown };
  if (typeof offsetMs !== 'number' || !Number.isSafeInteger(offsetMs) || Math.abs(offsetMs) > 4e12) {
    return problem(400, 'invalid-clock', 'offsetMs must be a whole number of milliseconds');
  }
  if (offsetMs !== bank.clock.offsetMs) bank.setOffset(offsetMs);
  return ok({ now: isoOf(bank.clock.nowMs()), offsetMs: bank.clock.offsetMs });
}

async function readBody(request: IncomingMessage, most: number): Promise<Buffer | 'too-large'> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) return 'too-large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parsed(body: Buffer): unknown {
  if (body.length === 0) return null;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch {
    return undefined;
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function write(response: ServerResponse, answer: Answer): void {
  const bytes = answer.bytes ?? Buffer.from(JSON.stringify(answer.body), 'utf8');
  const named =
    answer.name === undefined ? {} : { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(answer.name)}` };
  response.writeHead(answer.status, {
    'content-type': answer.mediaType ?? 'application/json; charset=utf-8',
    'content-length': bytes.length,
    ...named,
  });
  response.end(bytes);
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function now(answer: Answer): Outcome {
  return { waitMs: 0, answer };
}
