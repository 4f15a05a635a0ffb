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
  /** verbatim words of the document */
  readonly quote?: string;
  /** why it is read so, where the words alone do not say it */
  readonly note?: Text;
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
  readonly until?: string;
  /** smallest and largest whole number allowed */
  readonly range?: { readonly least: number; readonly most: number };
  /** the only values allowed, where the choice is closed */
  readonly oneOf?: readonly Choice[];
  /** figures made up for trying the system out; shown as such everywhere */
  readonly sample?: boolean;
  readonly cite: Cite;
};

export type Rule = { readonly id: string; readonly when: Cel; readonly reason: Text; readonly cite: Cite };
/** `valid` must hold for the amount to be known at all; when it does not, the stamp says why. */
export type AmountRule = {
  readonly fen: Cel;
  readonly label: Text;
  readonly valid?: { readonly when: Cel; readonly reason: Text };
  readonly cite: Cite;
};

/** Every role a person may have, in the order of the work. */
export const roles = [
  'institution',
  'enterprise',
  'citizen',
  'officer',
  'reviewer',
  'approver',
  'inspector',
  'maker',
  'checker',
  'cashier',
  'supervisor',
  'auditor',
  'admin',
  'security',
] as const;
export type Role = (typeof roles)[number];

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
/** `projection` names the amount the remainder is shown against until the entitlement is fixed. */
export type RemainderPayment = { readonly id: string; readonly label: Text; readonly projection?: string; readonly cite: Cite };

/** Fixes the final amount; the first row whose marks are all reached decides. */
export type Entitlement = { readonly opens: readonly Mark[]; readonly amount: string; readonly due?: Due; readonly cite: Cite };

export type Plan = {
  /** a closed table of [event, state, role] chains in libs/machines */
  readonly entry: 'standard';
  /** named boolean expressions, stamped into events as soon as their inputs are known */
  readonly conditions?: Readonly<Record<string, Cel>>;
  readonly conditionLabels?: Readonly<Record<string, Text>>;
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
  readonly officeCite: Cite;
  readonly timeLimit: Text;
  readonly timeLimitCite: Cite;
  /** drawn in this order: the first with enough budget pays the whole tranche */
  readonly funds: readonly Fund[];
  readonly facts: Readonly<Record<string, Fact>>;
  readonly parameters: readonly Parameter[];
  readonly rules: readonly Rule[];
  /** an amount may name other amounts and conditions, never itself through them */
  readonly amounts: Readonly<Record<string, AmountRule>>;
  readonly plan: Plan;
  readonly exclusions: readonly Exclusion[];
  readonly evidence: readonly Evidence[];
};

/**
 * A worked example of a policy, kept as data: what these facts must come to. `paid` = the advances that were out when the
 * class was accepted (`settled`) or failed for good (`failed`); `recoverFen` is what must come back then.
 */
export type WorkedExample = {
  readonly name: Text;
  readonly facts: Facts;
  readonly set?: Readonly<Record<string, ParameterValue>>;
  readonly paid: readonly string[];
  readonly outcome: 'settled' | 'failed';
  readonly expect: { readonly amounts: Readonly<Record<string, string>>; readonly remainderFen: string; readonly recoverFen: string };
};

/** Parameters resolved once at the anchor date of a case; stored with it, never re-read. */
export type Term = { readonly value: ParameterValue; readonly from: string | null; readonly scope: string; readonly cite: Cite };
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
};
