import { text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { recovery } from '../tables/recovery.js';
import type { Version } from './index.js';
import { granted } from './rules.js';

/** Up to half when the interns are kept, the rest by the contributions actually paid, never more than was approved. */
export const planOf = ({ grounds }: Version, limits: PaymentLimits): Plan => {
  const actual = grounds.inferred(
    granted,
    text(
      '预拨之后按实际缴费据实结算；提前离职、少缴的，多拨部分收回。',
      'After the advance the subsidy follows the contributions actually paid; what was too much comes back.',
    ),
  );
  return {
    entry: 'standard',
    conditions: { ...limits.conditions, advancing: 'p.advanceEnabled' },
    conditionLabels: { ...limits.conditionLabels, advancing: text('实行预拨', 'advances are paid') },
    milestones: [
      {
        id: 'termOver',
        label: text('补贴期满、实缴核验', 'term over, contributions verified'),
        by: ['officer', 'inspector'],
        cite: actual,
        evidence: ['contributions'],
      },
    ],
    advances: [
      {
        id: 's1',
        label: text('预拨', 'advance'),
        amount: 'advance',
        opens: ['approved'],
        due: limits.due('received'),
        cite: grounds.stated(granted),
        when: 'advancing',
      },
    ],
    remainder: { id: 's2', label: text('剩余补贴', 'remainder'), projection: 'estimate', cite: actual },
    entitlement: [{ opens: ['approved', 'termOver'], amount: 'actual', due: limits.due('termOver'), cite: actual }],
    ceiling: {
      amount: 'estimate',
      cite: grounds.inferred(
        granted,
        text('以审批的预计数额为限；超出的须更正后重新审批。', 'No more than was approved; what exceeds it needs a new approval.'),
      ),
    },
    recovery: recovery(grounds, actual),
  };
};
