import { sum } from '@tranche/money';
import type { Text } from '@tranche/policies';
import type { CaseSnapshot } from './advance.js';
import type { CaseMachine } from './case-machine.js';
import { type CaseContext, claimOf, grantedIds, type PaymentContext, paymentIds, paymentOf, refundId } from './context.js';
import { type Doubt, doubtsOf } from './doubts.js';
import { contextOf, stateIn, stateOf } from './snapshot.js';
import { arrivedFen, claimFen, excessFen, fen, paidFen, payableFen, recoveredFen } from './sums.js';

export type TrancheState = 'locked' | 'due' | 'requested' | 'sent' | 'paid' | 'cancelled';
export type TrancheView = {
  readonly id: string;
  readonly label: Text;
  readonly kind: 'advance' | 'claim' | 'remainder' | 'refund';
  readonly state: TrancheState;
  readonly stateLabel: Text;
  /** what it is, was or would be paid; `null` = not known yet */
  readonly amountFen: string | null;
  readonly paidFen: string;
  /** of `paidFen`, what was kept back for debts of other cases: no bank paid it; absent when nothing was */
  readonly setOffFen?: string;
  readonly paidOn: string | null;
  readonly fund: string | null;
  /** why the last attempt did not arrive */
  readonly reason?: string;
};

export type CaseView = {
  /** one word, see `stateOf` */
  readonly state: string;
  readonly standing: 'active' | 'held' | 'closed';
  /** state of every region */
  readonly regions: Readonly<Record<string, { readonly state: string; readonly label: Text }>>;
  /** dated marks reached */
  readonly marks: Readonly<Record<string, string>>;
  readonly tranches: readonly TrancheView[];
  readonly estimateFen: string | null;
  readonly entitledFen: string | null;
  readonly paidFen: string;
  readonly recoveredFen: string;
  /** of `recoveredFen`, what was kept back of payments of other cases; absent when nothing was */
  readonly setOffFen?: string;
  readonly writtenOffFen: string;
  readonly payableFen: string | null;
  readonly recovery: { readonly no: number; readonly state: string; readonly outstandingFen: string } | null;
  readonly notice: { readonly no: number; readonly postedOn: string; readonly endedOn: string | null } | null;
  /** ids of open objections */
  readonly objections: readonly string[];
  /** corrections waiting for a second person; `proposal` is the seq of the event that proposed it */
  readonly proposals: readonly { readonly proposal: number; readonly type: string; readonly by: string }[];
  readonly attempts: { readonly failed: number; readonly allowed: number };
  readonly clocks: Readonly<Record<string, 'running' | 'passed'>>;
};

/** State and standing, one word each: what lists, answers and the case's own row say. */
export const headline = (snapshot: CaseSnapshot): Pick<CaseView, 'state' | 'standing'> => ({
  state: stateOf(snapshot),
  standing: stateIn(snapshot, 'standing') as CaseView['standing'],
});

/** Dated marks reached. */
export const marksOf = (snapshot: CaseSnapshot): CaseView['marks'] => contextOf(snapshot).reached;

/** The payments of a case alone, for whoever needs no more of its view. */
export const tranchesOf = (machine: CaseMachine, snapshot: CaseSnapshot): readonly TrancheView[] =>
  tranches(machine, snapshot, contextOf(snapshot));

/** A case as screens show it. Amounts are decimal strings of fen. */
export function caseView(machine: CaseMachine, snapshot: CaseSnapshot): CaseView {
  const context = contextOf(snapshot);
  const { notice, recovery } = context;
  const recoveryState = stateIn(snapshot, 'recovery');
  return {
    ...headline(snapshot),
    regions: Object.fromEntries(machine.regions.map((region) => [region.id, regionView(region, snapshot)])),
    marks: marksOf(snapshot),
    tranches: tranches(machine, snapshot, context),
    estimateFen: context.amounts['estimate'] ?? null,
    entitledFen: context.entitledFen,
    paidFen: String(paidFen(context)),
    recoveredFen: String(recoveredFen(context)),
    ...setOff(Object.values(context.setOffs ?? {}).flat()),
    writtenOffFen: context.writtenOffFen,
    payableFen: context.entitledFen === null ? null : String(payableFen(context)),
    recovery:
      recovery.no === 0
        ? null
        : {
            no: recovery.no,
            state: recovery.open ? (recovery.step ?? recoveryState) : 'closed',
            outstandingFen: String(excessFen(context)),
          },
    notice: notice.postedOn === null ? null : { no: notice.no, postedOn: notice.postedOn, endedOn: notice.endedOn },
    objections: context.objections,
    proposals: context.proposals.map(({ seq, type, by }) => ({ proposal: seq, type, by })),
    attempts: { failed: context.failures, allowed: context.limits.attempts },
    clocks: context.clocks,
  };
}

const setOff = (parts: readonly { readonly amountFen: string }[]): { readonly setOffFen?: string } =>
  parts.length === 0 ? {} : { setOffFen: String(sum(parts.map((part) => fen(part.amountFen)))) };

function regionView(region: CaseMachine['regions'][number], snapshot: CaseSnapshot) {
  const state = stateIn(snapshot, region.id);
  return { state, label: region.states[state]?.label ?? { zh: state, en: state } };
}

function tranches(machine: CaseMachine, snapshot: CaseSnapshot, context: CaseContext): readonly TrancheView[] {
  const { policy } = machine;
  const items = [
    ...policy.plan.advances.map((advance) => ({
      id: advance.id,
      label: advance.label,
      kind: 'advance' as const,
      planned: context.amounts[advance.amount],
    })),
    ...(policy.plan.remainder ? [{ ...policy.plan.remainder, kind: 'remainder' as const, planned: projected(machine, snapshot) }] : []),
    ...(refundShows(machine, snapshot)
      ? [{ id: refundId, label: { zh: '退还', en: 'Refund' }, kind: 'refund' as const, planned: undefined }]
      : []),
  ];
  const own = items.map(({ id, label, kind, planned }): TrancheView => {
    const payment = paymentOf(context, id);
    const region = machine.regions.find((candidate) => candidate.id === id);
    const state = stateIn(snapshot, id) as TrancheState;
    return {
      id,
      label,
      kind,
      state,
      stateLabel: region?.states[state]?.label ?? { zh: state, en: state },
      amountFen: amountOf(machine, context, id, state) ?? planned ?? null,
      paidFen: String(arrivedFen(payment)),
      ...setOff(payment.settled.filter((part) => part.setOff)),
      paidOn: payment.paidOn,
      fund: payment.fund,
      ...(payment.reason === null ? {} : { reason: payment.reason }),
    };
  });
  const advances = policy.plan.advances.length;
  return [...own.slice(0, advances), ...periodViews(machine, context), ...own.slice(advances)];
}

/** The periods granted, each a payment of its own. */
function periodViews(machine: CaseMachine, context: CaseContext): readonly TrancheView[] {
  return (context.claims ? grantedIds(context.claims) : []).map((id) => {
    const payment = paymentOf(context, id);
    const claim = machine.policy.plan.claims?.find((each) => each.id === claimOf(id));
    const period = id.slice((claimOf(id) ?? '').length + 1);
    const state = periodState(payment);
    return {
      id,
      label: { zh: `${claim?.label.zh} ${period}`, en: `${claim?.label.en} ${period}` },
      kind: 'claim',
      state,
      stateLabel: stateLabels[state],
      amountFen: state === 'locked' ? (context.claims?.granted[id]?.fen ?? null) : amountOf(machine, context, id, state),
      paidFen: String(arrivedFen(payment)),
      ...setOff(payment.settled.filter((part) => part.setOff)),
      paidOn: payment.paidOn,
      fund: payment.fund,
      ...(payment.reason === null ? {} : { reason: payment.reason }),
    };
  });
}

/** A period's state, read from its money. */
function periodState({ claimFen: claimed, pendingFen, sentFen, settled }: PaymentContext): Exclude<TrancheState, 'cancelled'> {
  if (sentFen !== '0') return 'sent';
  if (pendingFen !== '0') return 'requested';
  if (claimed !== null) return 'due';
  return settled.length > 0 ? 'paid' : 'locked';
}

const stateLabels: Readonly<Record<Exclude<TrancheState, 'cancelled'>, Text>> = {
  locked: { zh: '暂无应付', en: 'Nothing payable' },
  due: { zh: '待拨付', en: 'Due' },
  requested: { zh: '已申请', en: 'Requested' },
  sent: { zh: '已提交支付', en: 'Sent' },
  paid: { zh: '已到账', en: 'Paid' },
};

/** What the remainder would be if everything projected were earned; unknown before the estimate. */
function projected({ policy }: CaseMachine, snapshot: CaseSnapshot): string | undefined {
  const context = contextOf(snapshot);
  const whole = context.amounts[policy.plan.remainder?.projection ?? ''];
  if (whole === undefined) return undefined;
  const advanced = policy.plan.advances.reduce((sum, { id, amount }) => {
    const { pendingFen, sentFen } = paymentOf(context, id);
    const out = arrivedFen(paymentOf(context, id)) + BigInt(pendingFen) + BigInt(sentFen);
    const planned = stateIn(snapshot, id) === 'cancelled' ? 0n : BigInt(context.amounts[amount] ?? '0');
    return sum + (out > 0n ? out : planned);
  }, 0n);
  return String(BigInt(whole) > advanced ? BigInt(whole) - advanced : 0n);
}

function amountOf(machine: CaseMachine, context: CaseContext, id: string, state: TrancheState): string | null {
  const payment = paymentOf(context, id);
  if (state === 'paid') return String(arrivedFen(payment));
  if (state === 'sent') return payment.sentFen;
  if (state === 'requested') return payment.pendingFen;
  if (state === 'cancelled') return '0';
  const claim = claimFen(context, id, machine.policy);
  return claim === null || claim < 0n ? null : String(claim);
}

const refundShows = (machine: CaseMachine, snapshot: CaseSnapshot): boolean =>
  paymentIds(machine.policy).includes(refundId) &&
  (stateIn(snapshot, refundId) !== 'locked' || contextOf(snapshot).payments[refundId]?.fund !== null);

/** Milestones of a case that what is told by now no longer proves: `conditions` as the rules say them today. */
export const milestonesInDoubt = (
  { policy }: CaseMachine,
  snapshot: CaseSnapshot,
  conditions: Readonly<Record<string, boolean | null>>,
): readonly Doubt[] => doubtsOf(policy, contextOf(snapshot), conditions);
