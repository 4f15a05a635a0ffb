import { createHash } from 'node:crypto';
import type { House } from '../house.js';
import { CELL, ROW } from './cell-facts.js';
import type { FirmField } from './extract-columns.js';
import { cellsOf, linesOf } from './extract-lines.js';
import { type Run, runKeeper } from './run-row.js';

const unstorable = /[\p{Cc}\p{Cs}]/u;

/**
 * Stores the lines of an extract, page by page, each once under its row number, with the hash of its text. Goes on behind the last
 * line stored; a line that cannot be read is stored as such. Answers how many lines the run has, which is then ready to be screened.
 */
export async function loadExtract(house: House, run: Run, bytes: AsyncIterable<Uint8Array>, size: number): Promise<number> {
  const stored = await lastRow(house, run.id);
  for await (const page of linesOf(bytes, run.encoding, size)) {
    const rows: string[] = [];
    for (const [index, line] of page.lines.entries()) {
      const row = page.firstRow + index;
      if (row === 1 || line === '') continue;
      if (row > stored) rows.push(lineRow(run, row, line));
    }
    if (rows.length > 0) await house.database.transaction(runKeeper, (tx) => tx.query(insertLines, [run.id, rows.join(ROW)]));
  }
  return finish(house, run.id);
}

const insertLines = {
  name: 'run_lines_stored',
  text: `INSERT INTO no_application_lines (run_id, row_no, line_sha256, uscc, name, district, holder_name, account_no, bank_no, bank_name, account_known, cells, outcome)
    SELECT $1, f[1]::int, decode(f[2], 'base64'), f[3], f[4], f[5], nullif(f[6], ''), nullif(f[7], ''), nullif(f[8], ''), nullif(f[9], ''), f[10] = '1',
           CASE f[11] WHEN '1' THEN array_to_string(f[12:], E'\\x1f') END, 'new'
      FROM (SELECT string_to_array(r, E'\\x1f') AS f FROM string_to_table($2, E'\\x1e') r) v
    ON CONFLICT (run_id, row_no) DO NOTHING`,
};

async function lastRow(house: House, runId: string): Promise<number> {
  const [found] = await house.database.read<{ row: number | null }>(
    runKeeper,
    'SELECT max(row_no) AS row FROM no_application_lines WHERE run_id = $1',
    [runId],
  );
  return found?.row ?? 0;
}

const truths = new Set(['是', 'true', '1']);

/** One line as the statement takes it. */
function lineRow({ columns }: Run, row: number, line: string): string {
  const sha256 = createHash('sha256').update(line).digest('base64');
  const cells = unstorable.test(line) ? null : cellsOf(line);
  const head = `${row}${CELL}${sha256}${CELL}`;
  // as many cells as the header, or nobody knows which is which
  if (cells === null || cells.length !== columns.width) return `${head}${CELL.repeat(7)}0${CELL}0`;
  const of = (field: FirmField): string => cells[columns.firm[field] ?? -1]?.trim() ?? '';
  const uscc = of('uscc').normalize('NFKC').replace(/\s/g, '').toUpperCase();
  const firm = [
    uscc,
    of('name'),
    of('district'),
    of('holderName') || of('name'),
    of('accountNo').replace(/\s/g, ''),
    of('bankNo'),
    of('bankName'),
  ];
  const facts = columns.facts.map(({ at }) => cells[at] ?? '');
  return head + [...firm, truths.has(of('accountKnown').toLowerCase()) ? '1' : '0', '1', ...facts].join(CELL);
}

/** All lines are there: how many, and the run may be screened. */
async function finish(house: House, runId: string): Promise<number> {
  return house.database.transaction(runKeeper, async (tx) => {
    const { rows } = await tx.query<{ lines: number }>('SELECT count(*)::int AS lines FROM no_application_lines WHERE run_id = $1', [
      runId,
    ]);
    const lines = rows[0]?.lines ?? 0;
    if (lines > 0)
      await tx.query(`UPDATE no_application_runs SET state = 'screening', line_count = $2 WHERE id = $1 AND state = 'loading'`, [
        runId,
        lines,
      ]);
    return lines;
  });
}
