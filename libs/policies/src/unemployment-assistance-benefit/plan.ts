import { text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import { benefitGround } from '../tables/benefit-rates.js';
import type { OfficeLimit } from '../tables/office-limit.js';
import { recovery } from '../tables/recovery.js';
import type { Version } from './index.js';
import { stopsOf } from './rules.js';

/** One claim a month, checked anew each time. */
export const planOf = (version: Version, limit: OfficeLimit): Plan => {
  const { document, grounds } = version;
  return {
    entry: 'insurance',
    milestones: [],
    advances: [],
    entitlement: [],
    recovery: recovery(
      grounds,
      grounds.open(text('文件未规定；多付的据实收回。', 'The document is silent; what was paid too much comes back.')),
    ),
    claims: [
      {
        id: 'assistance',
        label: text('失业补助金', 'unemployment assistance'),
        every: 'month',
        amount: 'assistance',
        opens: ['approved'],
        due: limit.due('filed'),
        term: {
          periods: 'p.maxMonths',
          cite: grounds.open(text('文件未规定发放期限。', 'The document sets no length.')),
        },
        stops: stopsOf(version),
        cite: benefitGround(document, 'personal'),
      },
    ],
  };
};
