import { type Grounds, text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { recovery } from '../tables/recovery.js';
import { quotes } from './rules.js';

/** Two claims side by side, each once a month: for the post and for social insurance. */
export const planOf = (grounds: Grounds, limits: PaymentLimits): Plan => {
  const cite = grounds.stated(quotes.who);
  const ends = grounds.inferred(quotes.who, text('不再在岗或停止缴费的，停止补贴。', 'It ends with the post or the contributions.'));
  const common = {
    every: 'month',
    opens: ['approved'],
    due: limits.due('filed'),
    cite,
  } as const;
  const stops = (name: string) => [
    { id: `${name}PostsEnded`, label: text('合同或岗位终止', 'contracts or posts ended'), cite: ends },
    { id: `${name}ContributionsStopped`, label: text('停止缴纳社会保险', 'contributions stopped'), cite: ends },
  ];
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
      { id: 'post', label: text('岗位补贴', 'post subsidy'), amount: 'postFen', stops: stops('post'), ...common },
      {
        id: 'insurance',
        label: text('社会保险补贴', 'social insurance subsidy'),
        amount: 'insuranceFen',
        stops: stops('insurance'),
        ...common,
      },
    ],
  };
};
