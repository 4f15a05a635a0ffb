import { type House, loadFollowed, scopesOf } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { allowedEvents, correctingTypes } from '@tranche/machines';
import { type Assessment, assessCase, type PolicyRefusal, refreshTerms, type Terms } from '@tranche/policies';
import type { Explanation } from '../policies/assessment.view.js';
import { problemOfFacts } from '../policies/refused-facts.js';
import type { DeadlineView } from '../time/deadline.view.js';
import { missingIn } from './allowed-events.js';
import { type CaseRow, policyOf } from './case-row.js';
import { doubtsTold } from './doubts-told.js';
import { noticeTold } from './notice-told.js';

/** A claim of a period as it was told, with the terms that had moved by then. */
type FiledPeriod = { readonly id: string; readonly claim: string; readonly filedOn: string; readonly facts: object; readonly terms: Terms };

const filedPeriods = (house: House, actor: Actor, caseId: string): Promise<FiledPeriod[]> =>
  house.database.read<FiledPeriod>(
    actor,
    `SELECT data ->> 'period' AS id, data ->> 'claim' AS claim, occurred_on AS "filedOn", coalesce(data -> 'facts', '{}') AS facts,
       coalesce(data -> 'terms', '{}') AS terms FROM case_events WHERE case_id = $1 AND type = 'claim.filed' ORDER BY seq`,
    [caseId],
  );

/** What the case was promised, with what had moved when it was approved; before that, with what the approval would look at now. */
async function termsInForce(house: House, actor: Actor, row: CaseRow): Promise<Terms> {
  const [approved] = await house.database.read<{ terms: Terms | null }>(
    actor,
    `SELECT data -> 'terms' AS terms FROM case_events WHERE case_id = $1 AND type = 'application.approved' ORDER BY seq DESC LIMIT 1`,
    [row.id],
  );
  if (approved) return { ...row.terms, ...approved.terms };
  const all = await house.database.transaction(actor, (tx) => loadFollowed(tx, [row.policyId]));
  const overrides = all.get(row.policyId) ?? [];
  return refreshTerms(policyOf(house, row).policy, row.terms, { on: row.openedOn, scopes: scopesOf(row.district), overrides });
}

/**
 * The policy's own calculation over the facts and terms of this case: every rule with inputs, result and clause, every amount, every
 * parameter value used, each claimed period by its own rules; then who is next and until when. The terms are those the case was
 * promised: a parameter changed since then changes nothing here, unless running cases follow the change.
 */
export async function explain(house: House, actor: Actor, row: CaseRow, deadlines: readonly DeadlineView[]): Promise<Explanation> {
  const { policy } = policyOf(house, row);
  const [terms, filed, setOffs] = await Promise.all([
    termsInForce(house, actor, row),
    filedPeriods(house, actor, row.id),
    setOffsOf(house, actor, row),
  ]);
  const asked = { on: row.openedOn, facts: row.facts };
  const assessed = known(assessCase(policy, { ...asked, terms }));
  const periods = filed.map(({ id, claim, filedOn, facts, terms: moved }) => {
    const period = { id, claim, facts };
    const { verdict, summary, missing, rules, amounts } = known(
      assessCase(policy, { ...asked, terms: { ...row.terms, ...moved }, period }),
    );
    const own = rules.filter((rule) => rule.per && (rule.claim === undefined || rule.claim === claim));
    const perPeriod = Object.entries(amounts).filter(([, amount]) => amount.per);
    return { id, claim, filedOn, verdict, summary, missing, rules: own, amounts: Object.fromEntries(perPeriod) };
  });
  // the trace's values are read-only; the view is plain JSON
  const casePolicy = policyOf(house, row);
  const notice = noticeTold(casePolicy.machine, row.snapshot);
  const missing = missingIn(casePolicy, row);
  const next = nextSteps(house, row).map((step) => ({ ...step, missing: missing(step.type) }));
  const doubts = doubtsTold(casePolicy, row, terms);
  return { ...assessed, periods, next, until: clocksOf(deadlines), notice, setOffs, doubts } as unknown as Explanation;
}

/** Debts kept back of payments: of this case's own payments, and its own debts, under the clause that permits it. */
async function setOffsOf(house: House, actor: Actor, row: CaseRow): Promise<Explanation['setOffs']> {
  const cite = policyOf(house, row).policy.plan.recovery?.setOff?.cite;
  if (!cite) return [];
  const rows = await house.database.read<Omit<Explanation['setOffs'][number], 'cite'>>(
    actor,
    `SELECT CASE WHEN s.case_id = $1 THEN 'debt' ELSE 'payment' END AS side, c.case_no AS "otherCaseNo", s.payment, s.amount_fen::text AS "amountFen",
       s.on_date AS "on", s.state FROM set_offs s JOIN cases c ON c.id = CASE WHEN s.case_id = $1 THEN s.paying_case_id ELSE s.case_id END
     WHERE $1 IN (s.case_id, s.paying_case_id) ORDER BY s.recorded_at, s.id`,
    [row.id],
  );
  return rows.map((each) => ({ ...each, cite }));
}

function known(assessed: Assessment | PolicyRefusal): Assessment {
  if (assessed.ok) return assessed;
  throw problemOfFacts(assessed);
}

const corrections: ReadonlySet<string> = new Set([
  'correction.proposed',
  'correction.dismissed',
  'case.held',
  'payment.setOff',
  ...correctingTypes,
]);

/** What may happen next by whom, whoever asks; what only puts something right is left out. */
export function nextSteps(
  house: House,
  row: Pick<CaseRow, 'policyId' | 'policyVersion' | 'jurisdiction' | 'snapshot'>,
): Omit<Explanation['next'][number], 'missing'>[] {
  const { machine, types } = policyOf(house, row);
  return allowedEvents(machine, row.snapshot).flatMap((type) => {
    const event = types.get(type);
    if (event?.source.kind !== 'person' || corrections.has(type)) return [];
    return [{ type, label: event.label, by: [...event.source.roles] }];
  });
}

const clocksOf = (deadlines: readonly DeadlineView[]): Explanation['until'] =>
  deadlines
    .filter(({ status }) => ['running', 'passed', 'suspected', 'confirmed'].includes(status))
    .map(({ key, label, kind, lastDay, provisional, status, cite }) => ({ key, label, kind, lastDay, provisional, status, cite }));
