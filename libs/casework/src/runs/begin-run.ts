import { dateOf, formatInstant } from '@tranche/calendar';
import type { Actor } from '@tranche/database';
import type { Facts } from '@tranche/policies';
import { type Done, type Request, remembered } from '../administration/once.js';
import type { NotDone } from '../administration/refused.js';
import type { Sealing } from '../case-files.js';
import type { CasePolicy } from '../case-policies.js';
import { legalNow } from '../deadlines.js';
import type { House } from '../house.js';
import { loadOverrides } from '../overrides.js';
import { type Refused, refuse } from '../refusal.js';
import { type Declared, declaredFacts } from './declared.js';
import { type ExtractColumns, extractColumns } from './extract-columns.js';
import { cellsOf, type Encoding, linesOf, UnreadableExtract } from './extract-lines.js';
import { loadExtract } from './load-extract.js';
import { type PageSizes, pageSizes } from './pages.js';
import { runPolicy } from './run-policy.js';
import { type Run, readRun, runColumns, runKeeper } from './run-row.js';

/** An extract that was received whole: its bytes can be read again as a stream. */
export type Extract = {
  readonly fileName: string;
  readonly bytes: number;
  /** hex */
  readonly sha256: string;
  readonly encoding: Encoding;
  readonly open: () => AsyncIterable<Uint8Array>;
};
export type RunBegun = { readonly id: string; readonly runNo: string; readonly state: Run['state']; readonly lineCount: number | null };

export type AskedRun = {
  readonly policyId: string;
  readonly jurisdiction?: string;
  readonly extract: Extract;
  /** what holds for everybody on a run over people, the days of its month among it; of firms each line says its own */
  readonly facts?: Facts;
};

/**
 * Takes an extract of the registers in for a policy that needs no application, and stores its lines: firms, or people, whose identity
 * numbers are sealed on the way in and who are joined by those our own books show. File and declaration are the identity of a run: the
 * same bytes for the same policy are one run, whoever sends them again and however often; a run whose loading was cut off goes on
 * behind its last line. Nothing of a file that cannot be read is kept.
 */
export function beginRun(
  house: House,
  request: Request,
  asked: AskedRun,
  sealing: Sealing,
  pages: PageSizes = pageSizes,
): Promise<Done<RunBegun> | Refused | NotDone> {
  return remembered(house, request, async (): Promise<RunBegun | Refused> => {
    const { actor } = request;
    const { extract } = asked;
    const on = dateOf(await legalNow(house));
    const policy = runPolicy(house, actor, asked, on);
    if (!policy.ok) return policy;
    const declared = declaredOf(policy.casePolicy, asked.facts);
    if (!declared.ok) return declared;
    const read = await inspect(extract);
    if (!read.ok) return read;
    const columns = extractColumns(read.header, policy.casePolicy.policy, policy.about, declared.facts);
    if (!columns.ok) return columns;
    const run = await keepRun(house, actor, policy.casePolicy, extract, { columns: columns.columns, declared: declared.facts }, on);
    if (!run) return elsewhere;
    if (run.state === 'loading') await loadExtract(house, run, extract.open(), pages.store, policy.about === 'people' ? sealing : null);
    house.wake('runs');
    const stored = (await readRun(house, runKeeper, run.id)) ?? run;
    return { id: stored.id, runNo: stored.runNo, state: stored.state, lineCount: stored.lineCount };
  }) as Promise<Done<RunBegun> | Refused | NotDone>;
}

/** What the office declares for all lines; of a run over firms nothing. */
function declaredOf({ policy }: CasePolicy, given: Facts = {}): Declared {
  if (policy.beneficiaries) return declaredFacts(policy, policy.beneficiaries, given, { whole: false });
  return Object.keys(given).length === 0 ? { ok: true, facts: {} } : nothingDeclared;
}

const nothingDeclared = refuse(
  'data-invalid',
  '该政策的要素由数据文件逐户列明，不另行宣布。请去掉 facts 后重新上传。',
  'For this policy every line says its own facts; nothing is declared for all. Leave out facts and upload again.',
  { errors: [{ field: 'facts', code: 'data-invalid', message: { zh: '不需要', en: 'not asked for' } }] },
);

const elsewhere = refuse('already-exists', '同一数据文件已由其他机构筛查。', 'The same extract has been taken in by another office.');

/** Reads the whole file once before anything is stored: its header, and whether all of it is lines of text below one. */
async function inspect({ open, encoding }: Extract): Promise<{ ok: true; header: string[] } | Refused> {
  let header: string[] | null = null;
  let filled = false;
  try {
    for await (const { firstRow, lines } of linesOf(open(), encoding, 5_000)) {
      if (firstRow === 1) header = cellsOf((lines[0] ?? '').replace(/^\uFEFF/, ''));
      if (header === null) return unreadable(1);
      filled ||= lines.some((line, index) => line !== '' && firstRow + index > 1);
    }
  } catch (error) {
    if (error instanceof UnreadableExtract) return unreadable(error.row);
    throw error;
  }
  if (header === null) return unreadable(1);
  return filled ? { ok: true, header } : noLines;
}

const unreadable = (row: number): Refused =>
  refuse(
    'file-invalid',
    `数据文件第 ${row} 行起无法读取：应为 CSV 文本（UTF-8 或 GB18030），每行一户（或一人）。`,
    `The extract cannot be read from row ${row} on: it must be CSV text (UTF-8 or GB18030), one firm or person a line.`,
  );

/** The run of this file, made now unless it exists; undefined where it is another office's. */
async function keepRun(
  house: House,
  actor: Actor,
  { policy }: CasePolicy,
  extract: Extract,
  { columns, declared }: { readonly columns: ExtractColumns; readonly declared: Facts },
  on: string,
): Promise<Run | undefined> {
  const overrides = await house.database.transaction(runKeeper, (tx) => loadOverrides(tx, [policy.id]));
  const now = formatInstant(house.systemNow());
  await house.database.transaction(actor, (tx) =>
    tx.query(
      `INSERT INTO no_application_runs (id, run_no, policy_id, policy_version, jurisdiction, district, state, file_name, file_sha256, file_bytes, encoding,
         columns, overrides, screened_on, created_by, recorded_at, declared)
       SELECT $1, $2 || lpad(nextval('run_numbers')::text, 4, '0'), $3, $4, $5, $6, 'loading', $7, decode($8, 'hex'), $9, $10, $11, $12, $13, $14, $15, $16::jsonb
        WHERE NOT EXISTS (SELECT FROM no_application_runs WHERE policy_id = $3 AND jurisdiction = $5 AND file_sha256 = decode($8, 'hex') AND declared = $16::jsonb AND state <> 'cancelled')
       ON CONFLICT (policy_id, jurisdiction, file_sha256, declared) WHERE state <> 'cancelled' DO NOTHING`,
      [
        house.newId(),
        `M${on.slice(0, 4)}-`,
        policy.id,
        policy.version,
        policy.jurisdiction,
        actor.district || null,
        extract.fileName,
        extract.sha256,
        extract.bytes,
        extract.encoding,
        JSON.stringify(columns),
        JSON.stringify(overrides.get(policy.id) ?? []),
        on,
        actor.userId,
        now,
        JSON.stringify(declared),
      ],
    ),
  );
  const [run] = await house.database.read<Run>(
    actor,
    `SELECT ${runColumns} FROM no_application_runs WHERE policy_id = $1 AND jurisdiction = $2 AND file_sha256 = decode($3, 'hex') AND declared = $4::jsonb
       AND state <> 'cancelled'`,
    [policy.id, policy.jurisdiction, extract.sha256, JSON.stringify(declared)],
  );
  return run;
}

const noLines = refuse('file-invalid', '数据文件表头之下没有数据。', 'There is no line below the header of the extract.');
