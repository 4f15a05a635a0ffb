import { text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { recovery } from '../tables/recovery.js';
import type { Version } from './index.js';
import { half, months } from './rules.js';

/**
 * Month by month while the business runs, never more than the whole. In advance, where that is allowed: up to six months, or half of it all for
 * returning migrant workers who have operated for six months when they apply; months count against it as they are earned.
 */
export const planOf = ({ grounds, ahead }: Version, limits: PaymentLimits): Plan => {
  const ends = grounds.inferred(
    months,
    text('停止经营、退出场地的，自次月起停止。', 'Where the business stops or leaves the premises, the subsidy ends with the next month.'),
  );
  const unearned = grounds.open(
    text('文件未规定；预拨后未实际经营的月份据实收回。', 'The document is silent; what was advanced for months not operated comes back.'),
  );
  return {
    entry: 'standard',
    conditions: {
      ...limits.conditions,
      regionAdvance: "p.advanceEnabled && (advanceWanted == 'months' || (advanceWanted == 'both' && p.allowBoth))",
      migrantAdvance:
        "group == 'returningMigrant' && operatedMonths >= p.minOperatedMonths && (!p.advanceBNeedsRegion || p.advanceEnabled) && (advanceWanted == 'half' || (advanceWanted == 'both' && p.allowBoth))",
      advancing: 'regionAdvance || migrantAdvance',
    },
    conditionLabels: {
      ...limits.conditionLabels,
      regionAdvance: text('本地实行预拨，申请人选择按月预拨', 'months are advanced here, and the applicant asks for them'),
      migrantAdvance: text(
        '返乡入乡创业农民工经营6个月以上，申领总额的一半',
        'a returning migrant worker who has operated for six months asks for half of it all',
      ),
      advancing: text('有预拨或先行申领', 'something is paid in advance'),
    },
    milestones: [],
    advances: [
      {
        id: 'ahead',
        label: text('预拨或先行申领', 'paid in advance'),
        amount: 'ahead',
        opens: ['approved'],
        due: limits.due('received'),
        cite: grounds.stated(ahead),
        when: 'advancing',
      },
    ],
    claims: [
      {
        id: 'rent',
        label: text('创业场地补贴', 'subsidy for the premises'),
        every: 'month',
        amount: 'monthly',
        opens: ['approved'],
        term: { periods: 'least(venueMonths, p.maxMonths)', cite: grounds.stated(months) },
        due: limits.due('filed'),
        stops: [
          { id: 'closed', label: text('停止经营', 'the business closed'), cite: ends },
          { id: 'movedOut', label: text('退出场地', 'it left the premises'), cite: ends },
        ],
        cite: grounds.stated(months),
      },
    ],
    remainder: { id: 'balance', label: text('结算余款', 'balance'), cite: grounds.stated(months) },
    entitlement: [{ opens: ['claimsEnded'], amount: 'earned', due: limits.due('claimsEnded'), cite: grounds.stated(months) }],
    ceiling: {
      amount: 'total',
      cite: grounds.inferred(half, text('各笔合计不超过补贴资金总额。', 'All payments together never exceed the whole.')),
    },
    recovery: recovery(grounds, unearned),
  };
};
