import { branchesOf, duesOf, type Mark, type NoticeChoice, noticeChosen, type Policy, type Stamp, type Terms } from '@tranche/policies';
import { resolveLimits } from './limits.js';

/** Money of one payment. Decimal strings of fen; `null` = not so far. */
export type PaymentContext = {
  /** what it stands for since it first became due; cleared when it lapses or is paid */
  readonly claimFen: string | null;
  /** requested, not sent */
  readonly pendingFen: string;
  /** handed to the bank, not answered */
  readonly sentFen: string;
  /** what arrived and was not returned, oldest first; more than one only when a supplement followed */
  readonly settled: readonly SettledPart[];
  /** the fund last asked */
  readonly fund: string | null;
  /** the disbursement last sent */
  readonly disbursement: string | null;
  readonly paidOn: string | null;
  /** why the last attempt did not arrive */
  readonly reason: string | null;
};

/** One disbursement that arrived. */
export type SettledPart = {
  readonly disbursement: string;
  readonly fund: string;
  readonly amountFen: string;
  /** kept back for a debt of another case; `disbursement` is then the id of the set-off */
  readonly setOff?: true;
  /** of what was kept back: the disbursement that paid the rest */
  readonly with?: string;
};

/** A correction that waits for a second pair of eyes. The data itself stays in the event. */
export type Proposal = { readonly seq: number; readonly type: string; readonly hash: string; readonly by: string };

/** Money paid back, matched to a payment and the fund it was drawn from. */
export type RecoveredPart = { readonly payment: string; readonly fund: string; readonly amountFen: string };

/** Numbers resolved from the case's terms when it was opened. */
export type Limits = {
  readonly attempts: number;
  readonly counts: Readonly<Record<string, number>>;
  /** only where the plan leaves the notice to the jurisdiction */
  readonly notice?: NoticeChoice;
  /** only where the day on which the bank was given a payment counts, not that of its arrival */
  readonly metBy?: 'sent';
};

/** Days on which the clocks of payments stood still, the first and the last among them. */
export type ClockPause = { readonly from: string; readonly until: string };

/** All a case remembers: dates, sums and counters. No person's data; user ids only where four eyes need them. */
export type CaseContext = {
  readonly limits: Limits;
  readonly reached: Readonly<Record<Mark, string>>;
  /** amounts fixed so far, by name: the estimate at approval, the assessment at acceptance */
  readonly amounts: Readonly<Record<string, string>>;
  /** `null` until the entitlement is fixed */
  readonly entitledFen: string | null;
  /** which entitlement row of the plan fixed it; -1 = by failure, rejection or withdrawal */
  readonly entitledBy: number | null;
  /** failed inspections that count */
  readonly failures: number;
  readonly failedBy: 'acceptance' | 'abort' | 'objection' | null;
  readonly payments: Readonly<Record<string, PaymentContext>>;
  /** what the payee paid back, on the payment and fund it was matched to */
  readonly recovered: readonly RecoveredPart[];
  readonly writtenOffFen: string;
  /** of what was paid back: what payments of other cases were kept back for, by id of the set-off; only where some were */
  readonly setOffs?: Readonly<Record<string, readonly RecoveredPart[]>>;
  readonly recovery: {
    readonly no: number;
    readonly open: boolean;
    readonly demandedFen: string | null;
    /** the entitlement it was demanded for; only where that may change while money is owed */
    readonly forFen?: string;
    /** how far the demand has come; absent before it is sent */
    readonly step?: 'demanded' | 'instalments' | 'overdue' | 'escalated';
    /** agreed on a day, for the balance of that day */
    readonly instalments?: {
      readonly agreedOn: string;
      readonly baseFen: string;
      readonly parts: readonly { readonly dueOn: string; readonly amountFen: string }[];
    };
  };
  readonly notice: { readonly no: number; readonly postedOn: string | null; readonly endedOn: string | null };
  /** open objections, by id */
  readonly objections: readonly string[];
  readonly held: boolean;
  readonly interrupted: boolean;
  /** clocks that run, and clocks whose last day has passed with the thing not done */
  readonly clocks: Readonly<Record<string, 'running' | 'passed'>>;
  readonly proposals: readonly Proposal[];
  /** exclusion claims are held */
  readonly exclusive: boolean;
  /** branches of the plan, as far as they are decided; only where it has some */
  readonly conditions?: Readonly<Record<string, boolean>>;
  /** what was granted by period; only where the plan has claims */
  readonly claims?: ClaimsContext;
  /** notices before payment during which the clocks stood still; only where the jurisdiction chooses its notice */
  readonly pauses?: readonly ClockPause[];
  /** milestones that the last list no longer proves; only where lists prove some */
  readonly unproven?: readonly Mark[];
};

/** Periods granted, by payment id (`post:2021-01`); claims that ended; terms and how often each was extended. */
export type ClaimsContext = {
  /** a period that was rescinded stays, with nothing granted: what was paid for it has its place */
  readonly granted: Readonly<Record<string, { readonly fen: string; readonly filedOn: string }>>;
  readonly ended: readonly string[];
  /** those of them that somebody stopped; only where somebody did */
  readonly stopped?: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly extended: Readonly<Record<string, number>>;
};

/** A case event as the machine hears it; `probe` asks "would this type be heard", payload aside. */
export type Heard = {
  readonly type: string;
  readonly seq: number;
  readonly at: string;
  readonly on: string;
  readonly actor: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly stamp: Stamp;
  readonly probe?: true;
};

/** Id of the payment that gives back to the payee what was recovered twice. */
export const refundId = 'refund';

export const untouched: PaymentContext = {
  claimFen: null,
  pendingFen: '0',
  sentFen: '0',
  settled: [],
  fund: null,
  disbursement: null,
  paidOn: null,
  reason: null,
};

/** Ids of the payments that every case of a plan has, in its order; the refund, if the plan can recover, comes last. */
export function paymentIds(policy: Policy): readonly string[] {
  const { advances, remainder, recovery } = policy.plan;
  return [...advances.map((advance) => advance.id), ...(remainder ? [remainder.id] : []), ...(recovery ? [refundId] : [])];
}

/** Ids of all payments of a case: after the advances, one for each period granted, in the order of the periods. */
export function paymentIdsIn(policy: Policy, { claims }: CaseContext): readonly string[] {
  if (!claims) return paymentIds(policy);
  const own = paymentIds(policy);
  const after = policy.plan.advances.length;
  return [...own.slice(0, after), ...grantedIds(claims), ...own.slice(after)];
}

/** The periods granted, in order. */
export const grantedIds = ({ granted }: ClaimsContext): readonly string[] => Object.keys(granted).sort();

/** The payment of a period. */
export const claimPaymentId = (claim: string, period: string): string => `${claim}:${period}`;
/** The claim a payment belongs to; undefined where it is no period's. */
export const claimOf = (payment: string): string | undefined =>
  payment.includes(':') ? payment.slice(0, payment.indexOf(':')) : undefined;

/** Names of the conditions that the plan's branches, time limits and funds turn on. */
export function branchNames(policy: Policy): readonly string[] {
  const refs = [
    ...branchesOf(policy.plan).map(({ ref }) => ref),
    ...duesOf(policy).flatMap(({ due }) => due.when ?? []),
    ...policy.funds.flatMap(({ when }) => when ?? []),
  ];
  return [...new Set(refs.map((ref) => ref.replace(/^!/, '')))].sort();
}

/** The context of a case that was just opened under these terms. Throws when a term the plan counts by is missing. */
export function firstContext(policy: Policy, terms: Terms): CaseContext {
  return {
    limits: resolveLimits(policy, terms),
    reached: {},
    amounts: {},
    entitledFen: null,
    entitledBy: null,
    failures: 0,
    failedBy: null,
    payments: Object.fromEntries(paymentIds(policy).map((id) => [id, untouched])),
    recovered: [],
    writtenOffFen: '0',
    recovery: { no: 0, open: false, demandedFen: null },
    notice: { no: 0, postedOn: null, endedOn: null },
    objections: [],
    held: false,
    interrupted: false,
    clocks: {},
    proposals: [],
    exclusive: false,
    ...(branchNames(policy).length > 0 ? { conditions: {} } : {}),
    ...(policy.plan.claims ? { claims: { granted: {}, ended: [], counts: {}, extended: {} } } : {}),
    ...(noticeChosen(policy.plan) ? { pauses: [] } : {}),
    ...(policy.plan.acceptance && policy.plan.milestones.some(({ requires }) => requires) ? { unproven: [] } : {}),
  };
}

/** One payment's money. Throws on an id the plan does not know: that is a bug of the caller. */
export function paymentOf(context: CaseContext, id: string): PaymentContext {
  const payment = context.payments[id];
  if (!payment) throw new Error(`no payment ${id} in this plan`);
  return payment;
}

/** The context with one payment changed. */
export function withPayment(context: CaseContext, id: string, change: Partial<PaymentContext>): Partial<CaseContext> {
  return { payments: { ...context.payments, [id]: { ...paymentOf(context, id), ...change } } };
}

/** The marks without some of them. */
export function withoutMarks(context: CaseContext, ...marks: readonly Mark[]): Pick<CaseContext, 'reached'> {
  return { reached: Object.fromEntries(Object.entries(context.reached).filter(([mark]) => !marks.includes(mark))) };
}
