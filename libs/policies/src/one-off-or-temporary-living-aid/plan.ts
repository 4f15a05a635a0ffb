import { type Grounds, text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import type { OfficeLimit } from '../tables/office-limit.js';
import { recovery } from '../tables/recovery.js';

/** One payment, or one claim a month: which of the two is decided with the case. */
export const planOf = (grounds: Grounds, limit: OfficeLimit): Plan => {
  const cite = grounds.stated('一次性生活补助或临时生活补助');
  return {
    entry: 'insurance',
    conditions: { temporary: "form == 'TEMPORARY'" },
    conditionLabels: { temporary: text('临时（按月）发放', 'paid by month') },
    milestones: [],
    advances: [],
    remainder: { id: 'oneOff', label: text('一次性生活补助', 'one-off living aid'), cite },
    entitlement: [
      { when: '!temporary', opens: ['approved'], amount: 'oneOffAid', due: limit.due('approved'), cite },
      { when: 'temporary', opens: ['claimsEnded'], amount: 'earned', cite },
    ],
    claims: [
      {
        id: 'temporaryAid',
        label: text('临时生活补助', 'temporary living aid'),
        every: 'month',
        amount: 'monthlyAid',
        opens: ['approved'],
        when: 'temporary',
        due: limit.due('filed'),
        term: { periods: 'p.maxMonths', cite: grounds.open(text('文件未规定期限。', 'The document sets no length.')) },
        stops: [
          {
            id: 'employed',
            label: text('重新就业', 'found work'),
            cite: grounds.inferred('失业人员', text('就业后不再是失业人员。', 'Whoever works is no longer unemployed.')),
          },
        ],
        cite,
      },
    ],
    recovery: recovery(
      grounds,
      grounds.open(text('文件未规定；多付的据实收回。', 'The document is silent; what was paid too much comes back.')),
    ),
  };
};
