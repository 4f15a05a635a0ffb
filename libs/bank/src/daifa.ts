import { stringify } from 'csv-stringify/sync';
import { renderParts, yuanOf } from './artifact.js';
import { encodeExactly, lostCharacters } from './charset.js';
import { type FieldFault, fault } from './check-instruction.js';
import { checkOrder } from './check-order.js';
import type { DaifaTemplate } from './daifa-template.js';
import type { PartHeading, PartWriter, PaymentLine, RailAdapter, RailCaps } from './port.js';

const BOM = Uint8Array.of(0xef, 0xbb, 0xbf);
/** A cell that begins so is a formula to a spreadsheet, and banks' clerks open these lists in one. */
const FORMULA = /^[=+@-]/;

/**
 * A bank's 代发 list by its template. A name the encoding cannot hold blocks its line: banks compare names, and `?` in the place of a
 * character pays nobody or the wrong one.
 */
export function daifaRail(template: DaifaTemplate, caps: RailCaps): RailAdapter {
  const check: RailAdapter['check'] = (order) =>
    checkOrder(order, caps, (line) => [
      ...rareCharacters('creditor.name', line.creditor.name, caps),
      ...rareCharacters('remittance', line.remittance, caps),
      ...cellFaults('creditor.name', line.creditor.name, template),
      ...cellFaults('remittance', line.remittance, template),
    ]);
  const writer: RailAdapter['writer'] = (heading) => writerOf(template, caps, heading);
  return { caps, check, writer, render: (order) => renderParts(order, caps, check(order), writer) };
}

function rareCharacters(field: string, text: string, { charset }: RailCaps): FieldFault[] {
  const lost = /\p{Cs}/u.test(text) ? [] : lostCharacters(text, charset);
  if (lost.length === 0) return [];
  const [zh, en] = field === 'creditor.name' ? ['姓名', 'the name'] : ['摘要', 'the remittance'];
  return [
    fault(
      field,
      'rare-character',
      `${zh}含生僻字“${lost.join('')}”，银行文件编码 ${charset.toUpperCase()} 无法表示，该笔不能由此渠道支付，请改用其他渠道`,
      `${en} has characters the bank's encoding ${charset} cannot hold (${lost.join(' ')}); pay this line by another rail`,
    ),
  ];
}

function cellFaults(field: string, cell: string, { quotes, delimiter }: DaifaTemplate): FieldFault[] {
  if (FORMULA.test(cell)) return [fault(field, 'text', '不得以 = + - @ 开头', 'a cell does not begin with = + - @')];
  if (quotes === 'never' && (cell.includes(delimiter) || cell.includes('"')))
    return [
      fault(field, 'text', `含有银行文件的分隔符“${delimiter}”或引号`, 'it holds the delimiter of the bank list, or a quotation mark'),
    ];
  return [];
}

function writerOf(template: DaifaTemplate, { charset }: RailCaps, heading: PartHeading): PartWriter {
  const { columns, titles, head, tail, bom } = template;
  const before = [...(head ? [summaryRow(template, head, heading)] : []), ...(titles ? [columns.map(({ title }) => title)] : [])];
  const behind = tail ? [summaryRow(template, tail, heading)] : [];
  const bytesOf = (rows: readonly string[][]): Uint8Array => {
    const encoded = encodeExactly(textOf(template, rows), charset);
    if (!encoded.ok) throw new Error(`characters that were not refused: ${encoded.lost.join(' ')}`);
    return encoded.bytes;
  };
  return {
    fileName: nameOf(template, heading),
    mediaType: `text/csv; charset=${charset}`,
    head: () => (bom && charset === 'utf-8' ? new Uint8Array([...BOM, ...bytesOf(before)]) : bytesOf(before)),
    lines: (lines, from) => bytesOf(lines.map((line, index) => columns.map(({ field }) => cellOf(template, field, line, from + index)))),
    tail: () => bytesOf(behind),
  };
}

function textOf({ delimiter, quotes, closed, lineEnd }: DaifaTemplate, rows: readonly string[][]): string {
  if (rows.length === 0) return '';
  return stringify(closed ? rows.map((row) => [...row, '']) : [...rows], {
    delimiter,
    quote: quotes === 'never' ? false : '"',
    record_delimiter: lineEnd === 'crlf' ? '\r\n' : '\n',
  });
}

function cellOf(template: DaifaTemplate, field: DaifaTemplate['columns'][number]['field'], line: PaymentLine, seq: number): string {
  switch (field) {
    case 'seq':
      return String(seq);
    case 'name':
      return line.creditor.name;
    case 'accountNo':
      return line.creditor.accountNo;
    case 'bankNo':
      return line.creditor.bankNo;
    case 'amount':
      return amountIn(template, line.amountFen);
    case 'reference':
      return line.endToEndId;
    case 'remittance':
      return line.remittance;
    case 'empty':
      return '';
  }
}

function summaryRow(
  template: DaifaTemplate,
  record: NonNullable<DaifaTemplate['head']>,
  { order, count, totalFen }: PartHeading,
): string[] {
  const values = {
    count: String(count),
    total: amountIn(template, totalFen),
    date: compact(order.executionDate),
    debtorAccountNo: order.debtor.accountNo,
    debtorName: order.debtor.name,
    batch: order.reference,
    empty: '',
  };
  return record.map((cell) => ('text' in cell ? cell.text : values[cell.field]));
}

const amountIn = ({ unit }: DaifaTemplate, fen: bigint): string => (unit === 'fen' ? fen.toString() : yuanOf(fen));

const compact = (day: string): string => day.replaceAll('-', '');

const nameOf = ({ fileName }: DaifaTemplate, { order, part }: PartHeading): string =>
  fileName
    .replaceAll('{batch}', order.reference)
    .replaceAll('{date}', compact(order.executionDate))
    .replaceAll('{part3}', String(part).padStart(3, '0'))
    .replaceAll('{part}', String(part));
