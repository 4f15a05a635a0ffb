import { type Grounds, text } from '../documents/document.js';
import type { Plan } from '../policy.js';
import type { OfficeLimit } from '../tables/office-limit.js';
import { recovery } from '../tables/recovery.js';

/** One claim for each quarter in which the bank settles interest, until the extension is over. */
export const planOf = (grounds: Grounds, limit: OfficeLimit): Plan => {
  const cite = grounds.stated('财政部门继续给予贴息支持');
  const ends = grounds.inferred('财政部门继续给予贴息支持', text('贷款不再展期的，贴息随之停止。', 'The subsidy ends with the extension.'));
  const silent = grounds.open(text('文件未规定违约的后果。', 'The document is silent on default.'));
  return {
    entry: 'bank',
    conditions: { priority: 'incomeLost' },
    conditionLabels: { priority: text('受疫情影响失去收入来源，优先办理', 'lost income because of the epidemic: handled first') },
    milestones: [],
    advances: [],
    entitlement: [],
    claims: [
      {
        id: 'interest',
        label: text('展期贴息', 'interest subsidy for the extension'),
        every: 'quarter',
        amount: 'interest',
        opens: ['approved'],
        due: limit.due('filed'),
        stops: [
          { id: 'extensionOver', label: text('展期届满', 'the extension is over'), cite: ends },
          { id: 'repaid', label: text('贷款提前结清', 'the loan was repaid early'), cite: ends },
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
