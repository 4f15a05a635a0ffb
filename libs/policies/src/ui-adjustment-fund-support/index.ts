import { type Grounds, groundsIn, text } from '../documents/document.js';
import { liaoning25 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { allocationOf, supportedOnceAYear } from '../tables/allocation.js';
import { fund } from '../tables/funds.js';
import { papers } from '../tables/papers.js';
import { amountsOf, factsOf, quotes, rulesOf } from './rules.js';

function insuranceSupport(grounds: Grounds): Policy {
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
    id: 'ui-adjustment-fund-support',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('失业保险省级调剂金支持', 'Support from the provincial adjustment fund of unemployment insurance'),
    cite,
    issuedOn: document.issuedOn,
    window: { from: document.issuedOn, anchor: 'received' },
    ...allocation.policy,
    funds: [fund('F7', cite)],
    facts: factsOf(allocation),
    parameters: allocation.parameters,
    rules: rulesOf(grounds, allocation),
    amounts: amountsOf(grounds),
    plan: allocation.plan,
    exclusions: [supportedOnceAYear(grounds, 'ui-adjustment-fund-support')],
    evidence: [
      byData('remittance', '调剂金上解记录', 'record of remittance'),
      byData('accounts', '基金收支及结余报表', 'accounts and balance of the fund'),
      uploaded('confirmation', '人社、财政会签意见', 'joint confirmation of the two departments'),
    ],
  };
}

export { examples } from './examples.js';

/** Liaoning only. */
export const versions: readonly Policy[] = [insuranceSupport(groundsIn(liaoning25, '（十七）'))];
