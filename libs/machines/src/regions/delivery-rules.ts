import { yuanText } from '@tranche/money';
import type { Policy, Text } from '@tranche/policies';
import { cancelled, countedAgain, withoutClocks } from '../clocks.js';
import { type Heard, paymentOf, withoutMarks } from '../context.js';
import { advancesOn, type Doubt, doubtsOf } from '../doubts.js';
import { finalAmounts, knownAmounts, lastDeliveryDay, reach, stands, unknownAmounts } from '../marks.js';
import { type Rules, text } from '../region.js';
import { arrivedFen, fen, inFlightFen, paidFen } from '../sums.js';
import { noticeKey } from './notice.js';

/** Whole numbers that the event tells of the case, by what they are called: 累计课时 36. */
const toldNumbers = ({ facts }: Policy, { data }: Heard): readonly Text[] =>
  Object.entries((data['facts'] ?? {}) as Readonly<Record<string, unknown>>).flatMap(([name, value]) => {
    const label = facts[name]?.label;
    return label && Number.isInteger(value) ? [text(`${label.zh} ${value}`, `${label.en} ${value}`)] : [];
  });

function doubtLabel({ label, condition, paidFen: paid, inFlightFen: onItsWay }: Doubt, told: readonly Text[]): Text {
  const out = yuanText(fen(paid) + fen(onItsWay));
  return text(
    `核对“${label.zh}”：考勤改低后为${told.map(({ zh }) => zh).join('、')}，不再满足“${condition.zh}”；据此已拨或在途 ${out} 元`,
    `Look into “${label.en}”: attendance was lowered to ${told.map(({ en }) => en).join(', ')}, “${condition.en}” no longer holds; ${out} yuan paid or on its way on it`,
  );
}

/** What the names in the delivery region's arrows mean. */
export const deliveryRules: Rules = {
  guards: {
    stands: { label: text('申请未被否决或撤回', 'neither rejected nor withdrawn'), holds: (context) => stands(context) },
    underway: {
      label: text('已申报或已开班', 'submitted or started'),
      holds: (context) => Object.keys(context.reached).length > 0 || paidFen(context) + inFlightFen(context) > 0n,
    },
    inOrder: {
      label: text('日期不早于前一节点', 'not dated before the milestone it follows'),
      holds: (context, event, params, policy) => {
        const day = lastDeliveryDay(context, policy, params['mark']);
        return day === null || event.on >= day;
      },
    },
    condition: {
      label: text('所需条件成立', 'the condition it requires holds'),
      holds: (_, event, params) => event.stamp.conditions[params['name'] ?? ''] === true,
      waitsFor: (_, { stamp }, { name = '' }) => ((stamp.conditions[name] ?? null) === null ? [name] : []),
    },
    unproven: {
      label: text('所需条件已不成立', 'the condition it requires holds no longer'),
      holds: (_, event, params) => event.stamp.conditions[params['name'] ?? ''] === false,
    },
    notedUnproven: {
      label: text('最近的名单已不能证明该节点', 'the last list no longer proves that milestone'),
      holds: (context, _, params) => context.unproven?.includes(params['mark'] ?? '') ?? false,
    },
    outOnMark: {
      label: text('据此有资金已到账或在途', 'money on it has arrived or is on its way'),
      holds: (context, _, params, policy) =>
        advancesOn(policy, params['mark'] ?? '').some(({ id }) => {
          const payment = paymentOf(context, id);
          return arrivedFen(payment) > 0n || payment.sentFen !== '0';
        }),
    },
    reached: {
      label: text('曾到达该节点', 'that milestone was reached'),
      holds: (context, _, params) => context.reached[params['mark'] ?? ''] !== undefined,
    },
    assessmentKnown: {
      label: text('核定数额已知', 'the assessed amount is known'),
      holds: (_, event, __, policy) => policy.plan.entitlement.every((row) => (event.stamp.amounts[row.amount] ?? null) !== null),
      waitsFor: (_, { stamp }, __, policy) =>
        unknownAmounts(
          stamp,
          policy.plan.entitlement.map(({ amount }) => amount),
        ),
    },
    lastAttempt: {
      label: text('已是最后一次验收', 'no re-inspection is left'),
      holds: (context) => context.failures + 1 >= context.limits.attempts,
    },
  },
  updates: {
    assess: (context, event, _, policy) => ({ amounts: { ...context.amounts, ...knownAmounts(event, finalAmounts(policy)) } }),
    reassess: (context, event, _, policy) => ({
      amounts: { ...context.amounts, ...knownAmounts(event, finalAmounts(policy)) },
      ...withoutMarks(context, 'settled'),
    }),
    noteUnproven: (context, _, params) => ({ unproven: [...new Set([...(context.unproven ?? []), params['mark'] ?? ''])] }),
    noteProven: () => ({ unproven: [] }),
    countFailure: (context) => ({ failures: context.failures + 1 }),
    fail: (context, event, params, policy) => ({
      ...reach(context, event, 'failed'),
      failedBy: params['by'] as 'acceptance' | 'abort' | 'objection',
      amounts: { ...context.amounts, ...knownAmounts(event, finalAmounts(policy)) },
    }),
    dropAssessment: (context, _, __, policy) => ({
      ...withoutMarks(context, 'accepted', 'settled'),
      amounts: Object.fromEntries(Object.entries(context.amounts).filter(([name]) => !finalAmounts(policy).includes(name))),
    }),
    dropFailure: (context, _, __, policy) => ({
      ...withoutMarks(context, 'failed', 'accepted', 'settled'),
      failures: context.failedBy === 'acceptance' ? context.failures - 1 : context.failures,
      failedBy: null,
      amounts: Object.fromEntries(Object.entries(context.amounts).filter(([name]) => !finalAmounts(policy).includes(name))),
    }),
    withdrawNotice: (context, event) => ({
      ...countedAgain(context, event.on),
      notice: { no: context.notice.no, postedOn: null, endedOn: null },
      ...withoutClocks(context, noticeKey(context)),
    }),
  },
  says: {
    doubt: (context, event, { milestone }, policy) =>
      doubtsOf(policy, context, event.stamp.conditions)
        .filter((doubt) => doubt.milestone === milestone)
        .map((doubt) => ({ kind: 'openTask', task: 'recheck', role: 'officer', label: doubtLabel(doubt, toldNumbers(policy, event)) })),
    sayNoticeWithdrawn: (context, event) =>
      context.notice.postedOn === null
        ? []
        : [...cancelled(context, event.on, noticeKey(context)), { kind: 'closeNotice', notice: context.notice.no, outcome: 'withdrawn' }],
  },
};
