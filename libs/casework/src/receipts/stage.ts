import { createHash } from 'node:crypto';
import type { Fault, ReceiptEvent, StatementEnd, StatementHead, StatementLine, StatusNews } from '@tranche/bank';
import { formatInstant } from '@tranche/calendar';
import { columnArrays, rowColumns, type Tx, unnested } from '@tranche/database';
import type { House } from '../house.js';
import { worker } from '../outbox.js';
import { tellWorklist, type WorkItem, workItem } from './worklist.js';

/** Rows written in one transaction. */
const PAGE = 2_000;

export type Staged = { readonly statements: number; readonly lines: number; readonly statuses: number };
type Row = Readonly<Record<string, unknown>>;
type Pages = { lines: Row[]; statuses: Row[]; statements: Row[]; items: WorkItem[] };
const emptyPages = (): Pages => ({ lines: [], statuses: [], statements: [], items: [] });

/**
 * Writes down what a file says, page by page; nothing is decided yet. What stands already (of this file, or the same booking from another
 * statement) stays as it is, so that an import that was cut off is simply taken up again.
 */
export class Stage {
  private pages = emptyPages();
  private head: StatementHead | null = null;
  private readonly seen = new Map<number, number>();
  private readonly counts = { statements: 0, lines: 0, statuses: 0 };
  /** the page before: written while the next one is read */
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly house: House,
    private readonly fileId: string,
  ) {}

  /** Takes events in their order. */
  async take(events: readonly ReceiptEvent[]): Promise<void> {
    for (const event of events) {
      if (event.kind === 'line') this.line(event);
      else if (event.kind === 'status') this.status(event);
      else if (event.kind === 'fault') this.pages.items.push(itemOf(event));
      else if (event.kind === 'statement') this.begin(event);
      else this.end(event);
    }
    const { lines, statuses, items } = this.pages;
    if (lines.length + statuses.length + items.length < PAGE) return;
    await this.writing;
    this.writing = this.write();
    // a page that could not be written is told of with the next
    this.writing.catch(() => undefined);
  }

  /** Writes what is left; answers how much the file says. */
  async finish(): Promise<Staged> {
    await this.writing;
    await this.write();
    return this.counts;
  }

  /** Waits until nothing is being written any more, however that ends. */
  idle(): Promise<void> {
    return this.writing.catch(() => undefined);
  }

  private begin(head: StatementHead): void {
    this.head = head;
    this.seen.clear();
  }

  private line(line: StatementLine): void {
    this.counts.lines += 1;
    const { accountNo = '', statementId = '' } = this.head ?? {};
    this.pages.lines.push({
      id: this.house.newId(),
      line_no: this.counts.lines,
      at_line: line.at.line,
      at_path: line.at.path,
      account_no: accountNo,
      statement_id: statementId,
      line_key: this.keyOf(line, `${statementId}/${this.head?.page?.no ?? 1}`),
      direction: line.direction,
      amount_fen: line.amountFen.toString(),
      booked_on: line.bookedOn,
      reversal: line.reversal,
      end_to_end_id: line.endToEndId,
      instr_id: line.instrId,
      bank_ref: line.bankRef,
      counterparty_name: line.counterpartyName,
      counterparty_account: line.counterpartyAccount,
      remittance: line.remittance,
      return_code: line.returnCode,
      return_text: line.returnText,
    });
  }

  /**
   * A booking under the bank's own reference is the same whichever statement shows it; without one it belongs to its statement. Bookings that
   * are alike in everything are numbered in their order.
   */
  private keyOf(line: StatementLine, statement: string): string {
    const { bankRef, bookedOn, direction, amountFen, endToEndId, counterpartyName, counterpartyAccount, remittance } = line;
    const what = bankRef === null ? [statement, counterpartyName, counterpartyAccount, remittance] : [bankRef];
    const digest = createHash('sha256')
      .update(JSON.stringify([...what, bookedOn, direction, amountFen.toString(), endToEndId]))
      .digest();
    const mark = digest.readUIntBE(0, 6);
    const no = (this.seen.get(mark) ?? 0) + 1;
    this.seen.set(mark, no);
    return `${digest.toString('base64url').slice(0, 24)}#${no}`;
  }

  private status(news: StatusNews): void {
    this.counts.statuses += 1;
    this.pages.statuses.push({
      id: this.house.newId(),
      status_no: this.counts.statuses,
      at_line: news.at.line,
      at_path: news.at.path,
      level: news.level,
      original_message_id: news.originalMessageId,
      original_block_id: news.originalBlockId,
      end_to_end_id: news.endToEndId,
      instr_id: news.instrId,
      bank_ref: news.bankRef,
      meaning: news.meaning,
      code: news.code,
      reason_code: news.reasonCode,
      reason_text: news.reasonText,
      amount_fen: news.amountFen?.toString() ?? null,
      on_date: news.on,
    });
  }

  private end(end: StatementEnd): void {
    const { head } = this;
    if (head === null) return;
    this.counts.statements += 1;
    this.pages.statements.push({
      id: this.house.newId(),
      account_no: head.accountNo,
      statement_id: head.statementId,
      page_no: head.page?.no ?? 1,
      last_page: head.page?.last ?? true,
      sequence_no: head.sequenceNo,
      on_date: end.on,
      opening_fen: head.openingFen?.toString() ?? null,
      closing_fen: head.closingFen?.toString() ?? null,
      final: head.final,
      sound: end.sound,
      line_count: end.lines,
      credit_fen: end.creditFen.toString(),
      debit_fen: end.debitFen.toString(),
    });
    this.head = null;
  }

  /** Statements that another file has shown with other sums: the first one stands. */
  private async differing(statements: readonly Row[]): Promise<WorkItem[]> {
    if (statements.length === 0) return [];
    const rows = await this.house.database.read<{ account: string; statement: string; page: number }>(
      worker,
      `SELECT r.account_no AS account, r.statement_id AS statement, r.page_no AS page FROM jsonb_to_recordset($2::jsonb) AS r(${statementColumns})
       JOIN statements s ON s.account_no = r.account_no AND s.statement_id = r.statement_id AND s.page_no = r.page_no
       WHERE s.file_id <> $1 AND (s.opening_fen, s.closing_fen, s.credit_fen, s.debit_fen) IS DISTINCT FROM (r.opening_fen, r.closing_fen, r.credit_fen, r.debit_fen)`,
      [this.fileId, JSON.stringify(statements)],
    );
    return rows.map(({ account, statement, page }) =>
      workItem('statement-differs', { line: 0, path: `${account}/${statement}` }, `page ${page}`),
    );
  }

  private async write(): Promise<void> {
    const { lines, statuses, statements, items } = this.pages;
    this.pages = emptyPages();
    if (lines.length + statuses.length + statements.length + items.length === 0) return;
    const recordedAt = formatInstant(this.house.systemNow());
    await this.house.database.transaction(worker, async (tx) => {
      await insertRows(tx, 'statement_lines', lineColumns, this.fileId, lines);
      await insertRows(tx, 'bank_statuses', statusColumns, this.fileId, statuses);
      await insertRows(
        tx,
        'statements',
        statementColumns,
        this.fileId,
        statements.map((row) => ({ ...row, recorded_at: recordedAt })),
      );
    });
    const differing = await this.differing(statements);
    await tellWorklist(this.house, this.fileId, [...items, ...differing]);
  }
}

const itemOf = ({ at, code, text, found }: Fault): WorkItem => ({ at, code, text, found });

const lineColumns = `id uuid, line_no int, at_line int, at_path text, account_no text, statement_id text, line_key text, direction text, amount_fen bigint, booked_on date, reversal bool,
  end_to_end_id text, instr_id text, bank_ref text, counterparty_name text, counterparty_account text, remittance text, return_code text, return_text text`;
const statusColumns = `id uuid, status_no int, at_line int, at_path text, level text, original_message_id text, original_block_id text, end_to_end_id text, instr_id text, bank_ref text,
  meaning text, code text, reason_code text, reason_text text, amount_fen bigint, on_date date`;
const statementColumns = `id uuid, account_no text, statement_id text, page_no int, last_page bool, sequence_no text, on_date date, opening_fen bigint, closing_fen bigint, final bool,
  sound bool, line_count int, credit_fen bigint, debit_fen bigint, recorded_at timestamptz`;

/** Rows that stand already are left as they are. */
async function insertRows(tx: Tx, table: string, columnsText: string, fileId: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = rowColumns(columnsText);
  const names = columns.map(({ name }) => name).join(', ');
  await tx.query(`INSERT INTO ${table} (file_id, ${names}) SELECT $1, ${names} FROM ${unnested(columns, 2)} ON CONFLICT DO NOTHING`, [
    fileId,
    ...columnArrays(columns, rows),
  ]);
}
