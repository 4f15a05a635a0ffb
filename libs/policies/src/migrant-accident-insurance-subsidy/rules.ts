import { type Grounds, text } from '../documents/document.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import { employingUnit, listedOnce } from '../tables/employers.js';
import type { PaymentLimits } from '../tables/payment-limits.js';

export const quote = '对为农民工在岗期间办理人身意外伤害保险的，给予不超过500元/人的人身意外伤害保险补贴';

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  postFrom: { type: 'date', label: text('在岗期间起始日', 'first day on the post'), from: 'form' },
  postUntil: { type: 'date', label: text('在岗期间截止日', 'last day on the post'), from: 'form' },
  insured: {
    type: { list: { person: 'person', migrant: 'bool', coveredFrom: 'date', coveredUntil: 'date', premiumFen: 'int' } },
    label: text('被保险人（农民工、保险期间、实缴保费）', 'people insured (migrant worker, days covered, premium paid)'),
    from: 'upload',
  },
});

export const parametersOf = ({ stated, open }: Grounds): Parameter[] => [
  { key: 'mostPerPersonFen', label: text('每人补贴上限', 'most per person'), value: '50000', cite: stated(quote) },
  {
    key: 'perSpell',
    label: text('每段在岗期间可各补一次', 'once for each time on a post'),
    value: true,
    cite: open(
      text(
        '文件未写次数；默认每人每段在岗期间一次，否则每人一次。',
        'The document is silent; by default once for each time on a post, else once for good.',
      ),
    ),
  },
];

export const rulesOf = ({ stated, inferred }: Grounds): Rule[] => [
  employingUnit(inferred(quote, text('补贴给办理保险的单位。', 'Paid to the unit that bought the insurance.'))),
  listedOnce('insured', inferred(quote, text('补贴按人计算。', 'Counted by person.'))),
  {
    id: 'migrant-worker',
    when: 'insured.all(w, w.migrant)',
    reason: text('被保险人均应为农民工', 'everybody insured must be a migrant worker'),
    cite: stated(quote),
  },
  {
    id: 'premium-paid',
    when: 'insured.all(w, w.premiumFen > 0)',
    reason: text('每人均应有实缴保费', 'a premium must have been paid for everybody'),
    cite: inferred(quote, text('补贴不超过实缴保费。', 'The subsidy never exceeds the premium.')),
  },
  {
    id: 'time-on-post',
    when: 'postFrom <= postUntil',
    reason: text('在岗期间的截止日不得早于起始日', 'the time on the post must not end before it begins'),
    cite: stated(quote),
  },
  {
    id: 'covered-on-post',
    when: 'postFrom > postUntil || insured.all(w, w.coveredFrom <= postFrom && w.coveredUntil >= postUntil)',
    reason: text('保险期间应覆盖在岗期间', 'the insurance must cover the time on the post'),
    cite: inferred(quote, text('“在岗期间”读作保险期间覆盖在岗期间。', 'Read so: the days covered include the time on the post.')),
  },
];

export const amountsOf = ({ inferred }: Grounds): Record<string, AmountRule> => ({
  total: {
    fen: 'sum(insured.map(w, least(w.premiumFen, p.mostPerPersonFen)))',
    label: text('保险补贴', 'insurance subsidy'),
    cite: inferred(quote, text('按实缴保费，每人不超过上限。', 'The premium actually paid, up to the ceiling for each person.')),
  },
});
