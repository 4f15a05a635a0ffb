import { type Calendar, calendarOfYears, stateCouncilYears } from '@tranche/calendar';
import { type CaseMachine, caseMachine } from '@tranche/machines';
import { type Policy, placesAround, policies, resolveTerms, type Terms, versionInForce } from '@tranche/policies';
import { text } from '../../terminal/language.js';
import type { CasePlan } from './case-plan.js';
import { CasesUnusable, factsFor, type readCases } from './cases-file.js';
import { live } from './life.js';
import { type Tally, tally } from './tally.js';

type RawCase = ReturnType<typeof readCases>[number];
export type Span = { readonly from: string; readonly until: string };

/** Lives every case received in the span, under one version or under the one that binds each; nothing later than the span's end happens. */
export function simulate(policyId: string, cases: readonly RawCase[], span: Span, version: Policy | null): Tally {
  const calendar: Calendar = calendarOfYears(stateCouncilYears);
  const lives = cases
    .filter(({ received }) => span.from <= received && received <= span.until)
    .map((raw) => {
      const policy = version ?? bindingFor(policyId, raw);
      const plan: CasePlan = factsFor(policy, raw);
      return { id: raw.id, news: live({ machine: machineOf(policy), terms: termsOf(policy, raw), calendar, until: span.until }, plan) };
    });
  return tally(lives);
}

function bindingFor(policyId: string, { id, place: jurisdiction, received: on }: RawCase): Policy {
  const found = versionInForce(policyId, { jurisdiction, on });
  if (found.ok) return found.policy;
  throw new CasesUnusable(text(`${id}：${found.message.zh}`, `${id}: ${found.message.en}`));
}

const machines = new WeakMap<Policy, CaseMachine>();
function machineOf(policy: Policy): CaseMachine {
  const machine = machines.get(policy) ?? caseMachine(policy);
  machines.set(policy, machine);
  return machine;
}

/** Thousands of cases share their day and place. */
const terms = new WeakMap<Policy, Map<string, Terms>>();
function termsOf(policy: Policy, { received: on, place }: RawCase): Terms {
  const known = terms.get(policy) ?? new Map<string, Terms>();
  terms.set(policy, known);
  const found = known.get(`${on} ${place}`) ?? resolveTerms(policy, { on, scopes: placesAround(place) });
  known.set(`${on} ${place}`, found);
  return found;
}

/** `CN-2102@2020-11-24`, `CN-2102` (the newest there); undefined where there is none. */
export function versionCalled(policyId: string, name: string): Policy | undefined {
  const [place, day] = name.split('@', 2);
  return policies()
    .filter(({ id, jurisdiction, version }) => id === policyId && jurisdiction === place && (day === undefined || version === day))
    .sort((a, b) => (a.version < b.version ? -1 : 1))
    .at(-1);
}
