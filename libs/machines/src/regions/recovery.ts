import type { Plan, Policy } from '@tranche/policies';
import { type Arrow, deed, type Region, text, unless, when } from '../region.js';
import { debtRestored, debtSetOff } from './set-off.js';

type Recovery = NonNullable<Plan['recovery']>;

/**
 * 追回 as a machine of its own: owed → demanded by letter → repaid, in instalments where two people agree, overdue, escalated, written off.
 * What was paid beyond the entitlement comes back: exactly that much, once nothing is in flight. Absent when the plan recovers nothing.
 */
export function recovery(policy: Policy): Region | null {
  const plan = policy.plan.recovery;
  if (!plan) return null;
  const owed = owedOf(policy, plan);
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
      ...debtRestored(plan),
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
          ...debtSetOff(plan),
          'recovery.demanded': [demanded(plan)],
          'recovery.instalmentsAgreed': [agreed(plan)],
          'deadline.passed': [late(plan)],
        },
        always: owed,
      },
      overdue: {
        label: text('逾期未还', 'Overdue'),
        on: {
          ...receipts(plan),
          ...debtSetOff(plan),
          'recovery.instalmentsAgreed': [agreed(plan)],
          'recovery.escalated': [escalated(plan)],
        },
        always: owed,
      },
      refunding: {
        label: text('退还中', 'Refunding'),
        always: [{ to: 'none', when: [unless('refundOwed')], why: text('退还完毕', 'The surplus was given back'), cite: plan.cite }],
      },
    },
  };
}

/** What ends or replaces an open recovery by itself. */
function owedOf(policy: Policy, plan: Recovery): readonly Arrow[] {
  const vanished: Arrow = {
    to: 'none',
    when: [unless('overpaid')],
    does: [deed('sayRecoveryVanished'), deed('closeRecovery')],
    why: text('退票或决定变更，不再有应收', 'A return or a changed decision leaves nothing to recover'),
    cite: plan.cite,
  };
  if (!changesWhileOwed(policy)) return [vanished];
  const anew: Arrow = {
    to: 'due',
    when: [when('demandOutdated')],
    does: [deed('sayRecoveryVanished'), deed('closeRecovery'), deed('openRecovery'), deed('sayRecoveryOpened')],
    why: text('应得数额变动，按新的差额重新追回', 'What is earned has changed: the new difference is demanded instead'),
    cite: plan.cite,
    safeguard: true,
  };
  return [vanished, anew];
}

/** May the amount change while an excess is owed? Where an acceptance fixes it, it is open first. */
export const changesWhileOwed = ({ plan }: Policy): boolean => !plan.acceptance || plan.milestones.some(({ voids }) => voids);

const demanded = (plan: Recovery): Arrow => ({
  when: [unless('demanded'), when('demandsAll')],
  does: [deed('sayDemanded'), deed('demand')],
  why: text('发出追回通知，退还期限起算', 'The demand is sent: the time for repayment runs'),
  cite: plan.demand.cite,
});

const late = (plan: Recovery): Arrow => ({
  to: 'overdue',
  when: [when('repayClockRuns')],
  does: [deed('passClock'), deed('suspectBreach'), deed('sayOverdue'), deed('fallOverdue')],
  why: text('期限已过而未退还', 'The time for repayment has passed'),
  cite: plan.repay.cite,
});

const escalated = (plan: Recovery): Arrow => ({
  when: [unless('escalated')],
  does: [deed('escalateRecovery'), deed('escalate')],
  why: text('逾期未还，移交追缴', 'Not repaid in time: escalated'),
  cite: plan.repay.cite,
});

/** Two people agree on it: the proposal is decided by the region of corrections at the same time. */
const agreed = (plan: Recovery): Arrow => ({
  to: 'due',
  when: [when('proposalMatches'), when('correctable')],
  does: [deed('sayFormerClocksEnded'), deed('agreeInstalments'), deed('sayInstalmentsAgreed')],
  why: text('同意分期退还', 'Repayment in instalments is agreed'),
  cite: plan.repay.cite,
});

function receipts(plan: Recovery): Record<string, readonly Arrow[]> {
  const all = { to: 'none', cite: plan.cite };
  const follow = [deed('sayInstalments'), deed('followInstalments')];
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
        does: [deed('receive'), ...follow],
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
        does: [deed('writeOff'), ...follow],
        why: text('部分核销', 'Part of it is written off'),
        cite: plan.cite,
      },
    ],
  };
}
