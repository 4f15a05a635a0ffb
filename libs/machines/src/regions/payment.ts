import type { AdvancePayment, Cite, Plan, Policy, Text } from '@tranche/policies';
import { paymentKey } from '../clocks.js';
import { refundId } from '../context.js';
import { courseOf } from '../entries.js';
import { staysFixed } from '../marks.js';
import { type Arrow, type Deed, deed, type Params, type Region, type RegionState, text, unless, when } from '../region.js';
import { paymentSetOff, permitsSetOff, restoring } from './set-off.js';

type Payment = { readonly id: string; readonly label: Text; readonly cite: Cite };

/** One region per advance, one for the remainder and, where the plan recovers, one to give back what was recovered twice. */
export function payments(policy: Policy): readonly Region[] {
  const { advances, remainder, recovery, acceptance } = policy.plan;
  return [
    ...advances.map((advance) => payment(advance, 'advance', { ...advance, course: courseOf(policy) })),
    ...(remainder ? [payment(remainder, 'remainder', undefined, staysFixed(policy), setOffOf(policy, remainder.id))] : []),
    ...(recovery ? [acceptance ? refund(policy, recovery) : onlyOnce(refund(policy, recovery))] : []),
  ];
}

/**
 * Without an acceptance that can be rescinded a loss is for good: what is given back is given back once. Arrows for what the bank or a hold may do
 * to it meanwhile are the same as those of every payment, and only guard.
 */
function onlyOnce(region: Region): Region {
  const guard = (arrows: readonly Arrow[]): readonly Arrow[] => arrows.map((arrow) => ({ ...arrow, safeguard: true }));
  const guarded = (on: Region['on'], keep: readonly string[] = []) =>
    Object.fromEntries(Object.entries(on ?? {}).map(([type, arrows]) => [type, keep.includes(type) ? arrows : guard(arrows)]));
  const heard = ['payment.requested', 'disbursement.submitted', 'disbursement.settled', 'disbursement.returned'];
  const states = Object.entries(region.states).map(([name, state]) => {
    const always = (state.always ?? []).map(
      (arrow): Arrow => (name === 'locked' && !isHeld(arrow) ? arrow : { ...arrow, safeguard: true }),
    );
    return [name, { ...state, ...(state.on ? { on: guarded(state.on, heard) } : {}), ...(state.always ? { always } : {}) }] as const;
  });
  return { ...region, on: guarded(region.on), states: Object.fromEntries(states) };
}

const isHeld = ({ when: conditions = [] }: Arrow): boolean => conditions.some(({ type, not }) => type === 'held' && !not);

const refund = (policy: Policy, recovery: NonNullable<Plan['recovery']>): Region =>
  payment(refundOf(recovery), 'refund', undefined, false, { ...noSetOff, lessens: permitsSetOff(policy) });

const refundOf = (recovery: NonNullable<Plan['recovery']>): Payment => ({
  id: refundId,
  label: text('退还', 'Refund'),
  cite: recovery.cite,
});

/** An advance, and what it is paid for in advance. */
type Advance = AdvancePayment & { readonly course: Text };

/** locked → due → requested → sent → paid; what is not sent can be called back, what is sent settles first. */
function payment(
  item: Payment,
  kind: 'advance' | 'remainder' | 'refund',
  advance?: Advance,
  stays = false,
  setOff: SetOff = noSetOff,
): Region {
  const { cite } = item;
  const params: Params = { payment: item.id };
  const lapses = kind === 'refund' ? [] : lapsing(item, params, advance);
  const clock = kind === 'refund' ? [] : clockArrows(advance?.due.cite ?? cite, params);
  const watch = clock.map((arrow): Arrow => ({ ...arrow, safeguard: true }));
  const gone: Arrow = {
    to: 'locked',
    when: [unless('opens', params)],
    does: [deed('unclaim', params)],
    why: text('开启条件不再具备', 'The marks that open it are no longer all reached'),
    cite,
    ...(stays ? { safeguard: true as const } : {}),
  };
  return {
    id: item.id,
    label: item.label,
    initial: 'locked',
    on: {
      ...(kind === 'advance' ? {} : { 'disbursement.returned': [returnedEarlier(params, cite, setOff)] }),
      ...(kind === 'refund' ? {} : { 'deadline.passed': [runOut(item, advance)] }),
    },
    states: {
      locked: {
        label: text('未到期', 'Locked'),
        always: [
          ...lapses,
          {
            to: 'due',
            when: [when('opens', params), unless('held')],
            does: [deed('claim', params), deed('openPayment', params)],
            why: opening(kind),
            cite,
          },
          {
            to: 'due',
            when: [when('opens', params), when('held')],
            does: [deed('claim', params)],
            why: text('条件具备，但案件暂停，暂不发起', 'All marks are reached, but the case is held: not opened yet'),
            cite,
          },
          ...(kind === 'remainder' || advance?.due.from === 'approved' ? watch : clock),
        ],
      },
      due: {
        label: text('待拨付', 'Due'),
        on: {
          'payment.requested': [
            {
              to: 'requested',
              when: [when('names', params), unless('held')],
              does: [deed('request', params), deed('requestDisbursement', params)],
              why: text('确定资金来源，形成拨付并预占指标', 'The fund is chosen: the obligation exists and its budget is reserved'),
              cite,
            },
          ],
          'case.released': [
            { when: [when('held')], does: [deed('openPayment', params)], why: text('解除暂停，重新发起', 'Released: opened again'), cite },
          ],
        },
        always: [...lapses, gone, ...watch],
      },
      requested: {
        label: text('已申请', 'Requested'),
        on: {
          'disbursement.submitted': [
            {
              to: 'sent',
              when: [when('names', params), unless('held')],
              does: [deed('send', params)],
              why: text('提交银行，自此不可撤回', 'Handed to the bank: it can no longer be called back'),
              cite,
            },
          ],
          ...setOff.keepsBack,
        },
        always: [
          ...[...lapses, gone].map((arrow) => recalled(arrow, params)),
          ...(kind === 'refund' && !setOff.lessens ? [] : [overdrawn(params, cite)]),
          ...watch,
        ],
      },
      sent: { label: text('已提交支付', 'Sent'), on: sentEvents(params, cite, setOff), always: watch },
      paid: {
        label: text('已到账', 'Paid'),
        on: {
          'disbursement.returned': [
            {
              to: 'locked',
              when: [when('names', params), when('arrived', params)],
              does: [...setOff.restores, deed('giveBack', params)],
              why: text('退票：该笔视同未付', 'Returned by the bank: it counts as not paid'),
              cite,
            },
          ],
        },
        ...(kind === 'advance'
          ? {}
          : {
              always: [
                {
                  to: 'locked',
                  when: [when('opens', params)],
                  why: text('应付增加，补付差额', 'More is owed than was paid: the difference opens'),
                  cite,
                },
              ],
            }),
      },
      ...(kind === 'refund' ? {} : { cancelled: cancelled(item, params) }),
    },
  };
}

/** What is earned may be kept back for a debt of another case, where the policy permits it; what is advanced is not earned yet. */
type SetOff = {
  readonly keepsBack: Readonly<Record<string, readonly Arrow[]>>;
  readonly restores: readonly Deed[];
  /** a debt that is owed again may lessen what was asked for as a refund */
  readonly lessens?: boolean;
};
const noSetOff: SetOff = { keepsBack: {}, restores: [] };
const setOffOf = (policy: Policy, id: string): SetOff => ({
  keepsBack: paymentSetOff(policy, { payment: id }),
  restores: restoring(policy),
});

/** Only what can be paid in parts has an earlier part: an advance that arrived is paid, and hears of its return there. */
const returnedEarlier = (params: Params, cite: Cite, { restores }: SetOff): Arrow => ({
  when: [when('names', params), when('arrived', params)],
  does: [...restores, deed('giveBack', params)],
  why: text('较早的一笔退票，余额随之变动', 'An earlier part of it was returned: the sums follow'),
  cite,
});

const runOut = (item: Payment, advance?: AdvancePayment): Arrow => ({
  when: [when('clockRuns', { key: paymentKey(item.id) })],
  does: [deed('passClock'), deed('suspectBreach')],
  why: text('办结时限已过；仍须支付', 'The time limit has passed: recorded, and never a reason not to pay'),
  cite: advance?.due.cite ?? item.cite,
});

const cancelled = (item: Payment, params: Params): RegionState => ({
  label: text('不再拨付', 'Cancelled'),
  always: [
    {
      to: 'locked',
      when: [unless('lapsed', params), when('revives', params)],
      why: text('取消的原因不再存在', 'The reason for cancelling it is gone'),
      cite: item.cite,
    },
  ],
});

const opening = (kind: 'advance' | 'remainder' | 'refund'): Text =>
  ({
    advance: text('开启条件具备，应予拨付', 'All marks that open it are reached: it is due'),
    remainder: text('数额确定且尚有应付：拨付剩余资金', 'The entitlement is fixed and more than what is out: the remainder is due'),
    refund: text('追回之后又退票，多收部分应退还', 'A payment came back after it had been repaid: the surplus goes back'),
  })[kind];

function lapsing(item: Payment, params: Params, advance?: Advance): readonly Arrow[] {
  const why = advance?.lapsesOn
    ? text(
        `${advance.course.zh}已结束或已无应付：并入剩余资金，不再单独拨付`,
        'Its time is over or nothing is left to pay: it lapses into the remainder',
      )
    : text('已无应付', 'Nothing is left to pay');
  const end = [deed('sayClockCancelled', params), deed('lapse', params)];
  if (advance) return [{ to: 'cancelled', when: [when('lapsed', params)], does: end, why, cite: item.cite }];
  return [
    { to: 'paid', when: [when('lapsed', params), when('partlyPaid', params)], does: end, why, cite: item.cite, safeguard: true },
    { to: 'cancelled', when: [when('lapsed', params), unless('partlyPaid', params)], does: end, why, cite: item.cite },
  ];
}

/** The same arrow from `requested`: the request is called back first. */
const recalled = (arrow: Arrow, params: Params): Arrow => ({
  ...arrow,
  does: [deed('cancelDisbursement', params), deed('recall', params), ...(arrow.does ?? [])],
});

const overdrawn = (params: Params, cite: Cite): Arrow => ({
  to: 'locked',
  when: [when('overdrawn', params)],
  does: [deed('cancelDisbursement', params), deed('recall', params)],
  why: text(
    '应付减少，尚未送出的申请撤回后按新数额重新发起',
    'Less is payable now: what is not sent is called back and opens again for less',
  ),
  cite,
  safeguard: true,
});

function sentEvents(params: Params, cite: Cite, { restores }: SetOff): Record<string, readonly Arrow[]> {
  const own = [when('names', params), when('sameDisbursement', params)];
  return {
    'disbursement.settled': [
      {
        to: 'paid',
        when: own,
        does: [deed('settle', params), deed('sayClockMet', params), deed('stopClock', params)],
        why: text('银行确认到账', 'The bank confirms the credit'),
        cite,
      },
    ],
    'disbursement.failed': [
      {
        to: 'locked',
        when: own,
        does: [...restores, deed('bounce', params)],
        why: text('支付失败，钱未付出；时限继续计算', 'The payment failed, nothing was paid; the clock runs on'),
        cite,
      },
    ],
  };
}

function clockArrows(cite: Cite, params: Params): readonly Arrow[] {
  return [
    {
      when: [when('clockDue', params)],
      does: [deed('startClock', params), deed('sayClockStarted', params)],
      why: text('办理时限自节点当日起算', 'The legal clock runs from its mark'),
      cite,
    },
    {
      when: [when('clockMoot', params)],
      does: [deed('sayClockCancelled', params), deed('stopClock', params)],
      why: text('起算节点已不存在，时限取消', 'The mark it counts from is gone: the clock is cancelled'),
      cite,
    },
  ];
}
