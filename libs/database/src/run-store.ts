import type { ClientBase } from 'pg';
import { type Actor, settingsOf } from './actor.js';
import { type ChangeSet, statementsOf } from './change-set.js';
import { type RoundTripStatement, roundTrip, type TextRows } from './round-trip.js';

/** A line of an approved list that has no case yet, with what is known of its firm now. */
export type ListedLine = {
  readonly rowNo: number;
  readonly uscc: string;
  readonly name: string;
  readonly district: string;
  readonly cells: string;
  readonly fen: string;
  readonly holderName: string;
  readonly accountNo: string;
  readonly bankNo: string;
  readonly bankName: string;
  /** who confirmed the account, as what, when; null where the registers vouch for it */
  readonly accountBy: string | null;
  readonly accountRole: string | null;
  readonly accountOn: string | null;
  readonly organisation: { readonly id: string; readonly district: string; readonly status: string; readonly kind: string } | null;
  /** the organisation's approved account, and whether it is the one of the line */
  readonly approved: { readonly id: string; readonly same: boolean } | null;
  /** number of the case to be opened */
  readonly caseNumber: number;
  /** the payee that a person of the extract becomes; null: a firm, or whom our own books name */
  readonly personId: string | null;
};

/**
 * The organisation of a line, and its approved account: named by the line, or found by its code. Looked up line by line behind fences: joined
 * freely, a plan made over empty tables reads every account for every line; and which organisation it is must be known before it is fetched, for
 * under row security a condition with a query in it is no condition of an index, and every line would read all organisations.
 */
export const firmOfLine = `LEFT JOIN LATERAL (SELECT coalesce(l.organisation_id, CASE WHEN starts_with(l.uscc, 'p-')
        THEN (SELECT f.id FROM organisations f WHERE f.person_key = decode(translate(substr(l.uscc, 3), '-_', '+/') || '=', 'base64'))
        ELSE (SELECT f.id FROM organisations f WHERE f.uscc = l.uscc) END) AS id OFFSET 0) k ON true
    LEFT JOIN LATERAL (SELECT * FROM organisations o WHERE o.id = k.id OFFSET 0) o ON true
    LEFT JOIN LATERAL (SELECT * FROM payee_accounts a WHERE a.organisation_id = o.id AND a.state = 'approved' OFFSET 0) a ON true`;

const selectListed = `SELECT l.row_no, l.uscc, l.name, l.district, l.cells, l.fen, l.holder_name, l.account_no, l.bank_no, l.bank_name, l.account_by, l.account_role, l.account_on,
    o.id, o.district, o.status, o.kind, a.id, (a.holder_name, a.account_no, a.bank_no) = (l.holder_name, l.account_no, l.bank_no), nextval('case_numbers'),
    CASE WHEN starts_with(l.uscc, 'p-') THEN (SELECT p.organisation_id FROM no_application_people p WHERE p.run_id = l.run_id AND p.row_no = l.row_no) END
  FROM no_application_lines l ${firmOfLine}
  WHERE l.run_id = $1 AND l.row_no BETWEEN $2 AND $3 AND l.list_no = $4 AND l.outcome = 'included' AND l.case_id IS NULL ORDER BY l.row_no`;

/**
 * Plans of these statements are made once, and often before anything stands in their tables: what would then look as cheap as any other
 * way is a loop of a page over a page, or over all firms, later. So each transaction says how it may join.
 */
const joinByIndex =
  "SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('enable_material', 'off', true), set_config('enable_seqscan', 'off', true)";
const joinByHash = "SELECT set_config('enable_nestloop', 'off', true), set_config('enable_hashjoin', 'on', true)";
export const runJoins = { byIndex: joinByIndex, byHash: joinByHash } as const;

/** Begins a transaction as this actor and reads what is to be opened of some rows of a list, in one round trip. */
export async function beginListed(
  client: ClientBase,
  actor: Actor,
  { runId, listNo, first, last }: { readonly runId: string; readonly listNo: number; readonly first: number; readonly last: number },
): Promise<ListedLine[]> {
  const values = [runId, String(first), String(last), String(listNo)];
  const [, , , rows = []] = await roundTrip(client, [
    { text: 'BEGIN' },
    settingsOf(actor),
    { text: joinByIndex },
    { text: selectListed, values },
  ]);
  return rows.map(listedLine);
}

/** Columns of `selectListed`, in its order. */
function listedLine(columns: TextRows[number]): ListedLine {
  const [rowNo, uscc, name, district, cells, fen, holderName, accountNo, bankNo, bankName] = columns.map((each) => each ?? '') as string[];
  const [accountBy = null, accountRole = null, accountOn = null, id, place, status, kind, accountId, same, number, personId = null] =
    columns.slice(10);
  return {
    ...({ uscc, name, district, cells, fen, holderName, accountNo, bankNo, bankName } as ListedLine),
    rowNo: Number(rowNo),
    accountBy,
    accountRole,
    accountOn,
    organisation: id ? { id, district: place ?? '', status: status ?? '', kind: kind ?? '' } : null,
    approved: accountId ? { id: accountId, same: same === 't' } : null,
    caseNumber: Number(number),
    personId,
  };
}

/** Rows as text: cells between unit separators, rows between record separators; no cell holds either. */
export type JoinedRows = readonly (readonly (string | number)[])[];

/** Everything that opening the cases of a page writes beside the rows of the cases themselves. */
export type FirmRows = {
  /** id, name, district, created by, recorded at, credit code of a firm or else blind index of a person (hex) */
  readonly organisations: JoinedRows;
  /** row of the extract, district, recorded at: of the people among them */
  readonly citizens: JoinedRows;
  /** id, organisation, holder, number, bank number, bank, content hash, proposed by, recorded at */
  readonly accounts: JoinedRows;
  /** row, organisation, case */
  readonly opened: JoinedRows;
  /** row, reason (JSON): lines that were listed and have no case after all */
  readonly lost: JoinedRows;
};

const joined = (parameter: string): string => `(SELECT string_to_array(r, E'\\x1f') AS f FROM string_to_table(${parameter}, E'\\x1e') r) v`;
const all = (name: string, given: string): string => `SELECT expect_rows('${name}', ${given}::int, (SELECT count(*)::int FROM done))`;

const statements: Readonly<Record<keyof FirmRows | 'approved', string>> = {
  organisations: `WITH done AS (INSERT INTO organisations (id, name, uscc, uscc_checked, kind, district, created_by, recorded_at, person_key)
      SELECT f[1]::uuid, f[2], nullif(f[6], ''), f[6] <> '', CASE f[6] WHEN '' THEN 'citizen' ELSE 'enterprise' END, f[3], f[4], f[5]::timestamptz,
             CASE WHEN f[7] <> '' THEN decode(f[7], 'hex') END
        FROM ${joined('$1')} ON CONFLICT DO NOTHING RETURNING 1) ${all('organisations', '$2')}`,
  citizens: `WITH done AS (INSERT INTO citizens (organisation_id, name_cipher, name_masked, id_cipher, id_masked, key_id, district, recorded_at)
      SELECT p.organisation_id, p.name_cipher, p.name_masked, p.id_cipher, p.id_masked, p.key_id, f[2], f[3]::timestamptz
        FROM ${joined('$1')} JOIN no_application_people p ON p.run_id = $3::uuid AND p.row_no = f[1]::int RETURNING 1) ${all('citizens', '$2')}`,
  accounts: `INSERT INTO payee_accounts (id, organisation_id, holder_name, account_no, bank_no, bank_name, state, content_hash, proposed_by, recorded_at)
      SELECT f[1]::uuid, f[2]::uuid, f[3], f[4], f[5], f[6], 'proposed', f[7], f[8]::uuid, f[9]::timestamptz FROM ${joined('$1')} WHERE $2::int > 0`,
  approved: `WITH done AS (UPDATE payee_accounts SET state = 'approved', decided_by = $3::uuid, decided_at = $4::timestamptz
      WHERE id = ANY ($1::uuid[]) AND state = 'proposed' RETURNING 1) ${all('payee_accounts', '$2')}`,
  opened: `WITH done AS (UPDATE no_application_lines l SET organisation_id = f[2]::uuid, case_id = f[3]::uuid FROM ${joined('$1')}
      WHERE l.run_id = $3::uuid AND l.row_no BETWEEN $4::int AND $5::int AND l.row_no = f[1]::int AND l.outcome = 'included' AND l.case_id IS NULL RETURNING 1) ${all('no_application_lines', '$2')}`,
  lost: `WITH done AS (UPDATE no_application_lines l SET outcome = 'excluded', reason = f[2]::jsonb FROM ${joined('$1')}
      WHERE l.run_id = $3::uuid AND l.row_no BETWEEN $4::int AND $5::int AND l.row_no = f[1]::int AND l.outcome = 'included' AND l.case_id IS NULL RETURNING 1) ${all('no_application_lines', '$2')}`,
};

/** The rows of a list that are opened together, and who approved it, when. */
export type OpenedPage = {
  readonly runId: string;
  readonly first: number;
  readonly last: number;
  readonly approvedBy: string;
  readonly approvedAt: string;
};

/**
 * Writes the cases of a page with their firms, accounts, claims and lines, and commits, in one round trip. Throws the database's error,
 * and SQLSTATE TR001 where a firm was registered or a line changed meanwhile; then nothing was written.
 */
export async function commitOpened(
  client: ClientBase,
  { runId, first, last, approvedBy, approvedAt }: OpenedPage,
  rows: FirmRows,
  changes: ChangeSet,
): Promise<void> {
  const ofPage = [runId, String(first), String(last)];
  const statement = (name: keyof FirmRows, more: readonly string[] = []): RoundTripStatement[] => {
    const given = rows[name];
    const text = given.map((cells) => cells.join('\u001f')).join('\u001e');
    return given.length === 0 ? [] : [{ text: statements[name], values: [text, String(given.length), ...more] }];
  };
  const accounts = rows.accounts.map(([id]) => id);
  const approved =
    accounts.length === 0
      ? []
      : [{ text: statements.approved, values: [`{${accounts.join()}}`, String(accounts.length), approvedBy, approvedAt] }];
  await roundTrip(client, [
    ...statement('organisations'),
    ...statement('citizens', [runId]),
    ...statement('accounts'),
    ...approved,
    ...statementsOf(changes),
    { text: joinByHash },
    ...statement('opened', ofPage),
    ...statement('lost', ofPage),
    { text: 'COMMIT' },
  ]);
}
