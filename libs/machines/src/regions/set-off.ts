import { openInFundFen, sharesOf, splitSetOff } from '@tranche/ledger';
import type { Cite, Plan, Policy } from '@tranche/policies';
import { met, paymentKey, withoutClocks } from '../clocks.js';
import { type CaseContext, type Heard, type PaymentContext, paymentOf, type RecoveredPart, withPayment } from '../context.js';
import type { Effect } from '../effects.js';
import { standingOf } from '../money-standing.js';
import { type Arrow, deed, type Params, type Rules, text, unless, when } from '../region.js';
import { excessFen, fen } from '../sums.js';

type Recovery = NonNullable<Plan['recovery']>;

/** May debts of this policy be kept back of other payments, and its payments be kept back for other debts? */
export const permitsSetOff = ({ plan }: Policy): boolean => plan.recovery?.setOff !== undefined;

/** The debt: what was kept back of a payment of another case counts as paid back. Two people agree on it. */
export function debtSetOff({ setOff }: Recovery): Record<string, readonly Arrow[]> {
  if (!setOff) return {};
  const { cite } = setOff;
  return {
    'recovery.setOff': [
      {
        to: 'none',
        when: [when('proposalMatches'), when('correctable'), when('repaysAll')],
        does: [deed('setOffDebt'), deed('sayRecoveryRepaid'), deed('closeRecovery')],
        why: text('由其他案件的应付款抵扣，全部收回', 'Kept back of a payment of another case: all of it is repaid'),
        cite,
      },
      {
        when: [when('proposalMatches'), when('correctable'), when('repaysPart')],
        does: [deed('setOffDebt'), deed('sayInstalments'), deed('followInstalments')],
        why: text('由其他案件的应付款抵扣一部分', 'Part of it is kept back of a payment of another case'),
        cite,
      },
    ],
  };
}

/** The transfer that paid the rest failed or came back: the debt is owed again, whatever the recovery says meanwhile. */
export const debtRestored = ({ setOff }: Recovery): Record<string, readonly Arrow[]> =>
  setOff
    ? {
        'recovery.restored': [
          {
            when: [when('setOffStands')],
            does: [deed('restoreDebt'), deed('sayInstalments'), deed('followInstalments')],
            why: text('被抵扣的付款未成功或退票，债务恢复', 'The payment it was kept back of failed or came back: the debt is owed again'),
            cite: setOff.cite,
          },
        ],
      }
    : {};

/** The payment: what is earned and asked for is kept back, in part or all of it, before anything is sent. */
export function paymentSetOff(policy: Policy, params: Params): Record<string, readonly Arrow[]> {
  const cite = policy.plan.recovery?.setOff?.cite;
  if (!cite) return {};
  const named = [when('names', params), unless('held')];
  return { 'payment.setOff': keepingBack(cite, named, { whole: 'paid', part: 'locked' }) };
}

/** The same for a period, whose state lies in the context. */
export function periodSetOff(policy: Policy, params: Params): Record<string, readonly Arrow[]> {
  const cite = policy.plan.recovery?.setOff?.cite;
  if (!cite) return {};
  const named = [when('namesPeriod', params), when('periodRequested', params), unless('held')];
  return { 'payment.setOff': keepingBack(cite, named, {}) };
}

function keepingBack(
  cite: Cite,
  named: NonNullable<Arrow['when']>,
  { whole, part }: { readonly whole?: string; readonly part?: string },
): readonly Arrow[] {
  return [
    {
      ...(whole ? { to: whole } : {}),
      when: [...named, when('keepsBackAll')],
      does: [deed('callBackForSetOff'), deed('keepBack'), deed('saySetOffMeetsClock'), deed('stopSetOffClock')],
      why: text('全部用于抵扣另案应退款，不再付款', 'All of it is kept back for a debt of another case: nothing is left to pay'),
      cite,
    },
    {
      ...(part ? { to: part } : {}),
      when: [...named, when('keepsBackPart')],
      does: [deed('callBackForSetOff'), deed('keepBack')],
      why: text('一部分用于抵扣另案应退款，余额重新发起', 'Part of it is kept back for a debt of another case: the rest opens again'),
      cite,
    },
  ];
}

/** Said before what was kept back is dropped, where the plan permits it. */
export const restoring = (policy: Policy) => (permitsSetOff(policy) ? [deed('restoreDebts')] : []);

/** Can this debt be set off now, by what was proposed? Overdue or agreed, out of one fund, no more than is owed. */
export function mayBeSetOff(context: CaseContext, data: Readonly<Record<string, unknown>>, policy: Policy): boolean {
  const { open, step } = context.recovery;
  if (!permitsSetOff(policy) || !open || step === undefined || step === 'demanded') return false;
  const amount = data['amountFen'];
  if (typeof amount !== 'string' || !/^[1-9]\d{0,18}$/.test(amount) || fen(amount) > excessFen(context)) return false;
  return fen(amount) <= openInFundFen(standingOf(policy, context), String(data['fund']));
}

/** What a probe would propose: one fen of any fund that is owed. */
export const probedSetOffs = (context: CaseContext): readonly Readonly<Record<string, unknown>>[] =>
  [...new Set(Object.values(context.payments).flatMap(({ settled }) => settled.map(({ fund }) => fund)))].map((fund) => ({
    amountFen: '1',
    fund,
  }));

/** The parts kept back together with this disbursement: they stand and fall with it. */
export const keptBackWith = ({ settled }: PaymentContext, disbursement: unknown): PaymentContext['settled'] =>
  settled.filter((part) => part.setOff === true && part.with === disbursement);

/** What was kept back before goes with the disbursement that pays the rest. */
export const goingWith = ({ settled }: PaymentContext, disbursement: string): PaymentContext['settled'] =>
  settled.some((part) => part.setOff && part.with === undefined)
    ? settled.map((part) => (part.setOff && part.with === undefined ? { ...part, with: disbursement } : part))
    : settled;

const named = (event: Heard): string => String(event.data['payment'] ?? '');
const pendingOf = (context: CaseContext, event: Heard): bigint => fen(context.payments[named(event)]?.pendingFen ?? '0');
const amountIn = (event: Heard): bigint => fen(String(event.data['amountFen'] ?? '0'));
/** Out of the very fund the debt was paid from, and out of that one alone. */
const sameFund = (context: CaseContext, event: Heard): boolean => {
  const fund = context.payments[named(event)]?.fund ?? null;
  return event.probe === true || (fund !== null && fund === event.data['fund'] && sharesOf(fund) === null);
};

export const setOffRules: Rules = {
  guards: {
    keepsBackAll: {
      label: text('抵扣额等于本笔申请额且同一资金', 'it keeps back all that was asked for, out of the fund of the debt'),
      holds: (context, event) => {
        const pending = pendingOf(context, event);
        return pending > 0n && sameFund(context, event) && (event.probe === true || amountIn(event) === pending);
      },
    },
    keepsBackPart: {
      label: text('抵扣额小于本笔申请额且同一资金', 'it keeps back less than was asked for, out of the fund of the debt'),
      holds: (context, event) => sameFund(context, event) && amountIn(event) > 0n && amountIn(event) < pendingOf(context, event),
    },
    setOffStands: {
      label: text('该抵扣有效', 'the set-off stands'),
      holds: ({ setOffs = {} }, event) =>
        event.probe ? Object.keys(setOffs).length > 0 : setOffs[String(event.data['setOff'])] !== undefined,
    },
  },
  updates: {
    setOffDebt: (context, event, _, policy) => {
      const taken = splitSetOff(standingOf(policy, context), String(event.data['fund']), amountIn(event));
      const parts = taken.map(({ payment, fund, amountFen }): RecoveredPart => ({ payment, fund, amountFen: String(amountFen) }));
      return {
        recovered: parts.reduce((all, part) => changed(all, part, fen(part.amountFen)), context.recovered),
        setOffs: { ...context.setOffs, [String(event.data['setOff'])]: parts },
      };
    },
    restoreDebt: (context, event) => {
      const { [String(event.data['setOff'])]: parts = [], ...others } = context.setOffs ?? {};
      return { recovered: parts.reduce((all, part) => changed(all, part, -fen(part.amountFen)), context.recovered), setOffs: others };
    },
    keepBack: (context, event) => {
      const { settled, fund } = paymentOf(context, named(event));
      const part = {
        disbursement: String(event.data['setOff']),
        fund: fund ?? '',
        amountFen: String(event.data['amountFen']),
        setOff: true as const,
      };
      return withPayment(context, named(event), { pendingFen: '0', claimFen: null, settled: [...settled, part], paidOn: event.on });
    },
    stopSetOffClock: (context, event) => withoutClocks(context, paymentKey(named(event))),
  },
  says: {
    callBackForSetOff: (_, event) => [{ kind: 'cancelDisbursement', payment: named(event) }],
    saySetOffMeetsClock: (context, event) => met(context, event.on, paymentKey(named(event))),
    restoreDebts: (context, event) =>
      keptBackWith(paymentOf(context, named(event)), event.data['disbursement']).map(
        ({ disbursement }): Effect => ({ kind: 'restoreDebt', setOff: disbursement }),
      ),
  },
};

/** One payment's part larger or smaller; what comes to nothing is gone. */
function changed(parts: readonly RecoveredPart[], { payment, fund }: RecoveredPart, byFen: bigint): readonly RecoveredPart[] {
  const before = parts.find((part) => part.payment === payment && part.fund === fund);
  const rest = parts.filter((part) => part !== before);
  const now = fen(before?.amountFen ?? '0') + byFen;
  return now === 0n ? rest : [...rest, { payment, fund, amountFen: String(now) }];
}
