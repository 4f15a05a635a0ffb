import { type Part, splitRecovery } from '@tranche/ledger';
import type { Policy, Text } from '@tranche/policies';
import { cancelled, met, startOf, withoutClocks } from '../clocks.js';
import type { CaseContext, Heard, RecoveredPart } from '../context.js';
import { courseOf } from '../entries.js';
import { stands } from '../marks.js';
import { standingOf } from '../money-standing.js';
import { type Rules, text } from '../region.js';
import { excessFen, fen } from '../sums.js';
import { isUpTo } from './corrections.js';
import { clockOfInstalment, currentInstalment, demandKey, instalmentKeys, instalmentsIn, repayKey } from './instalments.js';
import { refundOwed } from './payment-rules.js';
import { changesWhileOwed } from './recovery.js';

/** Every clock a recovery may have set. */
const keysOf = (context: CaseContext): readonly string[] => [
  demandKey(context.recovery.no),
  repayKey(context.recovery.no),
  ...instalmentKeys(context),
];

const amountIn = (event: Heard): bigint => fen(String(event.data['amountFen']));
const stepTo = ({ recovery }: CaseContext, step: NonNullable<CaseContext['recovery']['step']>): Pick<CaseContext, 'recovery'> => ({
  recovery: { ...recovery, step },
});
const clockRuns = (context: CaseContext, event: Heard, key: string): boolean =>
  event.data['key'] === key && context.clocks[key] === 'running';

export const recoveryRules: Rules = {
  guards: {
    overpaid: {
      label: text('实付超过应得且无在途资金', 'paid beyond the entitlement, nothing in flight'),
      holds: (context) => excessFen(context) > 0n,
    },
    demandOutdated: {
      label: text('应得数额在追回期间变动', 'the entitlement is not the one it was demanded for'),
      holds: (context) =>
        context.recovery.open && excessFen(context) > 0n && context.recovery.forFen !== (context.entitledFen ?? undefined),
    },
    refundOwed: { label: text('有多收应退', 'more was recovered than is owed'), holds: (context) => refundOwed(context) },
    repaysAll: {
      label: text('金额等于应收余额', 'the amount is the whole balance'),
      holds: (context, event) => event.data['amountFen'] === String(excessFen(context)),
    },
    repaysPart: {
      label: text('金额小于应收余额', 'the amount is less than the balance'),
      holds: (context, event) => isUpTo(event.data['amountFen'], excessFen(context) - 1n),
    },
    demanded: { label: text('已发追回通知', 'it is demanded already'), holds: ({ recovery }) => recovery.step !== undefined },
    escalated: { label: text('已移交追缴', 'it is escalated already'), holds: ({ recovery }) => recovery.step === 'escalated' },
    demandsAll: {
      label: text('通知金额等于应收余额', 'the amount demanded is the whole balance'),
      holds: (context, event) => event.data['amountFen'] === String(excessFen(context)),
    },
    demandClockRuns: {
      label: text('是本次追缴通知时限', 'it is this demand’s clock'),
      holds: (context, event) => clockRuns(context, event, demandKey(context.recovery.no)),
    },
    repayClockRuns: {
      label: text('是本次还款时限', 'it is this repayment’s clock'),
      holds: (context, event) => keysOf(context).some((key, at) => at > 0 && clockRuns(context, event, key)),
    },
  },
  updates: {
    openRecovery: (context, _, __, policy) => {
      const no = context.recovery.no + 1;
      const forFen = changesWhileOwed(policy) && context.entitledFen !== null ? { forFen: context.entitledFen } : {};
      return {
        recovery: { no, open: true, demandedFen: String(excessFen(context)), ...forFen },
        clocks: { ...context.clocks, [demandKey(no)]: 'running' },
      };
    },
    receive: (context, event, _, policy) => ({
      recovered: splitRecovery(standingOf(policy, context), amountIn(event)).reduce(addPart, context.recovered),
    }),
    writeOff: (context, event) => ({ writtenOffFen: String(fen(context.writtenOffFen) + amountIn(event)) }),
    demand: (context) => {
      const { clocks } = withoutClocks(context, demandKey(context.recovery.no));
      return { ...stepTo(context, 'demanded'), clocks: { ...clocks, [repayKey(context.recovery.no)]: 'running' } };
    },
    fallOverdue: (context) => stepTo(context, 'overdue'),
    escalate: (context) => stepTo(context, 'escalated'),
    agreeInstalments: (context, event) => {
      const { clocks } = withoutClocks(context, ...keysOf(context));
      const { no } = context.recovery;
      const instalments = { agreedOn: event.on, baseFen: String(excessFen(context)), parts: instalmentsIn(event.data) };
      return { recovery: { ...context.recovery, step: 'instalments', instalments }, clocks: { ...clocks, [repayKey(no, 0)]: 'running' } };
    },
    followInstalments: (context) => {
      const { no, step } = context.recovery;
      if (step !== 'instalments') return {};
      const at = currentInstalment(context);
      const past = instalmentKeys(context).slice(0, at);
      return { clocks: { ...withoutClocks(context, ...past).clocks, [repayKey(no, at)]: 'running' } };
    },
    closeRecovery: (context) => ({
      recovery: { no: context.recovery.no, open: false, demandedFen: null },
      ...withoutClocks(context, ...keysOf(context)),
    }),
  },
  says: {
    sayRecoveryOpened: (context, event, _, policy) => {
      const { no, demandedFen } = context.recovery;
      return [
        {
          kind: 'openRecovery',
          recovery: no,
          amountFen: demandedFen ?? '0',
          reason: reasonOf(context, policy),
          cite: policy.plan.recovery?.cite ?? policy.cite,
        },
        startOf(context, policy, 'demand', demandKey(no), event.on, text('发出追回通知', 'Demand for repayment')),
        { kind: 'openTask', task: 'demand', role: 'maker', label: text('发出追回通知', 'Demand repayment') },
        { kind: 'openTask', task: 'collect', role: 'cashier', label: text('收回应退资金', 'Collect what must come back') },
      ];
    },
    sayDemanded: (context, event, _, policy) => {
      const { no } = context.recovery;
      return [
        ...met(context, event.on, demandKey(no)),
        { kind: 'demandRecovery', recovery: no },
        startOf(context, policy, 'repay', repayKey(no), event.on, text('退回资金', 'Repayment')),
        { kind: 'closeTask', task: 'demand' },
      ];
    },
    sayFormerClocksEnded: (context, event) => cancelled(context, event.on, ...keysOf(context)),
    sayInstalmentsAgreed: (context, _, __, policy) => [
      { kind: 'agreeInstalments', recovery: context.recovery.no, instalments: context.recovery.instalments?.parts ?? [] },
      ...clockOfInstalment(context, policy, 0),
      { kind: 'closeTask', task: 'escalate' },
    ],
    sayInstalments: (context, event, _, policy) => {
      const at = currentInstalment(context);
      if (context.recovery.step !== 'instalments') return [];
      if (context.clocks[repayKey(context.recovery.no, at)] !== undefined) return [];
      return [...met(context, event.on, ...instalmentKeys(context).slice(0, at)), ...clockOfInstalment(context, policy, at)];
    },
    sayOverdue: (context) => [
      { kind: 'overdueRecovery', recovery: context.recovery.no },
      {
        kind: 'openTask',
        task: 'escalate',
        role: 'supervisor',
        label: text('逾期未还：移交追缴或同意分期', 'Overdue: escalate, or agree on instalments'),
      },
    ],
    sayRecoveryRepaid: (context, event) => [...met(context, event.on, ...keysOf(context)), ...closing(context)],
    sayRecoveryVanished: (context, event) => [...cancelled(context, event.on, ...keysOf(context)), ...closing(context)],
    escalateRecovery: (context) => [
      { kind: 'escalateRecovery', recovery: context.recovery.no },
      { kind: 'closeTask', task: 'escalate' },
    ],
  },
};

function addPart(parts: readonly RecoveredPart[], { payment, fund, amountFen }: Part): readonly RecoveredPart[] {
  const before = parts.find((part) => part.payment === payment && part.fund === fund);
  const sum = { payment, fund, amountFen: String(fen(before?.amountFen ?? '0') + amountFen) };
  return [...parts.filter((part) => part !== before), sum];
}

const closing = (context: CaseContext) =>
  [
    { kind: 'closeRecovery', recovery: context.recovery.no },
    { kind: 'closeTask', task: 'demand' },
    { kind: 'closeTask', task: 'collect' },
    { kind: 'closeTask', task: 'escalate' },
  ] as const;

function reasonOf(context: CaseContext, policy: Policy): Text {
  const { zh, en } = courseOf(policy);
  if (context.failedBy === 'abort') return text(`${zh}终止，据实收回已付资金`, `The ${en} was aborted: what was paid comes back`);
  if (context.failedBy !== null)
    return text('未通过验收，据实收回预拨的资金', 'The acceptance failed: what was advanced comes back as actually paid');
  if (context.failedBy === null && context.entitledBy === -1 && stands(context))
    return text('申领条件已不具备，收回已付资金', 'What it was paid for no longer holds: what was paid comes back');
  if (context.entitledBy === -1) return text('申请未获批准，收回已付资金', 'The application does not stand: what was paid comes back');
  return text('已付超过核定数额，收回差额', 'More was paid than was assessed: the difference comes back');
}
