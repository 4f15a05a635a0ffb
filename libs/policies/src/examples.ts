import type { Text } from './cite.js';
import type { Facts, ParameterValue } from './policy.js';

/**
 * A worked example of a policy, kept as data: what these facts must come to, in every version of the policy that binds on
 * `on` (or only in `jurisdiction`). The same examples are computed by the rules and lived by the machine.
 */
export type WorkedExample = {
  readonly name: Text;
  /** the case's facts */
  readonly facts: Facts;
  /** only this version of the policy; absent: every one */
  readonly jurisdiction?: string;
  /** the day the application is received; absent: a day on which every version binds */
  readonly on?: string;
  /** where the payee is, for parameters that differ by place, such as `CN-210281`; absent: the version's own place */
  readonly place?: string;
  /** parameters set otherwise than by default, landmarks too */
  readonly set?: Readonly<Record<string, ParameterValue>>;
  /** the period claimed, its claim (where there are several) and its own facts */
  readonly period?: { readonly id: string; readonly claim?: string; readonly facts: Facts };
  /** the advances that were out when the case was settled or failed */
  readonly paid?: readonly string[];
  /** how delivery ended: the notice passed, or acceptance failed for good; absent: only the rules are asked */
  readonly outcome?: 'settled' | 'failed';
  readonly expect: Expectation;
};

/** What must come out; only what is named is compared. */
export type Expectation = {
  /** false: refused, and `unmet` names the rules; null: not to be known yet */
  readonly eligible?: boolean | null;
  readonly inWindow?: boolean;
  readonly unmet?: readonly string[];
  readonly conditions?: Readonly<Record<string, boolean>>;
  /** amounts of the case and of the period; fen; null: not to be known */
  readonly amounts?: Readonly<Record<string, string | null>>;
  /** whole numbers such as the term: `<claim>.term`, `<claim>.extension` */
  readonly counts?: Readonly<Record<string, number>>;
  readonly remainderFen?: string;
  readonly recoverFen?: string;
  /** what each fund pays of the amount named in `of` */
  readonly funds?: { readonly of: string; readonly fen: Readonly<Record<string, string>> };
  /** the exclusion claims, as `group key` */
  readonly keys?: readonly string[];
};
