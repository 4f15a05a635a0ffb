import { createHash } from 'node:crypto';
import { formatInstant } from '@tranche/calendar';
import type { Tx } from '@tranche/database';
import type { Beneficiaries } from '@tranche/policies';
import type { Sealing } from '../case-files.js';
import type { House } from '../house.js';
import { CELL, ROW } from './cell-facts.js';
import type { FirmField } from './extract-columns.js';
import { cellsOf, linesOf } from './extract-lines.js';
import { ownPeople, putOwnLines } from './own-people.js';
import { personLine } from './person-line.js';
import { lockRun, type Run, runKeeper } from './run-row.js';

const unstorable = /[\p{Cc}\p{Cs}]/u;

/**
 * Stores the lines of an extract, page by page, each once under its row number, with the hash of its text. Goes on behind the last
 * line stored; a line that cannot be read is stored as such. `sealing`: the lines are about people. Answers how many lines the run has,
 * which is then ready to be screened.
 */
export async function loadExtract(
  house: House,
  run: Run,
  bytes: AsyncIterable<Uint8Array>,
  size: number,
  sealing: Sealing | null,
): Promise<number> {
  const stored = await lastRow(house, run.id);
  for await (const page of linesOf(bytes, run.encoding, size)) {
    const fresh = [...page.lines.entries()]
      .map(([index, line]): [number, string] => [page.firstRow + index, line])
      .filter(([row, line]) => row > 1 && row > stored && line !== '');
    if (fresh.length === 0) continue;
    await house.database.transaction(runKeeper, async (tx) => {
      if (sealing) await putPeople(house, tx, run, fresh, sealing);
      else await tx.query(insertLines, [run.id, fresh.map((each) => lineRow(run, ...each)).join(ROW)]);
    });
  }
  return finish(house, run);
}

async function putPeople(house: House, tx: Tx, run: Run, lines: readonly [number, string][], sealing: Sealing): Promise<void> {
  const read = lines.map(([row, line]) => personLine(run, row, line, sealing, house.newId()));
  const people = read.flatMap(({ person }) => person ?? []);
  await tx.query(insertPeople, [run.id, read.map(({ line }) => line).join(ROW), people.join(ROW), formatInstant(house.systemNow())]);
}

const insertLines = {
  name: 'run_lines_stored',
  text: `INSERT INTO no_application_lines (run_id, row_no, line_sha256, uscc, name, district, holder_name, account_no, bank_no, bank_name, account_known, cells, outcome)
    SELECT $1, f[1]::int, decode(f[2], 'base64'), f[3], f[4], f[5], nullif(f[6], ''), nullif(f[7], ''), nullif(f[8], ''), nullif(f[9], ''), f[10] = '1',
           CASE f[11] WHEN '1' THEN array_to_string(f[12:], E'\\x1f') END, 'new'
      FROM (SELECT string_to_array(r, E'\\x1f') AS f FROM string_to_table($2, E'\\x1e') r) v
    ON CONFLICT (run_id, row_no) DO NOTHING`,
};

/** Lines of people and who they are, together: whoever was faster has both. */
const insertPeople = {
  name: 'run_people_stored',
  text: `WITH put AS (
      INSERT INTO no_application_lines (run_id, row_no, line_sha256, uscc, name, district, holder_name, account_no, bank_no, bank_name, account_known, reason, cells, outcome)
      SELECT $1, f[1]::int, decode(f[2], 'base64'), f[3], f[4], f[5], nullif(f[6], ''), nullif(f[7], ''), nullif(f[8], ''), nullif(f[9], ''), f[10] = '1',
             nullif(f[11], '')::jsonb, CASE f[12] WHEN '1' THEN array_to_string(f[13:], E'\\x1f') END, 'new'
        FROM (SELECT string_to_array(r, E'\\x1f') AS f FROM string_to_table($2, E'\\x1e') r) v
      ON CONFLICT (run_id, row_no) DO NOTHING RETURNING row_no)
    INSERT INTO no_application_people (run_id, row_no, organisation_id, person_key, name_cipher, name_masked, id_cipher, id_masked, key_id, recorded_at)
    SELECT $1, put.row_no, f[2]::uuid, decode(f[3], 'base64'), decode(f[4], 'base64'), f[5], decode(f[6], 'base64'), f[7], f[8], $4
      FROM (SELECT string_to_array(r, E'\\x1f') AS f FROM string_to_table($3, E'\\x1e') r) v JOIN put ON put.row_no = f[1]::int`,
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

/** All lines of the file are there: how many the run has in the end, and it may be screened. */
async function finish(house: House, run: Run): Promise<number> {
  const { beneficiaries } = house.policies.of(run).policy;
  return house.database.transaction(runKeeper, async (tx) => {
    if ((await lockRun(tx, run.id))?.state !== 'loading') return 0;
    if (beneficiaries) await joinOwnPeople(tx, run, beneficiaries);
    const { rows } = await tx.query<{ lines: number }>('SELECT count(*)::int AS lines FROM no_application_lines WHERE run_id = $1', [
      run.id,
    ]);
    const lines = rows[0]?.lines ?? 0;
    if (lines > 0) await tx.query(`UPDATE no_application_runs SET state = 'screening', line_count = $2 WHERE id = $1`, [run.id, lines]);
    return lines;
  });
}

/** People whom our own books show are added, and accounts that several people of the extract name are noted on each of their lines. */
async function joinOwnPeople(tx: Tx, run: Run, beneficiaries: Beneficiaries): Promise<void> {
  const { rows } = await tx.query<{ last: number }>('SELECT max(row_no) AS last FROM no_application_lines WHERE run_id = $1', [run.id]);
  const people = await ownPeople(tx, beneficiaries, run.declared, run);
  if (people.length > 0) await putOwnLines(tx, run, beneficiaries, people, rows[0]?.last ?? 0);
  await tx.query(
    `UPDATE no_application_lines l SET reason = jsonb_build_object('code', 'account-shared', 'row', CASE l.row_no WHEN s.first THEN s.last ELSE s.first END)
       FROM (SELECT account_no, min(row_no) AS first, max(row_no) AS last FROM no_application_lines WHERE run_id = $1 AND uscc <> '' AND account_no IS NOT NULL
              GROUP BY account_no HAVING count(DISTINCT uscc) > 1) s
      WHERE l.run_id = $1 AND l.account_no = s.account_no AND l.uscc <> ''`,
    [run.id],
  );
}
