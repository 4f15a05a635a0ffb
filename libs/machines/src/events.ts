import type { Role, Stamp, Text } from '@tranche/policies';

/** A person's role; `public` is anybody, without login. */
export type Speaker = Role | 'public';

/** Who may send an event type. System types do not exist in the HTTP schema. */
export type Source = { readonly kind: 'person'; readonly roles: readonly Speaker[] } | { readonly kind: 'system' };

/**
 * A step that one person may hold only once per case: nobody performs two different duties on one case
 * (submitter, acceptor, reviewer, approver, inspector, payer are different people).
 */
export type Duty = 'submit' | 'accept' | 'review' | 'approve' | 'inspect' | 'pay';

/** A past-tense fact that a case hears. Dates and amounts arrive here; the machine asks nobody. */
export type CaseEvent = {
  readonly type: string;
  /** number of this event in its case, from 1 (`case.opened`); a proposal is known by it */
  readonly seq: number;
  /** legal instant, ISO 8601 with offset +08:00 */
  readonly at: string;
  /**
   * the day the fact is true of (Asia/Shanghai); never after `at`.
   * `deadline.passed`: the last day of the limit; settlements and returns: the bank's day
   */
  readonly on: string;
  /** user id, or `system:<name>` */
  readonly actor: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly stamp: Stamp;
};

export type EventType = {
  readonly type: string;
  readonly label: Text;
  readonly source: Source;
  readonly duty?: Duty;
  /** JSON Schema (2020-12) of `data`, for OpenAPI and for allowed-event lists */
  readonly dataSchema: Readonly<Record<string, unknown>>;
};
