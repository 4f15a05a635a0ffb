import { type Grounds, text } from '../documents/document.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import { employingUnit, listedOnce } from '../tables/employers.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { postFacts, postMonthsBooked, postParameters, postRules } from '../tables/public-post.js';

export const quote = '社会保险补贴根据参加社会保险情况按规定发放';

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  ...postFacts,
  workers: {
    type: { list: { person: 'person', certified: 'bool', employerPaidFen: 'int', monthsBefore: 'int', monthsBooked: 'int' } },
    label: text(
      '本月在岗人员（认定、单位实缴社会保险费、此前在临时岗位的月数：系统外申报、本系统记账）',
      'people on the posts in the month (certified, contributions the unit paid, months on such posts before: told from elsewhere, on our books)',
    ),
    from: 'data',
    per: 'period',
    booked: postMonthsBooked,
  },
});

export const parametersOf = (grounds: Grounds): Parameter[] => [
  ...postParameters(grounds),
  {
    key: 'siRate',
    label: text('补贴占单位实缴部分的比例', 'share of what the unit paid'),
    value: '100%',
    cite: grounds.inferred(
      quote,
      text('“按规定”未写比例；默认单位实缴部分全额。', 'No share is stated; by default all that the unit paid.'),
    ),
  },
];

export const rulesOf = (grounds: Grounds): Rule[] => [
  employingUnit(grounds.inferred(quote, text('补贴给缴费的用人单位。', 'Paid to the unit that pays the contributions.'))),
  listedOnce('workers', grounds.inferred(quote, text('补贴按人按月计算。', 'Counted by person and month.')), 'period'),
  ...postRules(grounds),
  {
    id: 'contributions-paid',
    when: 'workers.all(w, w.employerPaidFen > 0)',
    reason: text('名单人员当月单位均应已缴社会保险费', 'the unit must have paid contributions of the month for everybody listed'),
    cite: grounds.stated(quote),
    per: 'period',
  },
];

export const amountsOf = ({ inferred }: Grounds): Record<string, AmountRule> => ({
  monthly: {
    fen: 'sum(workers.map(w, least(w.employerPaidFen, halfUp(w.employerPaidFen, p.siRate))))',
    label: text('本月社会保险补贴', 'social insurance subsidy of the month'),
    per: 'period',
    cite: inferred(
      quote,
      text(
        '按单位为其实际缴纳的部分计发，不超过实缴额，四舍五入到分。',
        'From what the unit actually paid for each person, never more, to the nearest fen.',
      ),
    ),
  },
});
