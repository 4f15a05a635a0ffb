import { dateOf, formatInstant } from '@tranche/calendar';
import type { Tx } from '@tranche/database';
import type { Beneficiaries, Facts } from '@tranche/policies';
import { type Done, type Request, remembered } from '../administration/once.js';
import type { NotDone } from '../administration/refused.js';
import type { CasePolicy } from '../case-policies.js';
import { sha256Of } from '../command.js';
import { legalNow } from '../deadlines.js';
import type { House } from '../house.js';
import { loadOverrides } from '../overrides.js';
import { type Refused, refuse } from '../refusal.js';
import type { RunBegun } from './begin-run.js';
import { declaredFacts } from './declared.js';
import { ownPeople, putOwnLines } from './own-people.js';
import { runPolicy } from './run-policy.js';
import { runKeeper } from './run-row.js';

/** What the office declares: the facts that are the same for everybody, the days of the month among them. */
export type Declaration = { readonly policyId: string; readonly jurisdiction?: string; readonly facts: Facts };
type Outcome = Promise<Done<RunBegun> | Refused | NotDone>;

/**
 * Begins a run whose lines are the people our own books show to draw what the policy names (P21: unemployment benefit) in the month that
 * is declared. From there on it is a run as any other: screened, checked by a second person, approved by a third, opened in
 * bulk. A month is one run of an office: declared again with the same facts, it is the same run; run and lines are one transaction.
 */
export function beginFromBooks(house: House, request: Request, declaration: Declaration): Outcome {
  return remembered(house, request, async (): Promise<RunBegun | Refused> => {
    const on = dateOf(await legalNow(house));
    const found = runPolicy(house, request.actor, declaration, on);
    if (!found.ok) return found;
    const { casePolicy } = found;
    const { beneficiaries } = casePolicy.policy;
    if (!beneficiaries) return notFromBooks;
    const declared = declaredFacts(casePolicy.policy, beneficiaries, declaration.facts, {
      shown: { [beneficiaries.shows]: true },
      whole: true,
    });
    if (!declared.ok) return declared;
    const district = request.actor.district || null;
    const begun = await house.database.transaction(runKeeper, (tx) =>
      keep(house, tx, { casePolicy, beneficiaries, facts: declared.facts, district, on, by: request.actor.userId }),
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
  const people = await ownPeople(tx, beneficiaries, facts, { jurisdiction: policy.jurisdiction, district });
  if (people.length === 0) return nobody;
  const id = house.newId();
  await putRun(house, tx, begin, { id, sha256, lines: people.length, name: `${beneficiaries.group} ${from} – ${until}` });
  await putOwnLines(tx, { id, fileSha256: sha256, columns: noColumns }, beneficiaries, people, 0);
  return (await runOf(tx, casePolicy, sha256)) as RunBegun;
}

/** Everything is declared: the lines say only who it is. */
const noColumns = { width: 0, firm: {}, facts: [] } as const;

const nobody = refuse('data-invalid', '账上没有该月的领取人员。', 'Nobody drew it in that month by our books.');

async function runOf(tx: Tx, { policy }: CasePolicy, sha256: string): Promise<RunBegun | undefined> {
  const { rows } = await tx.query<RunBegun>(
    `SELECT id, run_no AS "runNo", state, line_count AS "lineCount" FROM no_application_runs
     WHERE policy_id = $1 AND jurisdiction = $2 AND file_sha256 = decode($3, 'hex') AND state <> 'cancelled'`,
    [policy.id, policy.jurisdiction, sha256],
  );
  return rows[0];
}

async function putRun(
  house: House,
  tx: Tx,
  { casePolicy: { policy }, facts, district, on, by }: Begin,
  { id, sha256, lines, name }: { readonly id: string; readonly sha256: string; readonly lines: number; readonly name: string },
): Promise<void> {
  const overrides = await loadOverrides(tx, [policy.id]);
  await tx.query(
    `INSERT INTO no_application_runs (id, run_no, policy_id, policy_version, jurisdiction, district, state, file_name, file_sha256, file_bytes, encoding,
       columns, declared, overrides, screened_on, line_count, created_by, recorded_at)
     VALUES ($1, $2 || lpad(nextval('run_numbers')::text, 4, '0'), $3, $4, $5, $6, 'screening', $7, decode($8, 'hex'), $9::int, 'books', $10, $11, $12, $13, $9::int, $14, $15)`,
    [
      ...[id, `M${on.slice(0, 4)}-`, policy.id, policy.version, policy.jurisdiction, district, name, sha256, lines],
      ...[noColumns, facts, overrides.get(policy.id) ?? []].map((each) => JSON.stringify(each)),
      ...[on, by, formatInstant(house.systemNow())],
    ],
  );
}
