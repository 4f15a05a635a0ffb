import { type Grounds, text } from '../documents/document.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import type { PaymentLimits } from '../tables/payment-limits.js';

export const quotes = {
  who: '对在疫情防控期间为入驻的创业者或企业减免场地租金的创业孵化基地（创业园）、众创空间等各类创业孵化载体给予一定补助',
  fund: '所需资金从就业补助资金列支',
  rate: '补助标准由创业孵化载体所在地区参照减免租金数额确定',
} as const;

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  incubator: {
    type: 'bool',
    label: text('申报人为创业孵化基地、众创空间等孵化载体', 'the applicant is an incubator or maker space'),
    from: 'data',
  },
  waivedFrom: { type: 'date', label: text('减免租金期间起始日', 'first day of the waived rent'), from: 'form' },
  waivedUntil: { type: 'date', label: text('减免租金期间截止日', 'last day of the waived rent'), from: 'form' },
  tenants: {
    type: { list: { person: 'person', rentFen: 'int', waivedFen: 'int' } },
    label: text('入驻创业者、企业（代码、期间应收租金、减免金额）', 'tenants (token, rent of those days, rent waived)'),
    from: 'upload',
  },
});

export const parametersOf = ({ inferred }: Grounds): Parameter[] => [
  {
    key: 'rate',
    label: text('补助占减免租金的比例', 'share of the waived rent'),
    value: '50%',
    cite: inferred(quotes.rate, text('由所在地区确定；未定的默认50%。', 'The district sets it; 50 % by default where it has not.')),
  },
];

export const rulesOf = ({ stated, inferred }: Grounds): Rule[] => [
  {
    id: 'incubator',
    when: "incubator && payeeKind in ['enterprise', 'unit', 'institution']",
    reason: text('申报人应为创业孵化载体', 'the applicant must be an incubator'),
    cite: stated(quotes.who),
  },
  {
    id: 'tenants-listed-once',
    when: 'size(tenants) > 0 && distinct(tenants.map(t, t.person))',
    reason: text('名单不能为空，同一入驻者只能列一次', 'the list must not be empty, and no tenant may be on it twice'),
    cite: inferred(quotes.who, text('按入驻者的减免租金计算。', 'Counted from the rent waived to each tenant.')),
  },
  {
    id: 'rent-waived',
    when: 'tenants.all(t, t.waivedFen > 0)',
    reason: text('每个入驻者均应有减免金额', 'rent must have been waived to every tenant listed'),
    cite: stated(quotes.who),
  },
  {
    id: 'within-rent',
    when: 'tenants.all(t, t.waivedFen == 0 || t.waivedFen <= t.rentFen)',
    reason: text('减免金额不得超过应收租金', 'no more can be waived than was due'),
    cite: inferred(quotes.rate, text('减免租金以应收租金为限。', 'What is waived cannot exceed the rent.')),
  },
  {
    id: 'during-control',
    when: "waivedFrom <= waivedUntil && waivedFrom >= p.epidemicFrom && (p.epidemicTo == '' || waivedUntil <= p.epidemicTo)",
    reason: text('减免租金期间应在疫情防控期间之内', 'the rent must have been waived for days of epidemic control'),
    cite: stated(quotes.who),
  },
];

export const amountsOf = ({ inferred }: Grounds): Record<string, AmountRule> => ({
  total: {
    fen: 'least(sum(tenants.map(t, t.waivedFen)), share(sum(tenants.map(t, t.waivedFen)), p.rate))',
    label: text('减租补助', 'support for waived rent'),
    cite: inferred(
      quotes.rate,
      text(
        '按减免租金的比例计，不超过减免金额，舍去不足一分的部分。',
        'A share of the rent waived, never more than it, rounded down to the fen.',
      ),
    ),
  },
});
