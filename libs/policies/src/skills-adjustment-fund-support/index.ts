import { type Grounds, groundsIn, text } from '../documents/document.js';
import { liaoning25 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { allocationOf, supportedOnceAYear } from '../tables/allocation.js';
import { fund } from '../tables/funds.js';
import { papers } from '../tables/papers.js';
import { amountsOf, factsOf, quotes, rulesOf } from './rules.js';

function skillsSupport(grounds: Grounds): Policy {
  const { document } = grounds;
  const cite = grounds.stated(quotes.support);
  const allocation = allocationOf(grounds, {
    id: 'allocation',
    amount: 'support',
    label: text('省级调剂金支持', 'support from the provincial adjustment fund'),
    cite,
    who: quotes.who,
  });
  const { byData, uploaded } = papers(grounds.open(text('文件未列材料清单。', 'The document lists no papers.')));
  return {
    id: 'skills-adjustment-fund-support',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('职业技能提升行动专账资金省级调剂金支持', 'Support from the provincial adjustment fund of the skills account'),
    cite,
    issuedOn: document.issuedOn,
    window: { from: document.issuedOn, anchor: 'received' },
    ...allocation.policy,
    funds: [fund('F8', cite)],
    facts: factsOf(allocation),
    parameters: allocation.parameters,
    rules: rulesOf(grounds, allocation),
    amounts: amountsOf(grounds),
    plan: allocation.plan,
    exclusions: [supportedOnceAYear(grounds, 'skills-adjustment-fund-support')],
    evidence: [
      uploaded('need', '资金需求测算', 'estimate of the money needed'),
      byData('accounts', '专账资金收支报表', 'accounts of the skills account'),
      uploaded('confirmation', '人社、财政会签意见', 'joint confirmation of the two departments'),
    ],
  };
}

export { examples } from './examples.js';

/** Liaoning only. */
export const versions: readonly Policy[] = [skillsSupport(groundsIn(liaoning25, '（十七）'))];
