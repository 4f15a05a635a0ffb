import iconv from 'iconv-lite';
import { type Answer, problem } from './answers.js';
import type { Bank } from './bank.js';
import { camt053, camt054, camtVersions } from './camt.js';
import { dayOf } from './clock.js';
import type { FaultPlan, Strikes } from './faults.js';
import { accountDay, spoilt } from './statement.js';
import { returnFile, statusFile, statusVersions } from './status-file.js';

const PAGE_LINES = 1_000;
const xml = 'application/xml; charset=utf-8';

/** `GET /statements/:account/:day?page=&size=&version=`: a closed day only; 404 for a page there is none of, or that the bank lost. */
export function statement(bank: Bank, faults: FaultPlan, accountNo: string, day: string, query: URLSearchParams): Answer {
  const version = camtVersions.find((known) => known === (query.get('version') ?? '08'));
  const [no, size] = [Number(query.get('page') ?? 1), Number(query.get('size') ?? PAGE_LINES)];
  if (version === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day) || !(no >= 1) || !(size >= 1))
    return problem(400, 'invalid-request', 'a day, a page from 1, version 08 or 02');
  if (day >= dayOf(bank.clock.nowMs())) return problem(409, 'day-open', `${day} is not over yet`);
  const strikes = faults.strike('statement', `${day}/${no}`, accountNo);
  const written = spoilt(accountDay(bank, accountNo, day), strikes);
  const pages = Math.max(1, Math.ceil(written.lines.length / size));
  if (no > pages || strikes.has('page-missing')) return problem(404, 'no-such-page', `the statement has ${pages} pages`);
  return paper(camt053(version, written, { no, last: no === pages }, size), xml, strikes, `camt053-${day}-${no}.xml`);
}

/** `GET /notifications/:account/:day`: what was booked, and with `returns=only` what came back. */
export function notification(bank: Bank, faults: FaultPlan, accountNo: string, day: string, query: URLSearchParams): Answer {
  const version = camtVersions.find((known) => known === (query.get('version') ?? '08'));
  if (version === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return problem(400, 'invalid-request', 'a day, version 08 or 02');
  const strikes = faults.strike('statement', day, accountNo);
  const given = spoilt(accountDay(bank, accountNo, day), strikes);
  const lines = query.get('returns') === 'only' ? given.lines.filter(({ returned }) => returned !== null) : given.lines;
  if (lines.length === 0) return problem(404, 'nothing-booked', `nothing was booked on ${day}`);
  return paper(camt054(version, { ...given, lines }), xml, strikes, `camt054-${day}.xml`);
}

/** `GET /files/:id/status?version=` and `/files/:id/receipt`: pain.002, or the return file of a list. */
export function answerToFile(bank: Bank, faults: FaultPlan, fileId: string, what: string, query: URLSearchParams): Answer {
  const file = bank.files.get(fileId);
  if (file === undefined) return problem(404, 'not-found', 'no file with this name');
  const strikes = faults.strike('status', fileId, undefined);
  if (what === 'receipt') return paper(returnFile(bank, file, strikes), 'text/csv', strikes, `HP_${fileId}`, 'gbk');
  const version = statusVersions.find((known) => known === (query.get('version') ?? 'pain.002.001.10'));
  if (what !== 'status' || version === undefined) return problem(404, 'no-such-path', 'status or receipt; pain.002.001.10 or .03');
  return paper(statusFile(bank, version, file, strikes), xml, strikes, `${version}-${fileId}.xml`);
}

/** Line ends, byte-order mark and encoding come last, over whatever was written. */
function paper(text: string, mediaType: string, strikes: Strikes, name: string, usual: 'utf-8' | 'gbk' = 'utf-8'): Answer {
  const lines = strikes.has('crlf') ? text.replaceAll('\n', '\r\n') : text;
  const bare =
    strikes.has('gbk') || usual === 'gbk'
      ? iconv.encode(lines.replace('encoding="UTF-8"', 'encoding="GBK"'), 'gb18030')
      : Buffer.from(lines, 'utf8');
  const bytes = strikes.has('bom') ? Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bare]) : bare;
  return { status: 200, body: null, bytes, mediaType, name };
}
