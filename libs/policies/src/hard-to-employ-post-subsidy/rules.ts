import { text } from '../documents/document.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import type { Version } from './index.js';

const who = '招用就业困难人员签订劳动合同并缴纳社会保险费的单位';

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  workers: {
    type: { list: { person: 'person', certified: 'bool', contract: 'bool', contributionsPaid: 'bool' } },
    label: text(
      '本月在岗就业困难人员（认定、合同、缴费）',
      'people hard to employ at work in the month (certified, contract, contributions)',
    ),
    from: 'upload',
    per: 'period',
  },
});

export const parametersOf = ({ grounds, rate }: Version): Parameter[] => [
  { key: 'rate', label: text('补贴占最低工资的比例', 'share of the minimum wage'), value: '50%', cite: grounds.stated(rate) },
  {
    key: 'windowMode',
    label: text('“执行期限12个月”的口径', 'reading of "twelve months"'),
    value: 'POLICY_WINDOW',
    oneOf: [
      { value: 'POLICY_WINDOW', label: text('政策执行期内的月份', 'months inside the window of the policy') },
      {
        value: 'PER_PERSON',
        label: text('每人自招用起12个月', 'twelve months for each person from hiring'),
        unsupported: text('本版本按政策执行期计算，不能改设。', 'This version counts the window of the policy; this cannot be set.'),
      },
    ],
    cite: grounds.inferred(
      '执行期限自本文印发之日起12个月',
      text(
        '读作政策执行期，止于对应日；首末月缴费的按整月计，故含首尾共13个自然月。',
        'Read as the window of the policy, up to the corresponding day; a first or last month with contributions counts whole, which makes 13 calendar months.',
      ),
    ),
  },
];

export const rulesOf = ({ grounds }: Version): Rule[] => [
  {
    id: 'employing-unit',
    when: "payeeKind in ['enterprise', 'unit', 'institution']",
    reason: text('申报人应为用人单位', 'the applicant must be an employer'),
    cite: grounds.stated(who),
  },
  {
    id: 'workers-present',
    when: 'size(workers) > 0 && distinct(workers.map(w, w.person))',
    reason: text('名单不能为空，同一人只能列一次', 'the list must not be empty, and nobody may be on it twice'),
    cite: grounds.inferred(who, text('补贴按人计算。', 'The subsidy is counted by person.')),
    per: 'period',
  },
  {
    id: 'certified',
    when: 'workers.all(w, w.certified)',
    reason: text('名单人员均应认定为就业困难人员', 'everybody listed must be certified as hard to employ'),
    cite: grounds.stated(who),
    per: 'period',
  },
  {
    id: 'labour-contract',
    when: 'workers.all(w, w.contract)',
    reason: text('名单人员均应签订劳动合同', 'everybody listed must have a labour contract'),
    cite: grounds.stated(who),
    per: 'period',
  },
  {
    id: 'contributions-paid',
    when: 'workers.all(w, w.contributionsPaid)',
    reason: text('名单人员当月社会保险费均应缴纳', 'social insurance of the month must be paid for everybody listed'),
    cite: grounds.stated(who),
    per: 'period',
  },
];

export const amountsOf = ({ grounds, rate }: Version): Record<string, AmountRule> => ({
  monthly: {
    fen: 'size(workers) * halfUp(p.minimumWageFen, p.rate)',
    label: text('本月岗位补贴', 'post subsidy of the month'),
    per: 'period',
    cite: grounds.inferred(
      rate,
      text('按月最低工资标准、按人按月计发，计至分、四舍五入。', 'By person and month from the monthly minimum wage, to the nearest fen.'),
    ),
  },
});
