import { text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import { benefitGround } from '../tables/benefit-rates.js';
import type { OfficeLimit } from '../tables/office-limit.js';
import { recovery } from '../tables/recovery.js';
import type { Version } from './index.js';
import { stopsOf } from './rules.js';

const TERM = 'contributionMonths >= p.longMonths ? p.longTerm : (contributionMonths >= p.middleMonths ? p.middleTerm : p.shortTerm)';

/** One claim a month, checked anew each time; the rate of the month follows the table. */
export const planOf = ({ document, grounds }: Version, limit: OfficeLimit): Plan => ({
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
      id: 'benefit',
      label: text('失业保险金', 'unemployment benefit'),
      every: 'month',
      amount: 'benefit',
      opens: ['approved'],
      due: limit.due('filed'),
      term: {
        periods: TERM,
        cite: grounds.open(
          text(
            '文件未规定领取期限；默认按《失业保险条例》12、18、24个月。',
            'The document sets no length; by default 12, 18 or 24 months as in the regulation.',
          ),
        ),
      },
      stops: stopsOf(),
      cite: benefitGround(document, 'lower'),
    },
  ],
});
