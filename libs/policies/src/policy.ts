/**
 * The shape of a subsidy policy: plain, frozen, JSON-serialisable data.
 * A policy says what may be paid, when and why; it has no code of its own (DESIGN: "policies are data").
 */

/** A text shown to people, in the two languages of the product. */
export type Text = { readonly zh: string; readonly en: string };

/** Where a statement comes from. Only `stated` may be shown as "the policy says". */
export type Cite = {
  readonly doc: string;
  readonly clause: string;
  readonly basis: 'stated' | 'inferred' | 'open' | 'external';
  readonly quote?: string;
};

/** A CEL expression; its type is checked against the declared facts when the policy is loaded. */
export type Cel = string;

/** Name of a dated mark: `received`, `approved`, a milestone id, `settled`, `failed`. */
export type Mark = string;

/** A time limit counted from a mark; the day of the mark itself is never counted. */
export type Due = {
  readonly count: number | { readonly parameter: string };
  readonly unit: 'workingDays' | 'calendarDays' | 'months';
  readonly from: Mark;
  readonly kind: 'statutory' | 'service';
  readonly cite: Cite;
};

export type FactType = 'int' | 'bool' | 'date' | 'string' | { readonly list: Readonly<Record<string, 'int' | 'bool' | 'date' | 'string'>> };
export type Fact = {
  readonly type: FactType;
  readonly label: Text;
  /** who supplies it: typed by a person, an uploaded file, a register, the case itself */
  readonly from: 'form' | 'upload' | 'data' | 'case';
  readonly optional?: boolean;
};

export type ParameterValue = string | number | boolean | readonly string[] | Readonly<Record<string, string | number>>;
/** `…Fen` values are decimal strings of fen; rates are strings such as '50%' or '2/3'. */
export type Parameter = {
  readonly key: string;
  readonly label: Text;
  readonly value: ParameterValue;
  readonly scope?: string;
  readonly from?: string;
  readonly until?: string;
  readonly cite: Cite;
};

export type Rule = { readonly id: string; readonly when: Cel; readonly reason: Text; readonly cite: Cite };
export type AmountRule = { readonly fen: Cel; readonly label: Text; readonly cite: Cite };

export type Role =
  | 'institution' | 'enterprise' | 'citizen'
  | 'officer' | 'reviewer' | 'approver' | 'inspector'
  | 'maker' | 'checker' | 'cashier' | 'supervisor' | 'auditor' | 'admin' | 'security';

export type Milestone = {
  readonly id: string;
  readonly label: Text;
  readonly by: readonly Role[];
  /** a named condition of the plan that must hold in the stamped event */
  readonly requires?: string;
  readonly cite: Cite;
};

export type AdvancePayment = {
  readonly id: string;
  readonly label: Text;
  readonly amount: string;
  readonly opens: readonly Mark[];
  readonly lapsesOn?: Mark;
  readonly due: Due;
  readonly cite: Cite;
};
export type RemainderPayment = { readonly id: string; readonly label: Text; readonly cite: Cite };

/** Fixes the final amount; the first row whose marks are all reached decides. */
export type Entitlement = { readonly opens: readonly Mark[]; readonly amount: string; readonly due?: Due; readonly cite: Cite };

export type Plan = {
  /** a closed table of [event, state, role] chains in libs/machines */
  readonly entry: 'standard';
  /** named boolean expressions, stamped into events as soon as their inputs are known */
  readonly conditions?: Readonly<Record<string, Cel>>;
  readonly milestones: readonly Milestone[];
  readonly interruption?: { readonly cite: Cite };
  readonly acceptance?: {
    /** inspections in all: the first and the re-inspections (a number, or a parameter plus one) */
    readonly attempts: number | { readonly parameter: string; readonly plus: number };
    readonly cite: Cite;
    /** entitlement after the last failed attempt, and after an abort: name of an amount; absent = nothing */
    readonly onFailure?: string;
    readonly onFailureCite: Cite;
  };
  readonly notice?: { readonly when: 'beforeRemainder'; readonly days: Due; readonly objectionDecision: Due; readonly cite: Cite };
  readonly advances: readonly AdvancePayment[];
  readonly remainder?: RemainderPayment;
  readonly entitlement: readonly Entitlement[];
  readonly recovery?: { readonly demand: Due; readonly repay: Due; readonly cite: Cite };
};

export type Exclusion = { readonly group: string; readonly subject: 'trainee' | 'payee'; readonly cite: Cite; readonly reason: Text };
export type Fund = { readonly code: string; readonly name: Text; readonly cite: Cite };
export type Evidence = { readonly id: string; readonly label: Text; readonly obtainBy: 'data' | 'upload'; readonly cite: Cite };

export type Policy = {
  readonly id: string;
  readonly version: string;
  /** GB/T 2260: CN-21 Liaoning, CN-2102 Dalian */
  readonly jurisdiction: string;
  readonly title: Text;
  readonly cite: Cite;
  readonly issuedOn: string;
  readonly window: { readonly from: string; readonly until?: string; readonly anchor: 'received' };
  readonly payee: readonly ('institution' | 'enterprise' | 'citizen')[];
  readonly office: Text;
  readonly timeLimit: Text;
  /** drawn in this order: the first with enough budget pays the whole tranche */
  readonly funds: readonly Fund[];
  readonly facts: Readonly<Record<string, Fact>>;
  readonly parameters: readonly Parameter[];
  readonly rules: readonly Rule[];
  /** in order: a later one may name an earlier one */
  readonly amounts: Readonly<Record<string, AmountRule>>;
  readonly plan: Plan;
  readonly exclusions: readonly Exclusion[];
  readonly evidence: readonly Evidence[];
};

/** Parameters resolved once at the anchor date of a case; stored with it, never re-read. */
export type Terms = Readonly<Record<string, { readonly value: ParameterValue; readonly from: string | null; readonly scope: string; readonly cite: Cite }>>;

/** Facts as stored: JSON scalars and lists of rows; whole numbers as numbers or decimal strings. */
export type Facts = Readonly<Record<string, unknown>>;

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
};
