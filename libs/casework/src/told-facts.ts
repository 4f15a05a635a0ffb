import { type Fact, type Facts, type Policy, parseFacts, periodOf as periodNamed, type Text } from '@tranche/policies';
import type { CasePolicy } from './case-policies.js';
import { refuseDates } from './class-dates.js';
import { tellsPeriod } from './period-told.js';
import { type Refused, refuse } from './refusal.js';

/** What an event tells: facts of the case, or those of the period it claims. */
export type Told =
  | { readonly ok: true; readonly kind: 'nothing' }
  | { readonly ok: true; readonly kind: 'case'; readonly merged: Readonly<Record<string, unknown>> }
  | { readonly ok: true; readonly kind: 'period'; readonly period: ClaimedPeriod };

export type ClaimedPeriod = { readonly id: string; readonly claim: string; readonly facts: Facts };

/** The facts that an event puts into its case; null where it tells none, or only of a period. */
export const caseFactsIn = (type: string, data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | null =>
  tellsPeriod(type) ? null : ((data['facts'] ?? null) as Readonly<Record<string, unknown>> | null);

/** The period an event claims, as it was stored; undefined where it claims none. */
export function periodIn(type: string, data: Readonly<Record<string, unknown>>): ClaimedPeriod | undefined {
  if (!tellsPeriod(type)) return undefined;
  return { id: String(data['period']), claim: String(data['claim']), facts: (data['facts'] ?? {}) as Facts };
}

/** Is somebody named in it? Such a fact is made from a list, which turns numbers into tokens; nobody types tokens. */
export const namesPeople = ({ type }: Fact): boolean =>
  type === 'person' || (typeof type === 'object' && Object.values(type.list).includes('person'));

/** Checks the facts an event brings and puts them beside those the case has. `typed`: by hand, where people are named by imported lists only. */
export function toldFacts(
  { policy }: CasePolicy,
  known: Facts,
  { type, typed }: { readonly type: string; readonly typed?: true },
  data: Readonly<Record<string, unknown>>,
): Told | Refused {
  const given = data['facts'] as Readonly<Record<string, unknown>> | undefined;
  if (given === undefined || given === null) return tellsPeriod(type) ? periodOf(type, data, {}) : { ok: true, kind: 'nothing' };
  for (const name of Object.keys(given)) {
    const fact = policy.facts[name];
    if (fact?.from === 'case') return refuseFact(policy, name, ownFact);
    if (fact && typed && namesPeople(fact)) return refuseFact(policy, name, fromList);
  }
  const parsed = parseFacts(policy, given, { partial: true });
  if (!parsed.ok) return refuseFact(policy, parsed.field, () => parsed);
  if (tellsPeriod(type)) return periodOf(type, data, parsed.facts);
  const merged = { ...known, ...parsed.facts };
  return refuseDates(merged, 'data.facts') ?? { ok: true, kind: 'case', merged };
}

function periodOf(type: string, data: Readonly<Record<string, unknown>>, facts: Facts): Told | Refused {
  const period = { ...(periodIn(type, data) as ClaimedPeriod), facts };
  return periodNamed(period.id)
    ? { ok: true, kind: 'period', period }
    : refuse('data-invalid', '期间有误。', 'There is no such period.', { errors: [periodInvalid] });
}

const periodInvalid = {
  field: 'data.period',
  code: 'data-invalid',
  message: { zh: '应如 2021-01 或 2021-Q1', en: 'write it as 2021-01 or 2021-Q1' },
};

/** `called`: what people call the fact. */
type Why = (called: Text) => { readonly code: string; readonly message: { readonly zh: string; readonly en: string } };

export const ownFact: Why = (called) => ({
  code: 'fact-from-case',
  message: { zh: `“${called.zh}”由系统按申报人得出，不能填报。`, en: `“${called.en}” follows from who applies and cannot be typed in.` },
});
export const fromList: Why = (called) => ({
  code: 'fact-from-list',
  message: {
    zh: `“${called.zh}”由导入的名单得出，不能填报；请建案后导入名单。`,
    en: `“${called.en}” follows from an imported list and cannot be typed in; open the case, then import the list.`,
  },
});
export const fromRegister: Why = (called) => ({
  code: 'fact-from-register',
  message: {
    zh: `“${called.zh}”由经办机构比对数据得出，不能由申报人填报。`,
    en: `“${called.en}” is taken from the registers by the office and is not typed in by an applicant.`,
  },
});

/** Facts refused with the reason of one of them; `place` is where the facts stand in the request. */
export function refuseFact({ facts }: Policy, name: string, why: Why, place = 'data.facts'): Refused {
  const { code, message } = why(facts[name]?.label ?? { zh: name, en: name });
  return refuse('facts-invalid', '申报要素有误。', 'The facts are not acceptable.', {
    errors: [{ field: `${place}.${name}`, code, message }],
  });
}
