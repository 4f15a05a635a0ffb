import { isLocalDate } from '@tranche/calendar';
import { isList } from './cel-types.js';
import { compilePolicy } from './compile.js';
import { evaluatePolicy, type PeriodInput } from './evaluate.js';
import { parseFacts } from './facts.js';
import { periodAround } from './periods.js';
import { placesAround } from './places.js';
import {
  type Cite,
  type FactChoice,
  type Facts,
  type PayeeKind,
  type Policy,
  payeeKinds,
  type ScalarType,
  type Terms,
  type Text,
} from './policy.js';
import { withReaders } from './readers.js';
import { type PolicyRefusal, refuse } from './refusal.js';
import { bindingIn, policies } from './registry.js';
import { stampOf } from './stamp.js';
import { type ParameterOverride, resolveTerms } from './terms.js';

export type MatchInput = {
  /** the day an application would be received */
  readonly on: string;
  readonly jurisdiction: string;
  /** everything known of an applicant, by the names the policies use; what one policy does not ask is left to the others */
  readonly facts: unknown;
  readonly overrides?: (policyId: string) => readonly ParameterOverride[];
  /** absent: every policy */
  readonly among?: readonly Policy[];
};

/** A rule that fails, or waits for facts. */
export type MatchedRule = { readonly id: string; readonly reason: Text; readonly cite: Cite; readonly missing: readonly string[] };
/** `applies`: every rule holds; `nearly`: nothing excludes it for good; `no`: it does not apply. */
export type Match = {
  readonly policy: Pick<Policy, 'id' | 'version' | 'jurisdiction' | 'title' | 'cite' | 'office' | 'timeLimit' | 'payee'>;
  readonly match: 'applies' | 'nearly' | 'no';
  /** why not, where it is no rule: another kind of applicant, another time */
  readonly because: 'payee' | 'window' | null;
  readonly failed: readonly MatchedRule[];
  readonly open: readonly MatchedRule[];
  readonly met: number;
  /** facts that open rules wait for: what they are called, and what would answer them */
  readonly missing: readonly WantedFact[];
  /** amounts that are known already, fen */
  readonly amounts: Readonly<Record<string, { readonly label: Text; readonly fen: string }>>;
};
/** A fact nobody told yet; `oneOf`: the codes it may be. */
export type WantedFact = {
  readonly fact: string;
  readonly label: Text;
  readonly type: ScalarType | 'list';
  readonly oneOf?: readonly FactChoice[];
};
export type Matches = { readonly ok: true; readonly on: string; readonly jurisdiction: string; readonly items: readonly Match[] };

/** How many failing rules still are "nearly": the one thing that would have to be different. */
const NEARLY = 1;

/**
 * Which of the policies in force apply to what is known, which nearly do and what is missing for them. The best come first. Refused:
 * a fact no policy asks for, or one that none of those that ask for it can read.
 */
export function match(input: MatchInput): Matches | PolicyRefusal {
  const { on, jurisdiction, among = policies() } = input;
  if (!isLocalDate(on)) return refuse('date-malformed', 'on', '日期无法识别，请写成 "2020-11-25"。', 'Write the date as "2020-11-25".');
  const refusal = refuseDay(among, on) ?? refuseFacts(among, input.facts);
  if (refusal) return refusal;
  const facts = input.facts as Facts;
  const items = inForce(among, input).map((policy) => matchOf(policy, input, facts));
  return { ok: true, on, jurisdiction, items: items.sort(byUse) };
}

/** Of each policy the version that binds here on this day; policies without one are left out. */
function inForce(among: readonly Policy[], { on, jurisdiction, overrides }: MatchInput): Policy[] {
  return idsOf(among).flatMap((id) => {
    const found = bindingIn(id, { on, jurisdiction, among, overrides: overrides?.(id) ?? [] });
    return found.ok && found.policy ? [found.policy] : [];
  });
}

/** A day before every policy: there is nothing to match with. */
function refuseDay(among: readonly Policy[], on: string): PolicyRefusal | null {
  const first = among.map(({ window, issuedOn }) => (window.from < issuedOn ? window.from : issuedOn)).sort()[0];
  if (first === undefined || on >= first) return null;
  return refuse(
    'date-outside-versions',
    'on',
    `${on} 早于全部政策；最早的一项自 ${first} 起。`,
    `${on} lies before every policy; the first of them begins on ${first}.`,
  );
}

const idsOf = (among: readonly Policy[]): string[] => [...new Set(among.map(({ id }) => id))];

function refuseFacts(among: readonly Policy[], facts: unknown): PolicyRefusal | null {
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts))
    return refuse('fact-type', 'facts', 'facts 应为对象。', 'facts must be an object.');
  for (const [name, raw] of Object.entries(facts)) {
    if (name === 'payeeKind' && !payeeKinds.includes(raw as PayeeKind)) return badPayee();
    const asking = among.filter((policy) => Object.hasOwn(policy.facts, name));
    const read = asking.map((policy) => ({ policy, parsed: parseFacts(policy, { [name]: raw }, { partial: true }) }));
    const [first] = read;
    if (!first) {
      if (name === 'payeeKind') continue;
      return refuse(
        'fact-unknown',
        name,
        `没有政策使用名为 ${JSON.stringify(name)} 的事实。`,
        `No policy asks for a fact ${JSON.stringify(name)}.`,
      );
    }
    if (!first.parsed.ok && read.every(({ parsed }) => !parsed.ok)) return withReaders(first.policy, first.parsed);
  }
  return null;
}

const badPayee = (): PolicyRefusal =>
  refuse('fact-type', 'payeeKind', `payeeKind 只能取：${payeeKinds.join('、')}。`, `payeeKind must be one of: ${payeeKinds.join(', ')}.`);

function matchOf(policy: Policy, { on, jurisdiction, overrides }: MatchInput, facts: Facts): Match {
  const compiled = compilePolicy(policy);
  const [ofCase, ofPeriod] = [known(policy, facts, false), known(policy, facts, true)];
  const terms = termsOn(policy, on, jurisdiction, overrides?.(policy.id));
  const period = periodOn(policy, on, ofPeriod);
  const input = { facts: ofCase, terms, on, ...(period ? { period } : {}) };
  const evaluation = evaluatePolicy(compiled, input);
  const stamp = stampOf(compiled, input, evaluation);
  const unmet = [...stamp.unmet, ...(stamp.period?.unmet ?? [])];
  const amounts = { ...stamp.amounts, ...stamp.period?.amounts };
  const missingOf = (id: string): string[] => {
    const names = compiled.rules.find((rule) => rule.id === id)?.reading.names ?? new Set<string>();
    return [...names].filter((name) => Object.hasOwn(policy.facts, name) && !Object.hasOwn(facts, name));
  };
  const rules = policy.rules.filter(({ id }) => unmet.includes(id));
  const rows = rules.map(({ id, reason, cite }): MatchedRule => ({ id, reason, cite, missing: missingOf(id) }));
  const isFailed = ({ id }: MatchedRule): boolean => evaluation.rules.get(id)?.value === false;
  const failed = rows.filter(isFailed).map((row) => ({ ...row, missing: [] }));
  const open = rows.filter((row) => !isFailed(row));
  const because = excluded(policy, facts, stamp.inWindow && (stamp.period?.inWindow ?? true));
  const { id, version, title, cite, office, timeLimit, payee } = policy;
  return {
    policy: { id, version, jurisdiction: policy.jurisdiction, title, cite, office, timeLimit, payee },
    match: because !== null || failed.length > NEARLY ? 'no' : rows.length === 0 ? 'applies' : 'nearly',
    because,
    failed,
    open,
    met: policy.rules.length - rows.length,
    missing: [...new Set(open.flatMap(({ missing }) => missing))].map((fact) => wanted(policy, fact)),
    amounts: Object.fromEntries(
      Object.entries(amounts).flatMap(([name, fen]) => (fen === null ? [] : [[name, { label: policy.amounts[name]!.label, fen }]])),
    ),
  };
}

function wanted({ facts }: Policy, fact: string): WantedFact {
  const { label, type, oneOf } = facts[fact]!;
  return { fact, label, type: isList(type) ? 'list' : type, ...(oneOf ? { oneOf } : {}) };
}

function excluded(policy: Policy, { payeeKind }: Facts, inWindow: boolean): Match['because'] {
  if (payeeKind !== undefined && !policy.payee.includes(payeeKind as PayeeKind)) return 'payee';
  return inWindow ? null : 'window';
}

/** The facts of this policy among those given, of the case or of the period; what it cannot read counts as unknown. */
function known(policy: Policy, facts: Facts, perPeriod: boolean): Facts {
  const own = Object.keys(facts).flatMap((name) => {
    const fact = Object.hasOwn(policy.facts, name) ? policy.facts[name] : undefined;
    if (!fact || (fact.per === 'period') !== perPeriod) return [];
    const parsed = parseFacts(policy, { [name]: facts[name] }, { partial: true });
    return parsed.ok ? [[name, parsed.facts[name]] as const] : [];
  });
  return Object.fromEntries(own);
}

/** What is paid by period is asked of the period the day lies in. */
function periodOn({ plan }: Policy, on: string, facts: Facts): PeriodInput | null {
  const [claim] = plan.claims ?? [];
  return claim ? { id: periodAround(on, claim.every), claim: claim.id, facts } : null;
}

/** The defaults of a day and place are asked for again and again; those set by administration are resolved each time. */
const resolved = new WeakMap<Policy, Map<string, Terms>>();
const KEPT = 64;

function termsOn(policy: Policy, on: string, jurisdiction: string, overrides: readonly ParameterOverride[] = []): Terms {
  const scopes = placesAround(jurisdiction);
  if (overrides.length > 0) return resolveTerms(policy, { on, scopes, overrides });
  const known = resolved.get(policy) ?? new Map<string, Terms>();
  resolved.set(policy, known);
  const key = `${on} ${jurisdiction}`;
  const terms = known.get(key) ?? resolveTerms(policy, { on, scopes });
  if (known.size >= KEPT) known.clear();
  known.set(key, terms);
  return terms;
}

const ORDER = { applies: 0, nearly: 1, no: 2 } as const;

/** What applies first; then what is nearest: fewest failing, fewest open, most met rules; then by id. */
const byUse = (a: Match, b: Match): number =>
  ORDER[a.match] - ORDER[b.match] ||
  Number(a.because !== null) - Number(b.because !== null) ||
  a.failed.length - b.failed.length ||
  a.open.length - b.open.length ||
  b.met - a.met ||
  (a.policy.id < b.policy.id ? -1 : 1);
