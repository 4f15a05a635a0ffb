import { Decoder, fenOfCell } from './csv-cells.js';
import { type Fault, fault, type Position, type ReceiptEvent, type StatusMeaning, UnreadableReceipt } from './receipt.js';
import { dayOf, isFault, referenceOf } from './values.js';

/** What a column of a return file may hold. */
export type CsvField = 'reference' | 'name' | 'accountNo' | 'amount' | 'result' | 'reasonCode' | 'reason' | 'bankRef' | 'date';

/** How one bank writes the return file (回盘) of a 代发 list. Data, not code: another bank is another template. */
export interface CsvReceiptTemplate {
  readonly id: string;
  readonly delimiter: ',' | '|' | ';' | '\t';
  readonly encoding: 'utf-8' | 'gb18030' | 'gbk';
  readonly unit: 'yuan' | 'fen';
  /** titles of the columns, as banks write them; the file's first row says their order */
  readonly titles: Readonly<Partial<Record<CsvField, readonly string[]>>>;
  /** words of the result column */
  readonly results: Readonly<Record<string, StatusMeaning>>;
  /** first cell of the last row, which has the count in its second and the total in its third cell; null: there is none */
  readonly trailer: string | null;
}

/** The columns of most return files; the encoding is what Chinese banks' programs write. */
export const commonReturnFile: CsvReceiptTemplate = {
  id: 'return-file',
  delimiter: ',',
  encoding: 'gb18030',
  unit: 'yuan',
  titles: {
    reference: ['业务参考号', '参考号', '流水号', 'reference'],
    name: ['户名', '收款人', '姓名', 'name'],
    accountNo: ['账号', '帐号', '收款账号', 'accountNo'],
    amount: ['金额', 'amount'],
    result: ['处理结果', '结果', '状态', 'result'],
    reasonCode: ['原因代码', '错误代码', 'reasonCode'],
    reason: ['失败原因', '原因', '备注', 'reason'],
    bankRef: ['银行流水号', '核心流水号', 'bankRef'],
    date: ['入账日期', '交易日期', '日期', 'date'],
  },
  results: {
    成功: 'settled',
    失败: 'refused',
    处理中: 'accepted',
    已受理: 'received',
    S: 'settled',
    F: 'refused',
    I: 'accepted',
    C: 'refused',
  },
  trailer: '合计',
};

type Columns = ReadonlyMap<CsvField, number>;
type Sums = { rows: number; fen: bigint; trailer: readonly string[] | null; trailerRow: number };

/**
 * The statuses of a return file, row by row; rows that cannot be read are faults of their own. Where the last row is missing or does not
 * agree with the rows, the last event is a fault. Throws UnreadableReceipt for a file without the titles of the template.
 */
export async function* readCsv(template: CsvReceiptTemplate, chunks: AsyncIterable<string>): AsyncGenerator<readonly ReceiptEvent[]> {
  const rows = new Decoder(template.delimiter);
  const sums: Sums = { rows: 0, fen: 0n, trailer: null, trailerRow: 0 };
  let columns: Columns | null = null;
  const read = (page: readonly { readonly no: number; readonly cells: readonly string[] | null }[]): ReceiptEvent[] => {
    const events: ReceiptEvent[] = [];
    for (const { no, cells } of page) {
      if (columns === null) columns = columnsOf(template, cells ?? []);
      else events.push(...rowEvents(template, columns, no, cells, sums));
    }
    return events;
  };
  for await (const chunk of chunks) {
    const events = read(rows.push(chunk));
    if (events.length > 0) yield events;
  }
  const last = [...read(rows.end()), ...trailerFaults(template, sums)];
  if (columns === null) throw unknownTemplate();
  if (last.length > 0) yield last;
}

/** Does the first row of a file have the columns a template cannot do without? */
export function hasTitles(template: CsvReceiptTemplate, firstLine: string): boolean {
  const rows = new Decoder(template.delimiter);
  const [first] = [...rows.push(`${firstLine}\n`), ...rows.end()];
  try {
    return columnsOf(template, first?.cells ?? []).size > 0;
  } catch {
    return false;
  }
}

function columnsOf(template: CsvReceiptTemplate, titles: readonly string[]): Columns {
  const columns = new Map<CsvField, number>();
  for (const [field, names] of Object.entries(template.titles) as [CsvField, readonly string[]][]) {
    const at = titles.findIndex((title) => names.includes(title.trim()));
    if (at >= 0) columns.set(field, at);
  }
  if (!(['reference', 'amount', 'result'] as const).every((field) => columns.has(field))) throw unknownTemplate();
  return columns;
}

const unknownTemplate = (): UnreadableReceipt =>
  new UnreadableReceipt('template-unknown', 1, {
    zh: '第 1 行不是回盘文件的表头：须有业务参考号、金额、处理结果三列',
    en: 'row 1 is not the head of a return file: it needs the columns 业务参考号 (reference), 金额 (amount) and 处理结果 (result)',
  });

function rowEvents(
  template: CsvReceiptTemplate,
  columns: Columns,
  no: number,
  cells: readonly string[] | null,
  sums: Sums,
): ReceiptEvent[] {
  const at: Position = { line: no, path: `row ${no}` };
  if (cells === null) return [fault(at, 'row-unreadable', `第 ${no} 行无法读取`, `row ${no} cannot be read`)];
  if (template.trailer !== null && cells[0]?.trim() === template.trailer) {
    sums.trailer = cells;
    sums.trailerRow = no;
    return [];
  }
  const cell = (field: CsvField): string | null => {
    const text = cells[columns.get(field) ?? -1]?.trim() ?? '';
    return text === '' ? null : text;
  };
  const amountFen = fenOfCell(cell('amount') ?? '', template.unit, at);
  sums.rows += 1;
  if (isFault(amountFen)) return [amountFen];
  sums.fen += amountFen;
  return [statusOf(template, cell, at, amountFen)];
}

function statusOf(
  template: CsvReceiptTemplate,
  cell: (field: CsvField) => string | null,
  at: Position,
  amountFen: bigint,
): ReceiptEvent | Fault {
  const result = cell('result') ?? '';
  const reference = referenceOf(cell('reference'));
  if (!Object.hasOwn(template.results, result))
    return fault(
      at,
      'status-unknown',
      `处理结果“${result}”含义不明`,
      `the result "${result}" is not known to say anything`,
      reference ?? '',
    );
  if (reference === null) return fault(at, 'element-missing', '缺少业务参考号', 'there is no reference');
  const date = cell('date');
  const on = dayOf(date === null ? null : date.replace(/^(\d{4})[/.]?(\d{2})[/.]?(\d{2})$/, '$1-$2-$3'));
  if (date !== null && on === null) return fault(at, 'date-invalid', '日期有误', 'the date is no day', date);
  return {
    kind: 'status',
    at,
    level: 'transfer',
    originalMessageId: null,
    originalBlockId: null,
    endToEndId: reference,
    instrId: null,
    bankRef: cell('bankRef'),
    meaning: template.results[result]!,
    code: result,
    reasonCode: cell('reasonCode'),
    reasonText: cell('reason'),
    amountFen,
    on,
  };
}

function trailerFaults(template: CsvReceiptTemplate, { rows, fen, trailer, trailerRow }: Sums): Fault[] {
  if (template.trailer === null) return [];
  const at = { line: trailerRow, path: `row ${trailerRow}` };
  if (trailer === null)
    return [fault({ line: 0, path: '' }, 'trailer-missing', '没有合计行，文件可能不完整', 'there is no total: the file may be cut off')];
  const [, count = '', total = ''] = trailer;
  const told = fenOfCell(total.trim(), template.unit, at);
  const found: Fault[] = [];
  if (count.trim() !== String(rows))
    found.push(fault(at, 'count-differs', '笔数与合计行不符', 'the number of rows is not that of the total', `${count} <> ${rows}`));
  if (isFault(told) || told !== fen)
    found.push(fault(at, 'sum-differs', '金额与合计行不符', 'the amounts are not those of the total', `${total} <> ${fen} fen`));
  return found;
}
