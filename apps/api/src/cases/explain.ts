import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { allowedEvents, correctingTypes } from '@tranche/machines';
import { type Assessment, assessCase, type PolicyRefusal } from '@tranche/policies';
import type { Explanation } from '../policies/assessment.view.js';
import { problemOfFacts } from '../policies/refused-facts.js';
import type { DeadlineView } from '../time/deadline.view.js';
import { type CaseRow, policyOf } from './case-row.js';

/** A claim of a period as it was told. */
export type FiledPeriod = { readonly id: string; readonly claim: string; readonly filedOn: string; readonly facts: object };

/** The claims of a case in the order they came, as this actor may see them. */
export const filedPeriods = (house: House, actor: Actor, caseId: string): Promise<FiledPeriod[]> =>
  house.database.read<FiledPeriod>(
    actor,
    `SELECT data ->> 'period' AS id, data ->> 'claim' AS claim, occurred_on AS "filedOn", coalesce(data -> 'facts', '{}') AS facts
     FROM case_events WHERE case_id = $1 AND type = 'claim.filed' ORDER BY seq`,
    [caseId],
  );

/**
 * The policy's own calculation over the facts and terms of this case: every rule with inputs, result and clause, every amount, every
 * parameter value used, each claimed period by its own rules; then who is next and until when. The stored terms are taken as they are,
 * so a parameter changed since then changes nothing here.
 */
export function explain(house: House, row: CaseRow, deadlines: readonly DeadlineView[], filed: readonly FiledPeriod[]): Explanation {
  const { policy } = policyOf(house, row);
  const asked = { on: row.openedOn, terms: row.terms, facts: row.facts };
  const assessed = known(assessCase(policy, asked));
  const periods = filed.map(({ id, claim, filedOn, facts }) => {
    const { verdict, summary, missing, rules, amounts } = known(assessCase(policy, { ...asked, period: { id, claim, facts } }));
    const own = rules.filter((rule) => rule.per && (rule.claim === undefined || rule.claim === claim));
    const perPeriod = Object.entries(amounts).filter(([, amount]) => amount.per);
    return { id, claim, filedOn, verdict, summary, missing, rules: own, amounts: Object.fromEntries(perPeriod) };
  });
  // the trace's values are read-only; the view is plain JSON
  return { ...assessed, periods, next: nextSteps(house, row), until: clocksOf(deadlines) } as unknown as Explanation;
}

function known(assessed: Assessment | PolicyRefusal): Assessment {
  if (assessed.ok) return assessed;
  throw problemOfFacts(assessed);
}

const corrections: ReadonlySet<string> = new Set(['correction.proposed', 'correction.dismissed', 'case.held', ...correctingTypes]);

/** What may happen next by whom, whoever asks; what only puts something right is left out. */
function nextSteps(house: House, row: CaseRow): Explanation['next'] {
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
