import { dateOf, formatInstant } from '@tranche/calendar';
import type { Tx } from '@tranche/database';
import { type Beneficiaries, type Facts, parseFacts } from '@tranche/policies';
import { type Done, type Request, remembered } from '../administration/once.js';
import type { NotDone } from '../administration/refused.js';
import type { CasePolicy } from '../case-policies.js';
import { sha256Of } from '../command.js';
import { legalNow } from '../deadlines.js';
import type { House } from '../house.js';
import { loadOverrides } from '../overrides.js';
import { personToken } from '../payee.js';
import { jurisdictionOf } from '../places.js';
import { type Refused, refuse } from '../refusal.js';
import type { RunBegun } from './begin-run.js';
import { CELL, ROW } from './cell-facts.js';
import { suppliedFacts } from './extract-columns.js';
import { runKeeper } from './run-row.js';

/** What the office declares: the facts that are the same for everybody, the days of the month among them. */
export type Declared = { readonly policyId: string; readonly jurisdiction?: string; readonly facts: Facts };
type Outcome = Promise<Done<RunBegun> | Refused | NotDone>;

/**
 * Begins a run whose lines are the people our own books show to draw what the policy names (P21: unemployment benefit) in the month that
 * is declared. From there on it is a run as any other: screened, checked by a second person, approved by a third, opened in
 * bulk. A month is one run of an office: declared again with the same facts, it is the same run; run and lines are one transaction.
 */
export function beginFromBooks(house: House, request: Request, declared: Declared): Outcome {
  return remembered(house, request, async (): Promise<RunBegun | Refused> => {
    const on = dateOf(await legalNow(house));
    const district = request.actor.district || null;
    const place = declared.jurisdiction ?? (district ? jurisdictionOf(district) : 'CN-2102');
    const found = house.policies.inForce(declared.policyId, place, on);
    if (!found.ok) return found;
    const { casePolicy } = found;
    const { beneficiaries } = casePolicy.policy;
    if (!beneficiaries) return notFromBooks;
    const facts = factsFor(casePolicy, beneficiaries, declared.facts);
    if (!facts.ok) return facts;
    const begun = await house.database.transaction(runKeeper, (tx) =>
      keep(house, tx, { casePolicy, beneficiaries, facts: facts.facts, district, on, by: request.actor.userId }),
    );
    house.wake('runs');
    return begun;
  }) as Outcome;
}

const notFromBooks = refuse(
  'data-invalid',
  '该政策的发放对象不能由本系统账目得出。',
  'Whom this policy pays does not follow from our own books.',
);

/** The declared facts, complete, with what the books themselves show. */
function factsFor({ policy }: CasePolicy, { shows, from, until }: Beneficiaries, given: Facts): { ok: true; facts: Facts } | Refused {
  const parsed = parseFacts(policy, { ...given, [shows]: true }, { partial: true });
  const lacking = (field: string, zh: string, en: string): Refused =>
    refuse('facts-invalid', '申报要素有误。', 'The facts are not acceptable.', {
      errors: [{ field: `facts.${field}`, code: 'facts-invalid', message: { zh, en } }],
    });
  if (!parsed.ok) return lacking(parsed.field, parsed.message.zh, parsed.message.en);
  const missing = suppliedFacts(policy).find(([name, { optional }]) => !optional && parsed.facts[name] === undefined);
  if (missing) return lacking(missing[0], `请填写：${missing[1].label.zh}`, `Tell: ${missing[1].label.en}`);
  const [first, last] = [String(parsed.facts[from]), String(parsed.facts[until])];
  if (!(first <= last)) return lacking(until, '末日不得早于首日。', 'The last day must not lie before the first.');
  return { ok: true, facts: parsed.facts };
}

type Begin = {
  readonly casePolicy: CasePolicy;
  readonly beneficiaries: Beneficiaries;
  readonly facts: Facts;
  readonly district: string | null;
  readonly on: string;
  readonly by: string;
};

async function keep(house: House, tx: Tx, begin: Begin): Promise<RunBegun | Refused> {
  const { casePolicy, beneficiaries, facts, district } = begin;
  const { policy } = casePolicy;
  const [from, until] = [String(facts[beneficiaries.from]), String(facts[beneficiaries.until])];
  // one declaration of a month at a time, whoever makes it
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `run from books ${policy.id} ${policy.jurisdiction} ${district} ${from}`,
  ]);
  const sha256 = sha256Of({ policy: policy.id, jurisdiction: policy.jurisdiction, district, from, until, facts });
  const known = await runOf(tx, casePolicy, sha256);
  if (known) return known;
  const people = await beneficiariesOf(tx, beneficiaries.group, { from, until, district });
  if (people.length === 0) return nobody;
  const id = house.newId();
  await putRun(house, tx, begin, { id, sha256, lines: people.length, name: `${beneficiaries.group} ${from} – ${until}` });
  const cells = suppliedFacts(policy).map(([name]) => cellOf(facts[name]));
  const rows = people.map(({ organisationId, token, name, place }, at) =>
    [at + 1, sha256Of({ sha256, token }), token, name, place, organisationId, ...cells].join(CELL),
  );
  await tx.query(
    `INSERT INTO no_application_lines (run_id, row_no, line_sha256, uscc, name, district, organisation_id, account_known, cells, outcome)
     SELECT $1, f[1]::int, decode(f[2], 'hex'), f[3], f[4], f[5], f[6]::uuid, true, array_to_string(f[7:], E'\\x1f'), 'new'
       FROM (SELECT string_to_array(r, E'\\x1f') AS f FROM string_to_table($2, E'\\x1e') r) v`,
    [id, rows.join(ROW)],
  );
  return (await runOf(tx, casePolicy, sha256)) as RunBegun;
}

const cellOf = (value: unknown): string => (typeof value === 'boolean' ? (value ? '是' : '否') : String(value ?? ''));

const nobody = refuse('data-invalid', '账上没有该月的领取人员。', 'Nobody drew it in that month by our books.');

async function runOf(tx: Tx, { policy }: CasePolicy, sha256: string): Promise<RunBegun | undefined> {
  const { rows } = await tx.query<RunBegun>(
    `SELECT id, run_no AS "runNo", state, line_count AS "lineCount" FROM no_application_runs
     WHERE policy_id = $1 AND jurisdiction = $2 AND file_sha256 = decode($3, 'hex') AND state <> 'cancelled'`,
    [policy.id, policy.jurisdiction, sha256],
  );
  return rows[0];
}

type Beneficiary = { readonly organisationId: string; readonly token: string; readonly name: string; readonly place: string };

/** Who holds a claim of the group for days of the month, each once, in the office's place: what a case was granted and not lost again. */
async function beneficiariesOf(
  tx: Tx,
  group: string,
  { from, until, district }: { readonly from: string; readonly until: string; readonly district: string | null },
): Promise<Beneficiary[]> {
  const { rows } = await tx.query<Omit<Beneficiary, 'token'> & { readonly key: string }>(
    `SELECT o.id AS "organisationId", encode(o.person_key, 'hex') AS key, o.name, o.district AS place FROM organisations o
      WHERE o.person_key IS NOT NULL AND o.kind = 'citizen' AND ($4::text IS NULL OR starts_with(o.district, rtrim($4, '0')) OR o.district = $4)
        AND EXISTS (SELECT FROM exclusion_claims x WHERE x.person_key = o.person_key AND x.exclusion_group = $1 AND x.live AND NOT x.counted
          AND x.cap_fen IS NULL AND x.period && daterange($2::date, $3::date, '[]'))
      ORDER BY o.id`,
    [group, from, until, district],
  );
  return rows.map(({ key, ...rest }) => ({ ...rest, token: personToken(Buffer.from(key, 'hex')) }));
}

async function putRun(
  house: House,
  tx: Tx,
  { casePolicy: { policy }, district, on, by }: Begin,
  { id, sha256, lines, name }: { readonly id: string; readonly sha256: string; readonly lines: number; readonly name: string },
): Promise<void> {
  const overrides = await loadOverrides(tx, [policy.id]);
  const facts = suppliedFacts(policy).map(([fact], at) => ({ fact, at, unit: null }));
  await tx.query(
    `INSERT INTO no_application_runs (id, run_no, policy_id, policy_version, jurisdiction, district, state, file_name, file_sha256, file_bytes, encoding,
       columns, overrides, screened_on, line_count, created_by, recorded_at)
     VALUES ($1, $2 || lpad(nextval('run_numbers')::text, 4, '0'), $3, $4, $5, $6, 'screening', $7, decode($8, 'hex'), $9::int, 'books', $10, $11, $12, $9::int, $13, $14)`,
    [
      ...[id, `M${on.slice(0, 4)}-`, policy.id, policy.version, policy.jurisdiction, district, name, sha256, lines],
      JSON.stringify({ width: facts.length, firm: {}, facts }),
      JSON.stringify(overrides.get(policy.id) ?? []),
      ...[on, by, formatInstant(house.systemNow())],
    ],
  );
}
