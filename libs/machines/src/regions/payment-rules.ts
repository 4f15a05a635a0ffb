import type { Policy, Text } from '@tranche/policies';
import { cancelled, met, paidDay, paymentClock, paymentKey, startOf, withClock, withoutClocks } from '../clocks.js';
import { type CaseContext, type Heard, type PaymentContext, paymentOf, refundId, withPayment } from '../context.js';
import { allReached } from '../marks.js';
import { type Params, type Rules, text } from '../region.js';
import { claimFen, fen, inFlightFen, isAnnounced, isVoid, refundFen, writtenOffStill } from '../sums.js';
import { goingWith, keptBackWith } from './set-off.js';

const idIn = (params: Params): string => params['payment'] ?? '';
const own = (context: CaseContext, params: Params) => paymentOf(context, idIn(params));
const advanceOf = (policy: Policy, id: string) => policy.plan.advances.find((advance) => advance.id === id);

/** Text of a payment's own deadline. */
function labelOf(policy: Policy, id: string): Text {
  const { label } = advanceOf(policy, id) ?? policy.plan.remainder ?? { label: text('退还', 'Refund') };
  return text(`拨付：${label.zh}`, `Payment: ${label.en}`);
}

/** May it be paid as far as marks and sums go? Holds and funds are asked elsewhere. */
function opens(context: CaseContext, id: string, policy: Policy): boolean {
  const claim = claimFen(context, id, policy);
  if (claim === null || claim <= 0n || (id !== refundId && !isAnnounced(context))) return false;
  const advance = advanceOf(policy, id);
  return advance ? allReached(context, advance.opens) : context.entitledFen !== null;
}

/** Will it never be paid as things stand? Unfixed: its lapse mark or an exhausted share; fixed: nothing left for it. */
function lapsed(context: CaseContext, id: string, policy: Policy): boolean {
  if (id === refundId) return false;
  const claim = claimFen(context, id, policy);
  const advance = advanceOf(policy, id);
  if (advance) {
    const over = context.entitledFen === null && advance.lapsesOn !== undefined && context.reached[advance.lapsesOn] !== undefined;
    return over || (claim !== null && claim <= 0n);
  }
  if (claim === null || claim > 0n) return false;
  return isVoid(context) || othersInFlight(context, id) === 0n;
}

function othersInFlight(context: CaseContext, id: string): bigint {
  const { pendingFen, sentFen } = paymentOf(context, id);
  return inFlightFen(context) - fen(pendingFen) - fen(sentFen);
}

/** Does the payment's clock have something to count towards? */
function clockFor(context: CaseContext, id: string, policy: Policy) {
  if (id === refundId) return null;
  if (advanceOf(policy, id)) return paymentClock(context, id, policy);
  // before the amount is known only a limit counted from the application itself runs
  const wanted = context.entitledFen === null || (claimFen(context, id, policy) ?? 0n) > 0n || fen(paymentOf(context, id).sentFen) > 0n;
  return wanted ? paymentClock(context, id, policy) : null;
}

/** What the names in the payment regions' arrows mean. */
export const paymentRules: Rules = {
  guards: {
    names: { label: text('指明本笔', 'it names this payment'), holds: (_, event, params) => event.data['payment'] === idIn(params) },
    opens: {
      label: text('开启条件具备且尚有应付', 'its marks are reached and something is payable'),
      holds: (context, _, params, policy) => opens(context, idIn(params), policy),
    },
    lapsed: {
      label: text('已失效或已无应付', 'it lapsed or nothing is left for it'),
      holds: (context, _, params, policy) => lapsed(context, idIn(params), policy),
    },
    revives: {
      label: text('又有应付或权益重新未定', 'something is payable again, or the entitlement is open again'),
      holds: (context, _, params, policy) => context.entitledFen === null || (claimFen(context, idIn(params), policy) ?? 0n) > 0n,
    },
    partlyPaid: {
      label: text('已付过一部分', 'part of it was paid'),
      holds: (context, _, params) => own(context, params).settled.length > 0,
    },
    overdrawn: {
      label: text('申请额超过现应付额', 'more is requested than is payable now'),
      holds: (context, _, params, policy) => fen(own(context, params).pendingFen) > (claimFen(context, idIn(params), policy) ?? 0n),
    },
    arrived: {
      label: text('是本笔已到账的拨付', 'it is a disbursement of this payment that arrived'),
      holds: (context, event, params) =>
        own(context, params).settled.some((part) => !part.setOff && part.disbursement === event.data['disbursement']),
    },
    sameDisbursement: {
      label: text('是本笔最近一次拨付', 'it is the disbursement last sent'),
      holds: (context, event, params) => event.data['disbursement'] === own(context, params).disbursement,
    },
    clockDue: {
      label: text('起算节点已到、时限未起算', 'its mark is reached and its clock does not run'),
      holds: (context, _, params, policy) =>
        context.clocks[paymentKey(idIn(params))] === undefined && clockFor(context, idIn(params), policy) !== null,
    },
    clockMoot: {
      label: text('时限在计算而起算节点已不存在', 'its clock runs and its mark is gone'),
      holds: (context, _, params, policy) =>
        context.clocks[paymentKey(idIn(params))] !== undefined && clockFor(context, idIn(params), policy) === null,
    },
  },
  updates: {
    claim: (context, _, params, policy) =>
      withPayment(context, idIn(params), { claimFen: String(claimFen(context, idIn(params), policy) ?? 0n) }),
    unclaim: (context, _, params) => withPayment(context, idIn(params), { claimFen: null }),
    lapse: (context, _, params) => ({
      ...withPayment(context, idIn(params), { claimFen: null }),
      ...withoutClocks(context, paymentKey(idIn(params))),
    }),
    request: (context, event, params, policy) =>
      withPayment(context, idIn(params), {
        pendingFen: String(claimFen(context, idIn(params), policy) ?? 0n),
        fund: String(event.data['fund']),
      }),
    recall: (context, _, params) => withPayment(context, idIn(params), { pendingFen: '0' }),
    send: (context, event, params) =>
      withPayment(context, idIn(params), {
        pendingFen: '0',
        sentFen: own(context, params).pendingFen,
        settled: goingWith(own(context, params), String(event.data['disbursement'])),
        disbursement: String(event.data['disbursement']),
        reason: null,
      }),
    settle: (context, event, params) => {
      const { sentFen, settled, disbursement, fund } = own(context, params);
      const part = { disbursement: disbursement ?? '', fund: fund ?? '', amountFen: sentFen };
      const paidOn = String(event.data['paidOn']);
      return withPayment(context, idIn(params), { settled: [...settled, part], sentFen: '0', claimFen: null, paidOn });
    },
    bounce: (context, event, params) =>
      withPayment(context, idIn(params), {
        claimFen: own(context, params).sentFen,
        sentFen: '0',
        settled: withoutKept(own(context, params), event),
        reason: String(event.data['reason']),
      }),
    giveBack: (context, event, params) => {
      const { settled } = own(context, params);
      const part = settled.find(({ disbursement }) => disbursement === event.data['disbursement']);
      const rest = withoutKept(own(context, params), event).filter((other) => other !== part);
      const change = { settled: rest, claimFen: part?.amountFen ?? null, paidOn: null, reason: String(event.data['reason']) };
      const back = withPayment(context, idIn(params), change);
      return { ...back, writtenOffFen: writtenOffStill({ ...context, ...back }) };
    },
    // chosen before another region moved: what it counts from may be gone by now, and then nothing is said either
    startClock: (context, _, params, policy) =>
      clockFor(context, idIn(params), policy) ? withClock(context, paymentKey(idIn(params)), 'running') : {},
    stopClock: (context, _, params) => withoutClocks(context, paymentKey(idIn(params))),
  },
  says: {
    openPayment: (_, __, params) => [{ kind: 'openPayment', payment: idIn(params) }],
    requestDisbursement: (context, _, params) => {
      const { pendingFen, fund } = own(context, params);
      return [{ kind: 'requestDisbursement', payment: idIn(params), amountFen: pendingFen, fund: fund ?? '' }];
    },
    cancelDisbursement: (_, __, params) => [{ kind: 'cancelDisbursement', payment: idIn(params) }],
    sayClockStarted: (context, _, params, policy) => {
      const clock = clockFor(context, idIn(params), policy);
      return clock ? [startOf(context, policy, clock.name, paymentKey(idIn(params)), clock.from, labelOf(policy, idIn(params)))] : [];
    },
    sayClockCancelled: (context, event, params) => cancelled(context, event.on, paymentKey(idIn(params))),
    sayClockMet: (context, event, params) => met(context, paidDay(context, event), paymentKey(idIn(params))),
  },
};

/** What was kept back beside a disbursement that failed or came back was not kept back: it is owed where the debt was. */
function withoutKept(payment: PaymentContext, { data }: Heard): PaymentContext['settled'] {
  const dropped = keptBackWith(payment, data['disbursement']);
  return dropped.length === 0 ? payment.settled : payment.settled.filter((part) => !dropped.includes(part));
}

/** Is the surplus of a double recovery still to be given back, or on its way? */
export const refundOwed = (context: CaseContext): boolean => {
  const refund = context.payments[refundId];
  return refund !== undefined && isVoid(context) && (refundFen(context) > 0n || refund.sentFen !== '0');
};
