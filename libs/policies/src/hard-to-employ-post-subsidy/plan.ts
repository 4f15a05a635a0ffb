import { text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { recovery } from '../tables/recovery.js';
import type { Version } from './index.js';

/** One claim for each month inside the window; what comes to light afterwards comes back. */
export const planOf = ({ grounds, rate }: Version, limits: PaymentLimits): Plan => {
  const ends = grounds.inferred(
    '招用就业困难人员签订劳动合同并缴纳社会保险费的单位',
    text('条件不再具备的，自次月起停止。', 'Where the conditions end, the subsidy ends with the next month.'),
  );
  return {
    entry: 'standard',
    conditions: limits.conditions,
    conditionLabels: limits.conditionLabels,
    milestones: [],
    advances: [],
    entitlement: [],
    recovery: recovery(
      grounds,
      grounds.open(text('文件未规定；多付的据实收回。', 'The document is silent; what was paid too much comes back.')),
    ),
    claims: [
      {
        id: 'post',
        label: text('岗位补贴', 'post subsidy'),
        every: 'month',
        amount: 'monthly',
        opens: ['approved'],
        due: limits.due('filed'),
        stops: [
          { id: 'contractEnded', label: text('劳动合同终止', 'the labour contracts ended'), cite: ends },
          { id: 'contributionsStopped', label: text('停止缴纳社会保险费', 'contributions stopped'), cite: ends },
        ],
        cite: grounds.stated(rate),
      },
    ],
  };
};
