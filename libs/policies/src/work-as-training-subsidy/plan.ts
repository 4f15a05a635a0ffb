import { text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { recovery } from '../tables/recovery.js';
import type { Version } from './index.js';
import { quote, termCite } from './rules.js';

/** One claim for each month of training at work, six at most. */
export const planOf = ({ grounds }: Version, limits: PaymentLimits): Plan => ({
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
      id: 'training',
      label: text('以工代训补贴', 'subsidy for training at work'),
      every: 'month',
      amount: 'monthly',
      opens: ['approved'],
      term: { periods: 'p.maxMonths', cite: termCite },
      due: limits.due('filed'),
      stops: [
        {
          id: 'trainingEnded',
          label: text('以工代训结束', 'the training ended'),
          cite: grounds.inferred(quote, text('培训结束即停止。', 'Ends with the training.')),
        },
      ],
      cite: grounds.stated(quote),
    },
  ],
});
