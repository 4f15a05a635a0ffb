import { type Grounds, groundsIn, text } from '../documents/document.js';
import { liaoning25 } from '../documents/texts.js';
import type { Policy } from '../policy.js';
import { allocationOf } from '../tables/allocation.js';
import { fund } from '../tables/funds.js';
import { papers } from '../tables/papers.js';
import { amountsOf, factsOf, parametersOf, quotes, rulesOf } from './rules.js';

function topThree(grounds: Grounds): Policy {
  const { document } = grounds;
  const cite = grounds.stated(quotes.reward);
  const allocation = allocationOf(grounds, {
    id: 'allocation',
    amount: 'reward',
    label: text('奖励资金', 'reward'),
    cite,
    who: quotes.reward,
  });
  const { byData, uploaded } = papers(grounds.open(text('文件未列材料清单。', 'The document lists no papers.')));
  const once = grounds.inferred(
    quotes.reward,
    text('前三名各一个，每市每年度一次。', 'One city for each of the three ranks, each city once for a year.'),
  );
  return {
    id: 'assessment-reward-top3',
    version: document.issuedOn,
    jurisdiction: document.jurisdiction,
    title: text('就业创业督查考核前三名奖励', 'Reward for the three best cities'),
    cite,
    issuedOn: document.issuedOn,
    window: { from: document.issuedOn, anchor: 'received' },
    ...allocation.policy,
    funds: [fund('F6', cite)],
    facts: factsOf(allocation),
    parameters: [...parametersOf(grounds), ...allocation.parameters],
    rules: rulesOf(grounds, allocation),
    amounts: amountsOf(grounds),
    plan: allocation.plan,
    exclusions: [
      {
        group: 'assessment-reward',
        key: "payeeKey + ':' + assessedYear",
        per: 'once',
        limit: 1,
        reason: text('一市一年度只奖励一次', 'a city is rewarded once for a year'),
        cite: once,
      },
      {
        group: 'assessment-reward-rank',
        key: "(rank == 1 ? 'first:' : rank == 2 ? 'second:' : 'third:') + assessedYear",
        per: 'once',
        limit: 1,
        reason: text('一个名次一年度只奖励一个市', 'a rank is rewarded once for a year'),
        cite: once,
      },
    ],
    evidence: [
      byData('results', '考核结果', 'results of the assessment'),
      uploaded('confirmation', '人社、财政会签意见', 'joint confirmation of the two departments'),
    ],
  };
}

export { examples } from './examples.js';

/** Liaoning only. What is paid joins the city's employment subsidy fund. */
export const versions: readonly Policy[] = [topThree(groundsIn(liaoning25, '（十七）'))];
