/**
 * The shape of a subsidy policy: plain, frozen, JSON-serialisable data.
 * A policy says what may be paid, when and why; it has no code of its own (DESIGN: "policies are data").
 */

import type { Cite, Text } from './cite.js';
import type { PayeeKind } from './people.js';
import type { Cel, ConditionRef, Plan, Until } from './plan.js';

export type * from './cite.js';
export type * from './examples.js';
export * from './people.js';
export * from './plan.js';

/** `person`: the blind token of a person, never an identifier or a name. */
export type ScalarType = 'int' | 'bool' | 'date' | 'string' | 'person';
export type FactType = ScalarType | { readonly list: Readonly<Record<string, ScalarType>> };
/** A code of a fact and what it is called. */
export type FactChoice = { readonly value: string; readonly label: Text };
/** The codes a text may be, where it is one of few; `others`: the parameter whose list may name more, absent: there are no others. */
export type Choices = { readonly oneOf: readonly FactChoice[]; readonly others?: string };
export type Fact = Partial<Choices> & {
  readonly type: FactType;
  readonly label: Text;
  /** who supplies it: typed by a person, an uploaded file, a register, our own books, the case itself (see `caseFacts`) */
  readonly from: 'form' | 'upload' | 'data' | 'ledger' | 'case';
  readonly optional?: boolean;
  /** columns of a list that are one of few codes */
  readonly columns?: Readonly<Record<string, Choices>>;
  /** told anew with every claim of a period, and true of that period only */
  readonly per?: 'period';
  /** what was drawn before, put in by our own books: months with every claim, fen when the case takes of a cap. Nobody types it */
  readonly booked?: Booked;
  /** taken while nothing is told */
  readonly otherwise?: 0;
};
/**
 * Months in which each person of a list (columns `person`, and `column` for their number), or the person a fact names, drew in `group`:
 * an exclusion with `limit: 'counted'`. The months claimed are not counted, nor those since the day that the fact `since` names.
 * `fen: 'year'`: instead of months, the fen each took in other cases of the calendar year under the cap of `group`.
 */
export type Booked = {
  readonly group: string;
  readonly person: string;
  readonly column?: string;
  readonly since?: string;
  readonly fen?: 'year';
};

/** A table of standards: occupation → level → fen (decimal strings). */
export type StandardsTable = Readonly<Record<string, Readonly<Record<string, string>>>>;
export type ParameterValue = string | number | boolean | readonly string[] | Readonly<Record<string, string | number>> | StandardsTable;
/** One permitted value; `unsupported` says why it is declared but refused when somebody sets it. */
export type Choice = { readonly value: string | number | boolean; readonly label: Text; readonly unsupported?: Text };
/** `…Fen` values are decimal strings of fen; rates are strings such as '50%' or '2/3'. `until` is the last day. */
export type Parameter = {
  readonly key: string;
  readonly label: Text;
  readonly value: ParameterValue;
  readonly scope?: string;
  readonly from?: string;
  readonly until?: Until;
  /** smallest and largest whole number allowed */
  readonly range?: { readonly least: number; readonly most: number };
  /** the only values allowed, where the choice is closed */
  readonly oneOf?: readonly Choice[];
  /** figures made up for trying the system out; shown as such everywhere */
  readonly sample?: boolean;
  readonly cite: Cite;
  /** read as of the first day of each period, not once for the case: a running case follows the table */
  readonly per?: 'period';
  /** the day something happened, '' until it is recorded: others may end on it */
  readonly landmark?: true;
  /** name of the table it belongs to, where several policies share one: set once, it holds for all of them */
  readonly shared?: string;
};

/** `per: 'period'`: asked with every claim of a period, of `claim` alone where it is named. */
export type Rule = {
  readonly id: string;
  readonly when: Cel;
  readonly reason: Text;
  readonly cite: Cite;
  readonly per?: 'period';
  readonly claim?: string;
};
/** `valid` must hold for the amount to be known at all; when it does not, the stamp says why. */
export type AmountRule = {
  readonly fen: Cel;
  readonly label: Text;
  readonly valid?: { readonly when: Cel; readonly reason: Text };
  readonly cite: Cite;
  readonly per?: 'period';
};

/** The people of a roster, or the payee, claimed for the days of the class (see the roster's import). */
export type RosterExclusion = {
  readonly group: string;
  readonly subject: 'trainee' | 'payee';
  readonly switch?: string;
  readonly cite: Cite;
  readonly reason: Text;
};
/**
 * Keys that may be used up once in a group, across cases and policies: the same group in two policies excludes one by the other.
 * With a cap, each key may take so many fen together (`weighs`: fen of each key, in the order of the keys). `counted` excludes nobody: the
 * months are counted for whoever asks later (see `booked`).
 */
export type KeyExclusion = {
  readonly group: string;
  /** a text or a list of texts */
  readonly key: Cel;
  /** for good, in the calendar year of the application, in the claimed period, or on the days between two facts */
  readonly per: 'once' | 'year' | 'period' | { readonly from: string; readonly until: string };
  readonly limit: 1 | 'counted' | { readonly capFen: string; readonly weighs: Cel };
  /** only claims under this id */
  readonly claim?: string;
  readonly when?: ConditionRef;
  /** only claims of other policies stand in the way, not further cases of this one */
  readonly excludes?: 'others';
  /** the parameter that says whether other policies of the group are excluded here, or may be combined with this one */
  readonly switch?: string;
  readonly cite: Cite;
  readonly reason: Text;
};
export type Exclusion = RosterExclusion | KeyExclusion;
/** `share` names the parameter with its share: shares split a payment, the last takes the odd fen. Without: drawn in order. */
export type Fund = {
  readonly code: string;
  readonly name: Text;
  readonly cite: Cite;
  readonly share?: string;
  readonly when?: ConditionRef;
};
export type Evidence = { readonly id: string; readonly label: Text; readonly obtainBy: 'data' | 'upload'; readonly cite: Cite };

/**
 * People of whom our own books show that they drew, in the days between the facts `from` and `until`, what the exclusion `group` stands
 * for: of each of them the fact `shows` is true.
 */
export type Beneficiaries = {
  readonly group: string;
  readonly from: string;
  readonly until: string;
  readonly shows: string;
  readonly cite: Cite;
};

export type Policy = {
  readonly id: string;
  readonly version: string;
  /** GB/T 2260: CN-21 Liaoning, CN-2102 Dalian */
  readonly jurisdiction: string;
  readonly title: Text;
  readonly cite: Cite;
  readonly issuedOn: string;
  /** what must lie inside: the day of receipt, each period claimed, or the day a fact names */
  readonly window: { readonly from: string; readonly until?: Until; readonly anchor: 'received' | 'period' | { readonly fact: string } };
  readonly payee: readonly PayeeKind[];
  readonly office: Text;
  readonly officeCite: Cite;
  readonly timeLimit: Text;
  readonly timeLimitCite: Cite;
  /** drawn in this order, the first with enough budget pays the whole payment; or split by their shares */
  readonly funds: readonly Fund[];
  readonly facts: Readonly<Record<string, Fact>>;
  readonly parameters: readonly Parameter[];
  readonly rules: readonly Rule[];
  /** an amount may name other amounts and conditions, never itself through them */
  readonly amounts: Readonly<Record<string, AmountRule>>;
  readonly plan: Plan;
  readonly exclusions: readonly Exclusion[];
  readonly evidence: readonly Evidence[];
  /** who is paid without applying, as our own books know it */
  readonly beneficiaries?: Beneficiaries;
  /** absent: a bank transfer to the payee; allocation: budget moved to a city, without a bank */
  readonly means?: 'transfer' | 'allocation';
};

/** One dated value of a parameter that is read by period; the first that holds on a day decides. */
export type TermRow = {
  readonly value: ParameterValue;
  readonly from: string;
  readonly until?: Until;
  readonly scope: string;
  readonly cite: Cite;
};
/** Parameters resolved once at the anchor date of a case; stored with it, never re-read. `rows`: those read by period. */
export type Term = {
  readonly value: ParameterValue;
  readonly from: string | null;
  readonly scope: string;
  readonly cite: Cite;
  readonly rows?: readonly TermRow[];
};
export type Terms = Readonly<Record<string, Term>>;

/** Facts as stored: JSON scalars and lists of rows; whole numbers as numbers or decimal strings. */
export type Facts = Readonly<Record<string, unknown>>;

/** Why an amount, condition or rule (`id`) has no value although its inputs are known. */
export type Problem = {
  readonly id: string;
  readonly code: 'standard-missing' | 'amount-invalid' | 'number-overflow';
  readonly message: Text;
};

/**
 * What the policy's rules said at the moment of an event, stored with the event:
 * amounts in fen (decimal strings), conditions and eligibility; `null` = inputs not known yet.
 */
export type Stamp = {
  readonly amounts: Readonly<Record<string, string | null>>;
  readonly conditions: Readonly<Record<string, boolean | null>>;
  readonly eligible: boolean | null;
  readonly inWindow: boolean;
  /** ids of the rules that failed (false) or are not known yet */
  readonly unmet: readonly string[];
  /** present only when something could not be worked out from known inputs */
  readonly problems?: readonly Problem[];
  /** whole numbers of the plan: `<claim>.term`, `<claim>.extension`; only where the plan has claims */
  readonly counts?: Readonly<Record<string, number | null>>;
  /** what the case takes of its exclusion groups; only where the policy excludes by keys; null = not known yet */
  readonly keys?: readonly ExclusionKey[] | null;
  /** what the rules say of the period claimed; only with `claim.filed` and what follows from it */
  readonly period?: PeriodStamp;
};

/** One key taken in a group on the days `from`…`until` (null = no end). `capFen`: together at most so much, this one `fen`. */
export type ExclusionKey = {
  readonly group: string;
  readonly key: string;
  readonly from: string | null;
  readonly until: string | null;
  readonly capFen?: string;
  readonly fen?: string;
  /** further cases of the same policy are not excluded */
  readonly othersOnly?: true;
  /** other policies that permit it too are not excluded */
  readonly permitted?: true;
  /** excludes nobody: its months are counted */
  readonly counted?: true;
};

/** The stamp of one period; `id` such as `2021-01` or `2021-Q1`. */
export type PeriodStamp = {
  readonly id: string;
  readonly claim: string | null;
  readonly amounts: Readonly<Record<string, string | null>>;
  readonly eligible: boolean | null;
  readonly inWindow: boolean;
  readonly unmet: readonly string[];
  readonly keys: readonly ExclusionKey[] | null;
  readonly problems?: readonly Problem[];
};
