import { type Part, splitRecovery } from '@tranche/ledger';
import type { Plan, Policy, Text } from '@tranche/policies';
import { cancelled, met, startOf, withoutClocks } from '../clocks.js';
import type { CaseContext, Heard, RecoveredPart } from '../context.js';
import { courseOf } from '../entries.js';
import { stands } from '../marks.js';
import { standingOf } from '../money-standing.js';
import { type Arrow, deed, type Region, type Rules, text, unless, when } from '../region.js';
import { excessFen, fen } from '../sums.js';
import { isUpTo } from './corrections.js';
import { refundOwed } from './payment-rules.js';

type Recovery = NonNullable<Plan['recovery']>;
export const demandKey = (no: number): string => `recovery:demand:${no}`;
export const repayKey = (no: number): string => `recovery:repay:${no}`;

/** What was paid beyond the entitlement comes back: exactly that much, once nothing is in flight. Absent when the plan recovers nothing. */
export function recovery(policy: Policy): Region | null {
  const plan = policy.plan.recovery;
  if (!plan) return null;
  const anew: readonly Arrow[] = changesWhileOwed(policy)
    ? [
        {
          to: 'due',
          when: [when('demandOutdated')],
          does: [deed('sayRecoveryVanished'), deed('closeRecovery'), deed('openRecovery'), deed('sayRecoveryOpened')],
          why: text('应得数额变动，按新的差额重新追回', 'What is earned has changed: the new difference is demanded instead'),
          cite: plan.cite,
          safeguard: true,
        },
      ]
    : [];
  return {
    id: 'recovery',
    label: text('追回', 'Recovery'),
    initial: 'none',
    on: {
      'deadline.passed': [
        {
          when: [when('demandClockRuns')],
          does: [deed('passClock'), deed('suspectBreach')],
          why: text('追缴通知时限已过', 'The time to demand repayment has passed'),
          cite: plan.demand.cite,
        },
      ],
    },
    states: {
      none: {
        label: text('无追回', 'None'),
        always: [
          {
            to: 'due',
            when: [when('overpaid')],
            does: [deed('openRecovery'), deed('sayRecoveryOpened')],
            why: text(
              '实付超过应得且无在途资金：据实收回差额',
              'More was paid than earned and nothing is in flight: the difference is recovered',
            ),
            cite: plan.cite,
          },
          {
            to: 'refunding',
            when: [when('refundOwed')],
            why: text('追回之后又退票：多收部分退还机构', 'A payment came back after it was repaid: the surplus is given back'),
            cite: plan.cite,
          },
        ],
      },
      due: {
        label: text('应收回', 'Due back'),
        on: {
          ...receipts(plan),
          'deadline.passed': [
            {
              to: 'escalated',
              when: [when('repayClockRuns')],
              does: [deed('passClock'), deed('suspectBreach'), deed('escalateRecovery')],
              why: text('逾期未还，移交追缴', 'Not repaid in time: escalated'),
              cite: plan.repay.cite,
            },
          ],
        },
        always: [vanished(plan), ...anew],
      },
      escalated: { label: text('移交追缴', 'Escalated'), on: receipts(plan), always: [vanished(plan), ...anew] },
      refunding: {
        label: text('退还中', 'Refunding'),
        always: [{ to: 'none', when: [unless('refundOwed')], why: text('退还完毕', 'The surplus was given back'), cite: plan.cite }],
      },
    },
  };
}

/** May the amount change while an excess is owed? Where an acceptance fixes it, it is open first. */
const changesWhileOwed = ({ plan }: Policy): boolean => !plan.acceptance || plan.milestones.some(({ voids }) => voids);

const vanished = (plan: Recovery): Arrow => ({
  to: 'none',
  when: [unless('overpaid')],
  does: [deed('sayRecoveryVanished'), deed('closeRecovery')],
  why: text('退票或决定变更，不再有应收', 'A return or a changed decision leaves nothing to recover'),
  cite: plan.cite,
});

function receipts(plan: Recovery): Record<string, readonly Arrow[]> {
  const all = { to: 'none', cite: plan.cite };
  return {
    'recovery.received': [
      {
        ...all,
        when: [when('repaysAll')],
        does: [deed('receive'), deed('sayRecoveryRepaid'), deed('closeRecovery')],
        why: text('全部收回', 'All of it is repaid'),
      },
      {
        when: [when('repaysPart')],
        does: [deed('receive'), deed('sayDemandMet'), deed('meetDemand')],
        why: text('部分收回', 'Part of it is repaid'),
        cite: plan.cite,
      },
    ],
    'recovery.writtenOff': [
      {
        ...all,
        when: [when('proposalMatches'), when('repaysAll')],
        does: [deed('writeOff'), deed('sayRecoveryVanished'), deed('closeRecovery')],
        why: text('余额全部核销', 'The whole balance is written off'),
      },
      {
        when: [when('proposalMatches'), when('repaysPart')],
        does: [deed('writeOff')],
        why: text('部分核销', 'Part of it is written off'),
        cite: plan.cite,
      },
    ],
  };
}

const keysOf = (context: CaseContext): readonly [string, string] => [demandKey(context.recovery.no), repayKey(context.recovery.no)];
const amountIn = (event: Heard): bigint => fen(String(event.data['amountFen']));
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
    demandClockRuns: {
      label: text('是本次追缴通知时限', 'it is this demand’s clock'),
      holds: (context, event) => clockRuns(context, event, keysOf(context)[0]),
    },
    repayClockRuns: {
      label: text('是本次还款时限', 'it is this repayment’s clock'),
      holds: (context, event) => clockRuns(context, event, keysOf(context)[1]),
    },
  },
  updates: {
    openRecovery: (context, _, __, policy) => {
      const no = context.recovery.no + 1;
      const forFen = changesWhileOwed(policy) && context.entitledFen !== null ? { forFen: context.entitledFen } : {};
      return {
        recovery: { no, open: true, demandedFen: String(excessFen(context)), ...forFen },
        clocks: { ...context.clocks, [demandKey(no)]: 'running', [repayKey(no)]: 'running' },
      };
    },
    receive: (context, event, _, policy) => ({
      recovered: splitRecovery(standingOf(policy, context), amountIn(event)).reduce(addPart, context.recovered),
    }),
    writeOff: (context, event) => ({ writtenOffFen: String(fen(context.writtenOffFen) + amountIn(event)) }),
    meetDemand: (context) => withoutClocks(context, keysOf(context)[0]),
    closeRecovery: (context) => ({
      recovery: { no: context.recovery.no, open: false, demandedFen: null },
      ...withoutClocks(context, ...keysOf(context)),
    }),
  },
  says: {
    sayRecoveryOpened: (context, event, _, policy) => {
      const [demand, repay] = keysOf(context);
      const { no, demandedFen } = context.recovery;
      return [
        {
          kind: 'openRecovery',
          recovery: no,
          amountFen: demandedFen ?? '0',
          reason: reasonOf(context, policy),
          cite: policy.plan.recovery?.cite ?? policy.cite,
        },
        startOf(context, policy, 'demand', demand, event.on, text('发出追缴通知', 'Demand for repayment')),
        startOf(context, policy, 'repay', repay, event.on, text('退回资金', 'Repayment')),
        { kind: 'openTask', task: 'collect', role: 'cashier', label: text('收回应退资金', 'Collect what must come back') },
      ];
    },
    sayDemandMet: (context, event) => met(context, event.on, keysOf(context)[0]),
    sayRecoveryRepaid: (context, event) => [...met(context, event.on, ...keysOf(context)), ...closing(context)],
    sayRecoveryVanished: (context, event) => [...cancelled(context, event.on, ...keysOf(context)), ...closing(context)],
    escalateRecovery: (context) => [{ kind: 'escalateRecovery', recovery: context.recovery.no }],
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
    { kind: 'closeTask', task: 'collect' },
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
