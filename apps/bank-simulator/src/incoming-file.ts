import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { XMLParser } from 'fast-xml-parser';
import iconv from 'iconv-lite';
import type { PaymentContent } from './book.js';
import { readContent } from './content.js';

/** A payment file as the bank understands it; `fileId` is the sender's message id, or the name of a list. */
export interface IncomingFile {
  fileId: string;
  format: string;
  blockId: string;
  sha256: string;
  contents: PaymentContent[];
}

export type ReadFile = { ok: true; file: IncomingFile } | { ok: false; code: string; text: string };
/** What a 代发 list does not say itself: whoever uploads it chooses the account, the day and gives the name. */
export interface Upload {
  name: string;
  debtor: PaymentContent['debtor'];
  today: string;
}

const bad = (code: string, text: string): ReadFile => ({ ok: false, code, text });

/** Reads pain.001 (.09, .03) or a 代发 list. The whole file is refused when a count, a sum or a line is wrong. */
export function readIncoming(bytes: Buffer, upload: Upload): ReadFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  try {
    const start = bytes.subarray(0, 200).toString('latin1');
    return start.includes('<?xml') || start.includes('<Document') ? readPain(bytes, sha256) : readList(bytes, sha256, upload);
  } catch (error) {
    return bad('FF01', error instanceof Error ? error.message : 'unreadable');
  }
}

type Node = { [name: string]: Node } & { '#text'?: string };
const textAt = (node: Node | undefined, ...path: string[]): string => {
  let at: unknown = node;
  for (const name of path) at = (at as Node | undefined)?.[name];
  return typeof at === 'string' ? at : String((at as Node | undefined)?.['#text'] ?? '');
};

function readPain(bytes: Buffer, sha256: string): ReadFile {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  if (text.includes('<!DOCTYPE')) return bad('FF01', 'a DOCTYPE is not accepted');
  const parser = new XMLParser({
    parseTagValue: false,
    ignoreAttributes: true,
    isArray: (name) => name === 'CdtTrfTxInf' || name === 'PmtInf',
  });
  const document = (parser.parse(text) as { Document?: Node }).Document?.['CstmrCdtTrfInitn'];
  const version = /pain\.001\.001\.(09|03)/.exec(text)?.[0];
  const blocks = document?.['PmtInf'] as unknown as Node[] | undefined;
  const [block] = blocks ?? [];
  if (document === undefined || version === undefined || block === undefined || blocks?.length !== 1)
    return bad('FF01', 'not a pain.001 of one payment block');
  const lines = (block['CdtTrfTxInf'] ?? []) as unknown as Node[];
  const executionDate = textAt(block, 'ReqdExctnDt', 'Dt') || textAt(block, 'ReqdExctnDt');
  const debtor = partyOf(textAt(block, 'Dbtr', 'Nm'), block['DbtrAcct'], block['DbtrAgt']);
  const contents: PaymentContent[] = [];
  for (const [index, line] of lines.entries()) {
    const read = readContent({
      endToEndId: textAt(line, 'PmtId', 'EndToEndId'),
      instrId: textAt(line, 'PmtId', 'InstrId'),
      currency: 'CNY',
      amountFen: fenOf(textAt(line, 'Amt', 'InstdAmt')),
      debtor,
      creditor: partyOf(textAt(line, 'Cdtr', 'Nm'), line['CdtrAcct'], line['CdtrAgt']),
      remittance: textAt(line, 'RmtInf', 'Ustrd'),
      executionDate,
    });
    if (!read.ok) return bad('FF01', `line ${index + 1}: ${read.text}`);
    contents.push(read.content);
  }
  for (const [count, sum] of [
    [textAt(document, 'GrpHdr', 'NbOfTxs'), textAt(document, 'GrpHdr', 'CtrlSum')],
    [textAt(block, 'NbOfTxs'), textAt(block, 'CtrlSum')],
  ] as const)
    if (Number(count) !== contents.length || fenOf(sum) !== sumOf(contents)) return bad('AM09', 'count or sum is not that of the lines');
  const fileId = textAt(document, 'GrpHdr', 'MsgId');
  return { ok: true, file: { fileId, format: version, blockId: textAt(block, 'PmtInfId'), sha256, contents } };
}

const partyOf = (name: string, account: Node | undefined, agent: Node | undefined): PaymentContent['debtor'] => ({
  name,
  accountNo: textAt(account, 'Id', 'Othr', 'Id'),
  bankNo: textAt(agent, 'FinInstnId', 'ClrSysMmbId', 'MmbId'),
});

/** Titles this bank knows, in any order; the last row is its check: 合计, count, total. */
const TITLES = { name: '姓名', accountNo: '账号', bankNo: '行号', amount: '金额', remittance: '摘要', reference: '业务参考号' } as const;

function readList(bytes: Buffer, sha256: string, { name, debtor, today }: Upload): ReadFile {
  const rows = parse(decoded(bytes), { relax_column_count: true, skip_empty_lines: true, bom: true }) as string[][];
  const [titles = [], ...rest] = rows;
  const tail = rest.pop() ?? [];
  const column = (title: string): number => titles.indexOf(title);
  const missing = Object.values(TITLES).filter((title) => column(title) < 0);
  if (missing.length > 0) return bad('FF01', `the list has no column ${missing.join(', ')}`);
  const contents: PaymentContent[] = [];
  for (const [index, row] of rest.entries()) {
    const cell = (title: string): string => row[column(title)] ?? '';
    const read = readContent({
      endToEndId: cell(TITLES.reference),
      instrId: `${cell(TITLES.reference)}A1`,
      currency: 'CNY',
      amountFen: fenOf(cell(TITLES.amount)),
      debtor,
      creditor: { name: cell(TITLES.name), accountNo: cell(TITLES.accountNo), bankNo: cell(TITLES.bankNo) },
      remittance: cell(TITLES.remittance),
      executionDate: today,
    });
    if (!read.ok) return bad('FF01', `row ${index + 2}: ${read.text}`);
    contents.push(read.content);
  }
  if (tail[0] !== '合计' || Number(tail[1]) !== contents.length || fenOf(tail[2] ?? '') !== sumOf(contents))
    return bad('AM09', 'the last row is not the count and total of the list');
  return { ok: true, file: { fileId: name, format: 'daifa', blockId: name, sha256, contents } };
}

/** GB18030 unless the bytes are good UTF-8. */
function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return iconv.decode(bytes, 'gb18030');
  }
}

/** `15000.00` → `1500000`; anything else becomes text no amount matches. */
const fenOf = (yuan: string): string =>
  /^\d{1,16}\.\d{2}$/.test(yuan) ? BigInt(yuan.replace('.', '')).toString() : `not an amount: ${yuan}`;
const sumOf = (contents: readonly PaymentContent[]): string =>
  contents.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n).toString();
