import type { Facts } from '@tranche/policies';

/** One case to be lived: what is known of it, and at what pace people work. */
export type CasePlan = {
  readonly id: string;
  /** the day the application comes in */
  readonly received: string;
  readonly place: string;
  readonly facts: Facts;
  /** by period: from the first one on, so many, each with these facts */
  readonly claims: readonly { readonly claim: string; readonly first: string; readonly count: number; readonly facts: Facts }[];
  /** how delivery ends, where the plan has an acceptance */
  readonly outcome: 'settled' | 'failed';
  /** working days until the approval; until a payment that has become due arrives */
  readonly approveAfter: number;
  readonly payAfter: number;
  /** calendar days between two milestones */
  readonly stepDays: number;
};

/** What happened to a case on a day, as far as it is counted. Fen. */
export type News = { readonly on: string } & (
  | { readonly kind: 'paid'; readonly payment: string; readonly advance: boolean; readonly parts: readonly { fund: string; fen: bigint }[] }
  | { readonly kind: 'recovered'; readonly fund: string; readonly fen: bigint }
  /** the final amount is known: what was advanced is no longer outstanding */
  | { readonly kind: 'entitled'; readonly fen: bigint }
  | { readonly kind: 'missed'; readonly key: string; readonly statutory: boolean }
  | { readonly kind: 'refused'; readonly type: string; readonly unmet: readonly string[] }
);
