import type { Actor } from '@tranche/database';
import type { House } from '../house.js';
import type { Reason } from './judge-line.js';
import { type Run, readRun, runKeeper } from './run-row.js';

/** How many lines have an outcome, for which reason; of rules only the first that failed counts here. */
export type OutcomeCount = {
  readonly outcome: string;
  readonly code: string | null;
  readonly rule: string | null;
  readonly lines: number;
  readonly fen: string;
};
export type FundTotal = { readonly district: string; readonly fund: string; readonly lines: number; readonly fen: string };
/** `list`: its number, or null for the included lines that stand on no list yet: what a reviewer would confirm now. */
export type ListContent = {
  readonly list: number | null;
  readonly state: 'open' | 'confirmed' | 'approved' | 'opened';
  readonly contentHash: string;
  readonly lines: number;
  readonly totalFen: string;
  readonly opened: number;
};
export type RunPreview = {
  readonly outcomes: readonly OutcomeCount[];
  readonly totals: readonly FundTotal[];
  readonly lists: readonly ListContent[];
};

/** What a run amounts to as this actor sees it: outcomes with their reasons, totals for each district and fund, the lists. */
export async function previewRun(house: House, actor: Actor, runId: string): Promise<RunPreview> {
  const { database } = house;
  const outcomes = await database.read<OutcomeCount>(
    actor,
    `SELECT outcome, reason ->> 'code' AS code, reason -> 'rules' ->> 0 AS rule, count(*)::int AS lines, coalesce(sum(fen), 0)::text AS fen
     FROM no_application_lines WHERE run_id = $1 GROUP BY 1, 2, 3 ORDER BY outcome, lines DESC, 2, 3`,
    [runId],
  );
  const totals = await database.read<FundTotal>(
    actor,
    `SELECT district, fund, count(*)::int AS lines, sum(fen)::text AS fen FROM no_application_lines
     WHERE run_id = $1 AND outcome = 'included' GROUP BY district, fund ORDER BY district, fund`,
    [runId],
  );
  const lists = await database.read<ListContent>(
    actor,
    `SELECT l.list_no AS list, l.state, encode(l.content_hash, 'hex') AS "contentHash", l.line_count AS lines, l.total_fen::text AS "totalFen",
       (SELECT count(*)::int FROM no_application_lines n WHERE n.run_id = l.run_id AND n.list_no = l.list_no AND n.case_id IS NOT NULL) AS opened
     FROM no_application_lists l WHERE l.run_id = $1
     UNION ALL SELECT NULL, 'open', encode(content_hash, 'hex'), line_count, total_fen::text, 0 FROM no_application_content($1, NULL) WHERE line_count > 0
     ORDER BY 1`,
    [runId],
  );
  return { outcomes, totals, lists };
}

export type RunLine = {
  readonly row: number;
  readonly lineSha256: string;
  /** credit code of a firm, token of a person */
  readonly uscc: string;
  /** identity number of a person as it may be shown */
  readonly idMasked: string | null;
  readonly fromBooks: boolean;
  readonly name: string;
  readonly district: string;
  readonly outcome: string;
  readonly reason: Reason | null;
  readonly fen: string | null;
  readonly fund: string | null;
  readonly accountNo: string | null;
  readonly bankName: string | null;
  readonly list: number | null;
  readonly caseId: string | null;
};

const idMasked = `(SELECT p.id_masked FROM no_application_people p WHERE p.run_id = l.run_id AND p.row_no = l.row_no) AS "idMasked"`;
const tokenOfCitizen = `'p-' || rtrim(translate(encode(o.person_key, 'base64'), '+/', '-_'), '=')`;

/** Lines in the order of the file, behind a row; `outcome` and `uscc` narrow them. */
export function readLines(
  house: House,
  actor: Actor,
  runId: string,
  {
    after = 0,
    limit,
    outcome = null,
    uscc = null,
  }: { readonly after?: number; readonly limit: number; readonly outcome?: string | null; readonly uscc?: string | null },
): Promise<RunLine[]> {
  return house.database.read<RunLine>(
    actor,
    `SELECT row_no AS row, encode(line_sha256, 'hex') AS "lineSha256", uscc, ${idMasked}, from_books AS "fromBooks", name, district, outcome, reason, fen::text AS fen, fund,
       account_no AS "accountNo", bank_name AS "bankName", list_no AS list, case_id AS "caseId"
     FROM no_application_lines l WHERE run_id = $1 AND row_no > $2 AND ($4::text IS NULL OR outcome = $4) AND ($5::text IS NULL OR uscc = $5)
     ORDER BY row_no LIMIT $3`,
    [runId, after, limit, outcome, uscc],
  );
}

/** The lines of a firm in all runs, as its own people may see them, the latest first: what it was offered, and what waits for its word. */
export async function readOwnLines(house: House, actor: Actor): Promise<{ readonly run: Run; readonly line: RunLine }[]> {
  if (actor.organisationId === null) return [];
  const rows = await house.database.read<RunLine & { runId: string }>(
    actor,
    `SELECT l.run_id AS "runId", l.row_no AS row, encode(l.line_sha256, 'hex') AS "lineSha256", l.uscc, ${idMasked}, l.from_books AS "fromBooks", l.name, l.district, l.outcome, l.reason, l.fen::text AS fen, l.fund,
       l.account_no AS "accountNo", l.bank_name AS "bankName", l.list_no AS list, l.case_id AS "caseId"
     FROM organisations o JOIN no_application_lines l ON l.uscc = coalesce(o.uscc, ${tokenOfCitizen}) AND l.uscc <> '' WHERE o.id = $1 AND l.outcome <> 'new' ORDER BY l.run_id DESC LIMIT 50`,
    [actor.organisationId],
  );
  const runs = new Map(
    (await Promise.all([...new Set(rows.map(({ runId }) => runId))].map((id) => readRun(house, runKeeper, id)))).flatMap((run) =>
      run ? [[run.id, run] as const] : [],
    ),
  );
  return rows.flatMap(({ runId, ...line }) => {
    const run = runs.get(runId);
    return run ? [{ run, line }] : [];
  });
}
