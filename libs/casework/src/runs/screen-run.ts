import { firmOfLine, runJoins, type Tx } from '@tranche/database';
import type { ExclusionKey } from '@tranche/policies';
import type { CasePolicy } from '../case-policies.js';
import type { House } from '../house.js';
import { exclusionKeyBytes } from '../payee.js';
import { jurisdictionOf } from '../places.js';
import { CELL, ROW } from './cell-facts.js';
import { type Account, type Bench, judgeLine, type StoredLine, type Verdict } from './judge-line.js';
import { Judgements } from './judgements.js';
import { inPages, type Rows } from './pages.js';
import { type Run, runKeeper } from './run-row.js';

/**
 * Decides every line of a run that has no outcome yet: the rows say where to go on, whoever stopped before. `goOn` is asked before
 * each page. Answers whether all lines are decided.
 */
export async function screenRun(house: House, run: Run, size: number, goOn: () => Promise<boolean>): Promise<boolean> {
  const bench = benchOf(house, run);
  const [span] = await house.database.read<Rows>(
    runKeeper,
    `SELECT (SELECT row_no FROM no_application_lines WHERE run_id = $1 AND outcome = 'new' ORDER BY row_no LIMIT 1) AS first,
            (SELECT max(row_no) FROM no_application_lines WHERE run_id = $1) AS last`,
    [run.id],
  );
  const all = await inPages(span, size, goOn, (rows) => house.database.transaction(runKeeper, (tx) => screenPage(tx, run, bench, rows)));
  if (!all) return false;
  await house.database.transaction(runKeeper, (tx) =>
    tx.query(
      `UPDATE no_application_runs SET state = 'screened' WHERE id = $1 AND state = 'screening'
         AND NOT EXISTS (SELECT FROM no_application_lines WHERE run_id = $1 AND outcome = 'new')`,
      [run.id],
    ),
  );
  return true;
}

/** What the lines of a run are judged by: its very version, the parameters as they were set when it began. */
export function benchOf(house: House, run: Run): Bench & { readonly casePolicy: CasePolicy } {
  const casePolicy = house.policies.of(run);
  const binding = new Map<string, boolean>();
  const binds = (district: string): boolean => {
    const place = jurisdictionOf(district);
    const known = binding.get(place);
    if (known !== undefined) return known;
    const found = house.policies.inForce(run.policyId, place, run.screenedOn);
    const same = found.ok && found.casePolicy.hash === casePolicy.hash && found.casePolicy.policy === casePolicy.policy;
    binding.set(place, same);
    return same;
  };
  return {
    casePolicy,
    policy: casePolicy.policy,
    run,
    judgements: new Judgements(casePolicy, run.screenedOn, run.overrides),
    binds,
    within: (district) => run.district === null || covers(run.district, district),
  };
}

/** GB/T 2260: 210200 is all of 2102, 210000 all of 21. */
const covers = (office: string, district: string): boolean => district.startsWith(office.replace(/(00)+$/, ''));

async function screenPage(tx: Tx, run: Run, bench: Bench, { first, last }: Rows): Promise<void> {
  await tx.query(runJoins.byIndex);
  const { rows } = await tx.query<LineRow>(selectLines, [run.id, first, last]);
  const verdicts = rows.map((row) => judgeLine(bench, storedLine(row)));
  const taken = await conflictsOf(
    tx,
    run.policyId,
    verdicts.map(({ keys, rowNo }) => ({ keys, rowNo })),
  );
  const decided = verdicts.map((verdict): Verdict => {
    const caseNo = taken.get(verdict.rowNo);
    return caseNo === undefined ? verdict : { ...verdict, outcome: 'excluded', reason: { code: 'exclusion', caseNo } };
  });
  await tx.query(runJoins.byHash);
  if (decided.length > 0) await tx.query(updateLines, [run.id, decided.map(verdictRow).join(ROW), first, last]);
}

type LineRow = Omit<StoredLine, 'account' | 'approved' | 'organisation'> &
  Account & { readonly organisation: StoredLine['organisation']; readonly approved: Account | null };

const storedLine = ({ holderName, accountNo, bankNo, bankName, ...row }: LineRow): StoredLine => ({
  ...row,
  account: accountNo === null ? null : { holderName: holderName ?? '', accountNo, bankNo: bankNo ?? '', bankName: bankName ?? '' },
});

const selectLines = {
  name: 'run_lines_to_screen',
  text: `SELECT l.row_no AS "rowNo", l.uscc, l.name, l.district, l.cells, l.holder_name AS "holderName", l.account_no AS "accountNo", l.bank_no AS "bankNo", l.bank_name AS "bankName",
      l.account_known AS "accountKnown",
      l.reason AS noted,
      (SELECT f.row_no FROM no_application_lines f WHERE f.uscc = l.uscc AND f.uscc <> '' AND f.run_id = l.run_id
          AND (f.from_books > l.from_books OR (f.from_books = l.from_books AND f.row_no < l.row_no)) ORDER BY f.from_books DESC, f.row_no LIMIT 1) AS "earlierRow",
      CASE WHEN o.id IS NOT NULL THEN jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind, 'district', o.district, 'status', o.status) END AS organisation,
      CASE WHEN a.id IS NOT NULL THEN jsonb_build_object('holderName', a.holder_name, 'accountNo', a.account_no, 'bankNo', a.bank_no, 'bankName', a.bank_name) END AS approved
    FROM no_application_lines l ${firmOfLine}
    WHERE l.run_id = $1 AND l.row_no BETWEEN $2 AND $3 AND l.outcome = 'new' ORDER BY l.row_no`,
};

const updateLines = {
  name: 'run_lines_decided',
  text: `UPDATE no_application_lines l SET outcome = f[2], reason = nullif(f[3], '')::jsonb, fen = nullif(f[4], '')::bigint, fund = nullif(f[5], ''),
      organisation_id = nullif(f[6], '')::uuid, holder_name = coalesce(nullif(f[7], ''), l.holder_name), account_no = coalesce(nullif(f[8], ''), l.account_no),
      bank_no = coalesce(nullif(f[9], ''), l.bank_no), bank_name = coalesce(nullif(f[10], ''), l.bank_name)
    FROM (SELECT string_to_array(r, E'\\x1f') AS f FROM string_to_table($2, E'\\x1e') r) v
    WHERE l.run_id = $1 AND l.row_no BETWEEN $3 AND $4 AND l.row_no = f[1]::int AND l.outcome = 'new'`,
};

function verdictRow({ rowNo, outcome, reason, fen, fund, organisationId, account }: Verdict): string {
  const { holderName = '', accountNo = '', bankNo = '', bankName = '' } = account ?? {};
  const because = reason === null ? '' : JSON.stringify(reason);
  return [rowNo, outcome, because, fen ?? '', fund ?? '', organisationId ?? '', holderName, accountNo, bankNo, bankName].join(CELL);
}

/** Lines whose claims live in another case already: the number of that case, by row. One question for each group and span of days. */
export async function conflictsOf(
  tx: Pick<Tx, 'query'>,
  policyId: string,
  lines: readonly { readonly rowNo: number; readonly keys: readonly ExclusionKey[] }[],
): Promise<ReadonlyMap<number, string>> {
  const spans = new Map<string, { readonly key: ExclusionKey; readonly rows: Map<string, number> }>();
  for (const { rowNo, keys } of lines)
    for (const key of keys) {
      const span = `${key.group} ${key.from} ${key.until} ${key.othersOnly} ${key.permitted}`;
      const asked = spans.get(span) ?? { key, rows: new Map<string, number>() };
      spans.set(span, asked);
      asked.rows.set(exclusionKeyBytes(key.key).toString('hex'), rowNo);
    }
  const taken = new Map<number, string>();
  for (const { key, rows } of spans.values()) {
    const { rows: found } = await tx.query<{ person: string; caseNo: string }>(selectConflicts, [
      [...rows.keys()],
      key.group,
      key.from,
      key.until,
      policyId,
      key.othersOnly ?? false,
      key.permitted ?? false,
    ]);
    for (const { person, caseNo } of found) taken.set(rows.get(person) ?? -1, caseNo);
  }
  return taken;
}

const selectConflicts = {
  name: 'run_lines_taken',
  text: `SELECT encode(x.person_key, 'hex') AS person, x.case_no AS "caseNo"
    FROM exclusion_holders((SELECT array_agg(decode(h, 'hex')) FROM unnest($1::text[]) h), $2, daterange($3::date, $4::date, '[]'), $5, $6, $7) x`,
};
