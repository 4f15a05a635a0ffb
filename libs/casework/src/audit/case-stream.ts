import type { RowReader } from './case-rows.js';

/** A row as the database shows it in JSON: columns by their names, dates as days, instants with offset, bytes as `\x…`. */
export type StoredRow = Readonly<Record<string, unknown>> & { readonly case_id: string };

/** Rows fetched at once. */
const PAGE = 500;

/**
 * The rows of one table, case after case in id order, read through a cursor beside the cases: one sorted pass over the table whatever its
 * indexes, and no more of it in memory than a page. Rows of cases that do not come up are handed to `stray`.
 */
export class CaseStream {
  private page: StoredRow[] = [];
  private at = 0;
  private state: 'closed' | 'open' | 'drained' = 'closed';

  constructor(
    private readonly reader: RowReader,
    /** names the cursor; one of a kind per connection */
    private readonly name: string,
    /** selects `case_id` and what is compared, without an order */
    private readonly sql: string,
    private readonly stray: (caseId: string) => void,
  ) {}

  /** The rows of the next case; cases are asked for in ascending order. */
  async of(caseId: string): Promise<StoredRow[]> {
    const rows: StoredRow[] = [];
    for (let next = await this.peek(); next !== undefined && next.case_id <= caseId; next = await this.peek()) {
      if (next.case_id === caseId) rows.push(next);
      else this.stray(next.case_id);
      this.at += 1;
    }
    return rows;
  }

  /** After the last case: what is left belongs to none. */
  async end(): Promise<void> {
    for (let next = await this.peek(); next !== undefined; next = await this.peek()) {
      this.stray(next.case_id);
      this.at += 1;
    }
    await this.reader.read(`CLOSE ${this.name}`);
    this.state = 'closed';
  }

  private async peek(): Promise<StoredRow | undefined> {
    if (this.at < this.page.length || this.state === 'drained') return this.page[this.at];
    if (this.state === 'closed') {
      await this.reader.read(
        `DECLARE ${this.name} NO SCROLL CURSOR FOR SELECT row_to_json(r)::text AS row FROM (${this.sql}) r ORDER BY r.case_id`,
      );
      this.state = 'open';
    }
    const rows = await this.reader.read<{ row: string }>(`FETCH ${PAGE} FROM ${this.name}`);
    this.page = rows.map(({ row }) => JSON.parse(row) as StoredRow);
    this.at = 0;
    if (rows.length < PAGE) this.state = 'drained';
    return this.page[0];
  }
}
