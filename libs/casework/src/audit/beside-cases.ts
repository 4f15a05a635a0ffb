import { type CalendarYear, stateCouncilYears } from '@tranche/calendar';
import { type Policy, policyHash } from '@tranche/policies';
import { sha256Of } from '../command.js';
import type { BookReader, Check } from './books.js';
import type { Finding, Findings } from './findings.js';

type TableCheck = Check & { readonly table?: string };

/** More than anybody reads; the count of a report says when there were more. */
const MOST = 1_000;

const checks: readonly TableCheck[] = [
  {
    kind: 'quotas-differ',
    table: 'exclusion_quotas',
    zh: '限额已用数与有效占用合计不符',
    en: 'what a cap has used is not the sum of its live claims',
    sql: `SELECT format('%s %s: %s ≠ %s', coalesce(q.exclusion_group, c.exclusion_group), coalesce(q.period, c.period), q.used_fen, c.fen) AS what
      FROM exclusion_quotas q FULL JOIN (SELECT exclusion_group, person_key, period, coalesce(sum(fen) FILTER (WHERE live), 0) AS fen, array_agg(cap_fen) AS caps
        FROM exclusion_claims WHERE cap_fen IS NOT NULL GROUP BY 1, 2, 3) c
        ON (c.exclusion_group, c.person_key, c.period) = (q.exclusion_group, q.person_key, q.period)
      WHERE q.used_fen IS DISTINCT FROM c.fen OR q.cap_fen <> ALL (c.caps)`,
  },
  {
    kind: 'answers-differ',
    table: 'commands',
    zh: '答复与事件不符',
    en: 'an answer that is not that of its event',
    sql: `SELECT format('%s/%s', c.case_id, c.seq) AS what FROM commands c LEFT JOIN case_events e ON e.case_id = c.case_id AND e.seq = c.seq LEFT JOIN cases k ON k.id = c.case_id
      WHERE c.case_id IS NOT NULL AND (e.case_id IS NULL OR e.actor <> c.actor OR e.recorded_at <> c.recorded_at OR c.status <> CASE c.seq WHEN 1 THEN 201 ELSE 200 END
        OR c.answer -> 'seq' IS DISTINCT FROM to_jsonb(c.seq) OR e.type <> 'case.migrated' AND (c.answer -> 'version' IS DISTINCT FROM to_jsonb(c.seq)
          OR (c.answer - 'state' - 'standing') IS DISTINCT FROM jsonb_build_object('ok', true, 'replayed', false, 'caseId', c.case_id, 'caseNo', k.case_no, 'type', e.type, 'seq', c.seq, 'version', c.seq)))`,
  },
  {
    kind: 'answers-differ',
    table: 'commands',
    zh: '事件没有答复，或有两个',
    en: 'an event that nobody was answered to, or twice',
    // the cases of a run without application are opened by the house itself, all their first events in one transaction
    sql: `SELECT format('%s/%s', e.case_id, e.seq) AS what FROM case_events e
      LEFT JOIN (SELECT case_id, seq, count(*) AS answers FROM commands WHERE case_id IS NOT NULL GROUP BY 1, 2) c ON c.case_id = e.case_id AND c.seq = e.seq
      LEFT JOIN case_events o ON o.case_id = e.case_id AND o.seq = 1 AND o.cause = 'import'
      WHERE coalesce(c.answers, 0) <> CASE WHEN o.recorded_at = e.recorded_at THEN 0 ELSE 1 END`,
  },
  {
    kind: 'papers-differ',
    table: 'organisation_changes',
    zh: '单位状态与最近一次批准的变更不符',
    en: 'the status of an organisation is not that of the last change two people approved',
    sql: `SELECT o.id::text AS what FROM organisations o
      LEFT JOIN LATERAL (SELECT c.status FROM organisation_changes c WHERE c.organisation_id = o.id AND c.state = 'approved' ORDER BY c.decided_on DESC, c.recorded_at DESC LIMIT 1) c ON true
      WHERE o.status <> coalesce(c.status, 'active')`,
  },
  {
    kind: 'files-differ',
    table: 'attempts',
    zh: '发送内容与其哈希不符，或次序不连续',
    en: 'what was sent to a bank is not what was hashed, or a try is missing',
    sql: `SELECT coalesce(a.transfer_id, t.id)::text AS what FROM audited_attempts() a FULL JOIN transfers t ON t.id = a.transfer_id LEFT JOIN batches b ON b.id = t.batch_id
      WHERE a.transfer_id IS NOT NULL OR b.rail = 'http' AND t.state IN ('submitted', 'accepted', 'settled', 'returned')
      GROUP BY 1 HAVING bool_or(t.id IS NULL) OR bool_or(a.transfer_id IS NULL) OR NOT bool_and(a.sealed) OR max(a.attempt_no) <> count(*)`,
  },
  {
    kind: 'files-differ',
    zh: '付款文件内容与其哈希不符，或无人交付的记录与文件不符',
    en: 'a payment file is not what was hashed, or not the one that was handed over',
    sql: `SELECT id::text AS what FROM audited_bank_files() WHERE NOT sealed OR NOT delivered_so OR NOT lines_agree`,
  },
  {
    kind: 'files-differ',
    table: 'matches',
    zh: '对账匹配的方向、金额与转账不符',
    en: 'a booking is matched to a transfer of another amount or direction',
    sql: `SELECT m.line_id::text AS what FROM matches m LEFT JOIN statement_lines l ON l.id = m.line_id LEFT JOIN transfers t ON t.id = m.transfer_id
      WHERE l.id IS NULL OR m.kind IN ('settled', 'returned') AND (t.id IS NULL OR t.amount_fen <> l.amount_fen OR l.direction <> CASE m.kind WHEN 'settled' THEN 'debit' ELSE 'credit' END)
        OR m.kind = 'recovery' AND l.direction <> 'credit'`,
  },
  {
    kind: 'files-differ',
    table: 'suspense_items',
    zh: '待查收款与对账单记录不符',
    en: 'an unidentified receipt is not the credit that it speaks of',
    sql: `SELECT i.line_id::text AS what FROM suspense_items i LEFT JOIN statement_lines l ON l.id = i.line_id
      WHERE (l.amount_fen, l.booked_on, l.direction) IS DISTINCT FROM (i.amount_fen, i.booked_on, 'credit')`,
  },
  {
    kind: 'papers-differ',
    table: 'machine_migrations',
    zh: '迁移事件所引的批准不存在或不符',
    en: 'an event that moved a case names an approval that is not there or says otherwise',
    sql: `SELECT format('%s/%s', e.case_id, e.seq) AS what FROM case_events e LEFT JOIN machine_migrations m ON m.id::text = e.data ->> 'migration'
      WHERE e.type = 'case.migrated' AND (m.state, m.decided_by::text, encode(m.report_sha256, 'hex'), m.machine_hash, m.to_version)
        IS DISTINCT FROM ('confirmed', e.actor, e.data ->> 'reportSha256', e.data #>> '{to,machineHash}', e.data #>> '{to,policyVersion}')`,
  },
];

/** Tables that no single case owns: caps, answers, papers of two people, files of the bank, the calendar. */
export async function checkBesideCases(reader: BookReader, findings: Findings): Promise<void> {
  for (const { kind, table, zh, en, sql } of checks) {
    const faults = (await reader.read(`${sql} LIMIT ${MOST}`)) as readonly { what: string }[];
    findings.add(
      ...faults.map(
        ({ what }): Finding => ({ kind, ...(table === undefined ? {} : { table }), text: { zh: `${zh}：${what}`, en: `${en}: ${what}` } }),
      ),
    );
  }
  findings.add(...(await calendarFindings(reader)), ...(await hashFindings(reader)));
}

/** What a text says it defines, and the hash it gives: the same for the same text, which every verification of a process reads again. */
const definitions = new Map<string, Omit<Hashed, 'text'>>();
/** More texts than policies are ever in force. */
const MOST_DEFINITIONS = 1_000;

/** The definition gives its hash, and says itself whose it is. */
function isDefined({ what, hash, text }: Hashed): boolean {
  const said = definitions.get(text) ?? defined(text);
  return said.hash === hash && said.what === what;
}

function defined(text: string): Omit<Hashed, 'text'> {
  const policy = JSON.parse(text) as Policy;
  const said = { what: `${policy.id} ${policy.version} ${policy.jurisdiction}`, hash: policyHash(policy) };
  if (definitions.size >= MOST_DEFINITIONS) definitions.clear();
  definitions.set(text, said);
  return said;
}

type Hashed = { readonly what: string; readonly hash: string; readonly text: string };

/** Definitions of policies and promised parameters, each by the hash under which it stands. */
async function hashFindings(reader: BookReader): Promise<Finding[]> {
  const policies = (await reader.read(
    `SELECT format('%s %s %s', id, version, jurisdiction) AS what, hash, definition::text AS text FROM policy_versions`,
  )) as readonly Hashed[];
  const terms = (await reader.read(
    `SELECT encode(sha256, 'hex') AS what, encode(sha256, 'hex') AS hash, terms::text AS text FROM case_terms`,
  )) as readonly Hashed[];
  const wrong = (table: string, { what }: Hashed): Finding => ({
    kind: 'papers-differ',
    table,
    text: { zh: `${table}：内容与其哈希不符或缺失：${what}`, en: `${table}: gone, or not what its hash says: ${what}` },
  });
  return [
    ...policies.filter((each) => !isDefined(each)).map((each) => wrong('policy_versions', each)),
    ...terms.filter(({ hash, text }) => sha256Of(JSON.parse(text)) !== hash).map((each) => wrong('case_terms', each)),
  ];
}

type Arranged = Pick<CalendarYear, 'year' | 'notice' | 'off' | 'work'> & {
  readonly publishedOn: string | null;
  readonly by: string | null;
  readonly at: string | null;
};
type StandingDay = { readonly day: string; readonly year: number; readonly kind: string };
type StandingYear = {
  readonly year: number;
  readonly notice: string;
  readonly publishedOn: string | null;
  readonly by: string;
  readonly at: string;
};

/** Every day of the calendar as the years delivered and the arrangements approved by two people put it, the later ones over the earlier. */
async function calendarFindings(reader: BookReader): Promise<Finding[]> {
  const approved =
    (await reader.read(`SELECT year, cite ->> 'doc' AS notice, off::text[] AS off, work::text[] AS work, published_on::text AS "publishedOn", decided_by::text AS by, decided_at::text AS at
    FROM calendar_proposals WHERE state = 'approved' ORDER BY decided_at, id`)) as readonly Arranged[];
  const years = (await reader.read(
    `SELECT year, notice, published_on::text AS "publishedOn", imported_by AS by, recorded_at::text AS at FROM calendar_years ORDER BY year`,
  )) as readonly StandingYear[];
  const days = (await reader.read(`SELECT day::text AS day, year, kind FROM calendar_days ORDER BY day`)) as readonly StandingDay[];
  const stands = new Set(years.map(({ year }) => year));
  const delivered = stateCouncilYears
    .filter(({ year }) => stands.has(year))
    .map((each): Arranged => ({ ...each, publishedOn: null, by: null, at: null }));
  const all = [...delivered, ...approved];
  const gone = approved.filter(({ year }) => !stands.has(year)).map(({ year }) => String(year));
  const wrong = [...yearsUnlike(years, all), ...gone, ...daysUnlike(days, all)];
  return wrong.map((what) => ({
    kind: 'calendar-differs',
    text: { zh: `工作日历与交付和批准的放假安排不符：${what}`, en: `the calendar is not what was delivered and approved: ${what}` },
  }));
}

function yearsUnlike(years: readonly StandingYear[], all: readonly Arranged[]): string[] {
  return years
    .filter(({ year, notice, publishedOn, by, at }) => {
      const last = all.findLast((each) => each.year === year);
      return (
        !last || last.notice !== notice || last.publishedOn !== publishedOn || (last.by !== null && (last.by !== by || last.at !== at))
      );
    })
    .map(({ year }) => String(year));
}

function daysUnlike(days: readonly StandingDay[], all: readonly Arranged[]): string[] {
  const must = new Map<string, string>();
  for (const { year, off, work } of all) {
    for (const [day, known] of must) if (known.startsWith(`${year} `)) must.delete(day);
    for (const day of off) must.set(day, `${year} off`);
    for (const day of work) must.set(day, `${year} work`);
  }
  const wrong = days.filter(({ day, year, kind }) => must.get(day) !== `${year} ${kind}`).map(({ day }) => day);
  const lacking = [...must.keys()].filter((day) => !days.some((each) => each.day === day));
  return [...wrong, ...lacking];
}
