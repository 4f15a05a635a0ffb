import type { Cite, Text } from './cite.js';
import type { Role } from './people.js';

/** A CEL expression; its type is checked against the declared facts when the policy is loaded. */
export type Cel = string;

/** Name of a dated mark: `received`, `approved`, a milestone id, `settled`, `failed`, `claimsEnded`. */
export type Mark = string;

/** A named condition of the plan that must hold, or with `!` before it must not: `relief`, `!relief`. */
export type ConditionRef = string;

/** A whole number written out, or the parameter that holds it. */
export type Count = number | { readonly parameter: string };

/** A last day: a date, or so many months after a landmark such as the end of the epidemic (open until that is recorded). */
export type Until = string | { readonly landmark: string; readonly plusMonths?: number };

/** A time limit counted from a mark; the day of the mark itself is never counted. */
export type Due = {
  readonly count: Count;
  readonly unit: 'workingDays' | 'calendarDays' | 'months';
  readonly from: Mark;
  readonly kind: 'statutory' | 'service';
  readonly cite: Cite;
  /** this limit binds only under a condition; otherwise the other one does, or none */
  readonly when?: ConditionRef;
  readonly otherwise?: Due;
};

/** How an application comes to its approval: a closed table of [event, state, role] chains in libs/machines. */
export const entries = ['standard', 'insurance', 'noApplication', 'bank', 'government'] as const;
export type Entry = (typeof entries)[number];

export type Milestone = {
  readonly id: string;
  readonly label: Text;
  readonly by: readonly Role[];
  /** a named condition of the plan that must hold in the stamped event */
  readonly requires?: string;
  readonly cite: Cite;
  /** may be passed over: the next one may come without it */
  readonly optional?: true;
  /** may come at any time after the approval, outside the order; `until` ends that so many months after a mark */
  readonly anytime?: true | { readonly until: { readonly after: Mark; readonly months: Count } };
  /** once reached nothing more is earned, and what was paid comes back (less what `acceptance.onFailure` leaves) */
  readonly voids?: true;
  /** ids of the papers that prove it */
  readonly evidence?: readonly string[];
};

/** Paid before it is earned. */
export type AdvancePayment = {
  readonly id: string;
  readonly label: Text;
  readonly amount: string;
  readonly opens: readonly Mark[];
  readonly lapsesOn?: Mark;
  readonly due: Due;
  readonly cite: Cite;
  readonly when?: ConditionRef;
};
/** What is entitled and not yet out. `projection` names the amount the remainder is shown against until the entitlement is fixed. */
export type RemainderPayment = { readonly id: string; readonly label: Text; readonly projection?: string; readonly cite: Cite };

/**
 * Paid by period. `amount` is an amount per period; a period can be claimed once, in any order, as long as fewer than `term`
 * periods were granted. The plan's mark `claimsEnded` is reached when the term is used up or one of `stops` was told.
 */
export type Claim = {
  readonly id: string;
  readonly label: Text;
  readonly every: 'month' | 'quarter';
  readonly amount: string;
  readonly opens: readonly Mark[];
  readonly when?: ConditionRef;
  /** most periods granted; absent: as long as the window and the rules of the period allow */
  readonly term?: { readonly periods: Cel; readonly cite: Cite };
  /** told by `term.extended` once the term is used up, at most `times` times */
  readonly extension?: { readonly periods: Cel; readonly times: number; readonly when?: ConditionRef; readonly cite: Cite };
  /** counted from `filed`, the day this period's claim came in */
  readonly due: Due;
  readonly stops: readonly { readonly id: string; readonly label: Text; readonly cite: Cite }[];
  readonly cite: Cite;
};

/**
 * Fixes the final amount; the first row whose condition holds and whose marks are all reached decides.
 * `amount` names an amount, or is `earned`: the sum of the periods granted.
 */
export type Entitlement = {
  readonly opens: readonly Mark[];
  readonly amount: string;
  readonly due?: Due;
  readonly cite: Cite;
  readonly when?: ConditionRef;
};
/** Amounts of an entitlement that no rule computes. */
export const OWN_AMOUNTS = ['earned'] as const;

/**
 * Before: payment waits until nobody objects. After: the list is published once money is out; a correction may bring it back.
 * Chosen: the jurisdiction says by a parameter which of them, or none (`NoticeMode`); `pauses` names the parameter that says whether
 * the clocks of payments stand still while a notice before payment runs.
 */
export type Notice =
  | { readonly when: 'beforeRemainder'; readonly days: Due; readonly objectionDecision: Due; readonly cite: Cite }
  | { readonly when: 'afterPayment'; readonly days: Due; readonly cite: Cite }
  | {
      readonly when: 'chosen';
      readonly mode: string;
      readonly pauses: string;
      readonly days: Due;
      readonly objectionDecision: Due;
      readonly cite: Cite;
    };

/** What a jurisdiction may choose: approved results are published before anything is paid, after all of it, or not at all. */
export const noticeModes = ['before', 'after', 'none'] as const;
export type NoticeMode = (typeof noticeModes)[number];

export type Plan = {
  readonly entry: Entry;
  /** named boolean expressions, stamped into events as soon as their inputs are known */
  readonly conditions?: Readonly<Record<string, Cel>>;
  readonly conditionLabels?: Readonly<Record<string, Text>>;
  /** in order */
  readonly milestones: readonly Milestone[];
  /** delivery may pause; paused days are added to the term */
  readonly interruption?: { readonly cite: Cite };
  readonly acceptance?: {
    /** inspections in all: the first and the re-inspections (a number, or a parameter plus one) */
    readonly attempts: number | { readonly parameter: string; readonly plus: number };
    readonly cite: Cite;
    /** entitlement after the last failed attempt, and after an abort: name of an amount; absent = nothing */
    readonly onFailure?: string;
    readonly onFailureCite: Cite;
  };
  readonly notice?: Notice;
  readonly advances: readonly AdvancePayment[];
  readonly remainder?: RemainderPayment;
  /** may be empty only where claims earn everything: then `earned` is final at `claimsEnded` */
  readonly entitlement: readonly Entitlement[];
  readonly recovery?: {
    readonly demand: Due;
    readonly repay: Due;
    readonly cite: Cite;
    /**
     * may an overdue or agreed debt be kept back of what the payee earned in another case? Only under a clause that says so, in the policy
     * of the debt and in that of the payment; absent = not permitted
     */
    readonly setOff?: { readonly cite: Cite };
  };
  readonly claims?: readonly Claim[];
  /** so many months after a mark the case is settled without more: what was paid is kept, or nothing is earned */
  readonly expiry?: {
    readonly after: Mark;
    readonly months: Count;
    readonly when?: ConditionRef;
    readonly outcome: 'keepPaid' | 'void';
    readonly cite: Cite;
  };
  /** everything out together never exceeds this amount */
  readonly ceiling?: { readonly amount: string; readonly cite: Cite };
};
