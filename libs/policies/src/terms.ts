import { isLocalDate } from '@tranche/calendar';
import { parseFraction } from '@tranche/money';
import { isFenKey, isStandardsTable, parameterType } from './cel-types.js';
import { compilePolicy } from './compile.js';
import type { Cite, Parameter, ParameterValue, Policy, Term, TermRow, Terms, Until } from './policy.js';
import { type PolicyRefusal, refuse } from './refusal.js';
import { FOREVER, type Landmarks, landmarksIn, lastDay } from './until.js';

/** A value set by an administrator, effective from a day, for a place or ('*' or no scope) wherever the policy holds. */
export type ParameterOverride = {
  readonly key: string;
  readonly value: ParameterValue;
  readonly scope?: string;
  readonly from: string;
  readonly until?: Until;
  readonly cite: Cite;
  /** set for every policy that takes the key from this shared table, and for no other */
  readonly shared?: string | null;
};

export type TermsInput = {
  /** the anchor date */
  readonly on: string;
  /** places of the case, the smallest first: district, city, province */
  readonly scopes?: readonly string[];
  readonly overrides?: readonly ParameterOverride[];
};

type Row = Pick<Parameter, 'key' | 'value' | 'scope' | 'from' | 'until' | 'cite'>;
type Candidate = { readonly row: Row; readonly term: Term; readonly distance: number; readonly set: boolean };

/** The scope of a value that holds wherever the policy does. */
const ANYWHERE = '*';

/**
 * The parameters that hold on a day in a place: nearest scope first, then the latest start, then what was set over the default.
 * A value set for a key that this version lacks or states itself does not apply to it. A value that `checkOverride` refuses
 * otherwise is a bug of the caller and throws. A parameter with no value on that day is absent.
 */
export function resolveTerms(policy: Policy, input: TermsInput): Terms {
  const overrides = (input.overrides ?? []).filter((override) => applies(policy, override));
  const asked = { ...input, overrides };
  const landmarks = landmarksIn(landmarkTerms(policy, asked));
  return Object.freeze(resolveAll(policy, asked, landmarks, () => true));
}

/**
 * The terms of a running case after a table or a landmark changed: what it was promised, with these overrides added to the tables that
 * it reads by period, and with the landmarks they record. Everything else stays. `input` as when the case was opened.
 */
export function refreshTerms(policy: Policy, terms: Terms, input: TermsInput): Terms {
  const overrides = (input.overrides ?? []).filter((override) => applies(policy, override));
  if (overrides.length === 0) return terms;
  const refreshed = Object.entries(terms).map(([key, term]): [string, Term] => {
    const declared = policy.parameters.find((item) => item.key === key && (item.landmark || item.per));
    const added = declared ? candidates({ ...policy, parameters: [] }, key, { ...input, overrides }).sort(byPrecedence) : [];
    const [newest] = added;
    if (!newest) return [key, term];
    return [key, declared?.landmark ? newest.term : { ...term, rows: mergedRows(term.rows ?? [], added, input.scopes ?? []) }];
  });
  return Object.freeze(Object.fromEntries(refreshed));
}

/** Rows promised and rows added, in order of precedence; of the same place and day the added one. */
function mergedRows(promised: readonly TermRow[], added: readonly Candidate[], scopes: readonly string[]): readonly TermRow[] {
  const fresh = rowsOf(added).filter((row) => !promised.some((known) => JSON.stringify(known) === JSON.stringify(row)));
  const distance = ({ scope }: TermRow): number => (scopes.includes(scope) ? scopes.indexOf(scope) : scopes.length);
  const ordered = [...fresh, ...promised].toSorted(
    (a, b) => distance(a) - distance(b) || (a.from === b.from ? 0 : a.from < b.from ? 1 : -1),
  );
  return Object.freeze(ordered);
}

/** The landmarks alone: the days on which windows that wait for them end. */
export const landmarkTerms = (policy: Policy, input: TermsInput): Terms =>
  resolveAll(
    policy,
    { ...input, overrides: (input.overrides ?? []).filter((override) => applies(policy, override)) },
    NONE,
    (item) => item.landmark === true,
  );

const NONE: Landmarks = () => undefined;

function resolveAll(policy: Policy, input: TermsInput, landmarks: Landmarks, wanted: (item: Parameter) => boolean): Terms {
  const keys = new Set(policy.parameters.filter(wanted).map(({ key }) => key));
  const terms = [...keys].flatMap((key): [string, Term][] => {
    const inPlace = candidates(policy, key, input).sort(byPrecedence);
    const best = inPlace.find(({ row }) => holdsOn(row, policy, input.on, landmarks));
    const byPeriod = policy.parameters.some((item) => item.key === key && item.per === 'period');
    if (byPeriod && inPlace.length > 0) return [[key, withRows(best ?? inPlace.at(-1)!, inPlace)]];
    return best ? [[key, best.term]] : [];
  });
  return Object.fromEntries(terms);
}

const withRows = ({ term }: Candidate, inPlace: readonly Candidate[]): Term =>
  Object.freeze({ ...term, rows: Object.freeze(rowsOf(inPlace)) });

const rowsOf = (candidates: readonly Candidate[]): TermRow[] =>
  candidates.map(({ row, term: { value, from, scope, cite } }): TermRow => {
    const until = row.until === undefined ? {} : { until: row.until };
    return Object.freeze({ value, from: from ?? '', ...until, scope, cite });
  });

function applies(policy: Policy, override: ParameterOverride): boolean {
  if (override.shared && !policy.parameters.some(({ key, shared }) => key === override.key && shared === override.shared)) return false;
  const refusal = checkOverride(policy, override);
  if (!refusal) return true;
  if (refusal.code === 'parameter-unknown' || refusal.code === 'parameter-fixed') return false;
  throw new Error(`${refusal.code} ${refusal.field}: ${refusal.message.en}`);
}

/** Every value of a parameter that was ever laid down for this place. */
function candidates(policy: Policy, key: string, input: TermsInput): Candidate[] {
  const defaults = policy.parameters.map((row) => ({ row, set: false }));
  const overrides = (input.overrides ?? []).map((row) => ({ row, set: true }));
  return [...defaults, ...overrides].flatMap(({ row, set }): Candidate[] => {
    const distance = distanceOf(row.scope, input.scopes ?? []);
    return row.key === key && distance >= 0 ? [{ row, term: termOf(policy, row), distance, set }] : [];
  });
}

/** Position of the scope among the places, smallest first; no scope is the widest; -1 = elsewhere. */
const distanceOf = (scope: string | undefined, scopes: readonly string[]): number =>
  scope === undefined || scope === ANYWHERE ? scopes.length : scopes.indexOf(scope);

const startOf = (item: Pick<Parameter, 'from'>, policy: Policy): string => item.from ?? policy.window.from;

const holdsOn = (row: Row, policy: Policy, on: string, landmarks: Landmarks): boolean =>
  startOf(row, policy) <= on && on <= (lastDay(row.until, landmarks) ?? FOREVER);

const termOf = (policy: Policy, item: Pick<Parameter, 'value' | 'from' | 'scope' | 'cite'>): Term =>
  Object.freeze({
    value: item.value,
    from: startOf(item, policy),
    scope: item.scope === undefined || item.scope === ANYWHERE ? policy.jurisdiction : item.scope,
    cite: item.cite,
  });

function byPrecedence(a: Candidate, b: Candidate): number {
  if (a.distance !== b.distance) return a.distance - b.distance;
  const [from, other] = [a.term.from ?? '', b.term.from ?? ''];
  if (from !== other) return from < other ? 1 : -1;
  return Number(b.set) - Number(a.set);
}

/**
 * May this value be set? Null = yes. Refused: an unknown key, a value the document itself states (a new policy version is
 * needed), another type than the default's, a share or amount that cannot be read, a choice that is not offered or not built.
 */
export function checkOverride(policy: Policy, override: Pick<ParameterOverride, 'key' | 'value'>): PolicyRefusal | null {
  const { key, value } = override;
  const declared = policy.parameters.find((item) => item.key === key);
  if (!declared) return refuse('parameter-unknown', key, `本政策没有参数 ${key}。`, `The policy has no parameter ${key}.`);
  if (declared.cite.basis === 'stated') {
    return refuse(
      'parameter-fixed',
      key,
      `${key} 由文件明文规定，不能改设；应制定新的政策版本。`,
      `${key} is stated in the document and cannot be set; a new policy version is needed.`,
    );
  }
  if (!sameShape(declared, value, compilePolicy(policy).fractionParameters.has(key))) {
    return refuse(
      'parameter-value',
      key,
      `${key} 的值类型不符或无法识别，未作更改。`,
      `The value of ${key} has another type than the default or cannot be read; nothing was changed.`,
    );
  }
  return checkChoice(declared, value);
}

/** Is the value inside the declared range and among the declared choices? Null = yes. */
export function checkChoice({ key, oneOf, range }: Parameter, value: ParameterValue): PolicyRefusal | null {
  if (range && (typeof value !== 'number' || value < range.least || value > range.most)) {
    return refuse(
      'parameter-value',
      key,
      `${key} 应在 ${range.least} 至 ${range.most} 之间。`,
      `${key} must be between ${range.least} and ${range.most}.`,
    );
  }
  if (!oneOf) return null;
  const choice = oneOf.find((item) => item.value === value);
  if (!choice)
    return refuse(
      'parameter-value',
      key,
      `${key} 只能取：${oneOf.map((item) => item.value).join('、')}。`,
      `${key} must be one of: ${oneOf.map((item) => item.value).join(', ')}.`,
    );
  return choice.unsupported ? refuse('parameter-unsupported', key, choice.unsupported.zh, choice.unsupported.en) : null;
}

const FEN = /^(0|[1-9][0-9]{0,11})$/;

/** Is the value of the declared type, and readable: whole non-negative numbers, fen up to 12 digits, shares as text? */
export function sameShape(
  { key, value: declared, landmark }: Pick<Parameter, 'key' | 'value' | 'landmark'>,
  value: ParameterValue,
  isShare: boolean,
): boolean {
  if (landmark) return value === '' || (typeof value === 'string' && isLocalDate(value));
  if (isStandardsTable(declared))
    return isStandardsTable(value) && Object.values(value).every((row) => Object.values(row).every((fen) => FEN.test(fen)));
  if (typeof value !== typeof declared || parameterType(key, value) !== parameterType(key, declared)) return false;
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0;
  if (typeof value === 'string' && isShare) return parseFraction(value).ok;
  return typeof value !== 'string' || !isFenKey(key) || FEN.test(value);
}
