import { type Grounds, text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import type { OfficeLimit } from '../tables/office-limit.js';
import { recovery } from '../tables/recovery.js';
import { NEW_SPLIT } from './rules.js';

/** One claim for each quarter of interest; each payment is one transfer drawn from three levels of government. */
export const planOf = (grounds: Grounds, limit: OfficeLimit): Plan => {
  const cite = grounds.stated('调整财政贴息分担比例');
  const silent = grounds.open(text('文件未规定停止贴息的情形。', 'The document does not say what ends the subsidy.'));
  return {
    entry: 'bank',
    conditions: { splitsAnew: NEW_SPLIT },
    conditionLabels: { splitsAnew: text('适用调整后的分担比例', 'the new split holds') },
    milestones: [],
    advances: [],
    entitlement: [],
    claims: [
      {
        id: 'interest',
        label: text('贷款贴息', 'interest subsidy'),
        every: 'quarter',
        amount: 'interest',
        opens: ['approved'],
        due: limit.due('filed'),
        term: {
          periods: "splitsAnew && p.sharingTermMode == 'FIRST_TWELVE_MONTHS' ? p.sharingQuarters : p.loanQuarters",
          cite: grounds.inferred('期限12个月', text('按季结息。', 'Interest is settled by quarter.')),
        },
        stops: [
          { id: 'repaid', label: text('贷款结清', 'the loan was repaid'), cite: silent },
          { id: 'defaulted', label: text('借款人违约', 'the borrower defaulted'), cite: silent },
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
