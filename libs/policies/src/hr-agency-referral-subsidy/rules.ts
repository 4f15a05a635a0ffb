import { type Grounds, text } from '../documents/document.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import { employingUnit, listedOnce } from '../tables/employers.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { springFestival } from '../tables/spring-festival.js';

const firms = '对春节期间（截至2020年2月9日）开工生产、配送疫情防控急需物资的企业';
const agencies = '对向上述企业提供职业介绍的人力资源服务机构';
const referred = '推荐登记失业半年以上人员就业且签订1年以上劳动合同并按规定缴纳社会保险的';
export const fee = '按300元/人的标准给予一次性就业创业服务补助';
export const granted = `${agencies}，${referred}，${fee}`;

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  hrAgency: { type: 'bool', label: text('人力资源服务机构', 'a human resources agency'), from: 'data' },
  referrals: {
    type: {
      list: {
        person: 'person',
        employerSupplies: 'bool',
        employerOperatedOn: 'date',
        unemployedMonths: 'int',
        contractMonths: 'int',
        insurancePaid: 'bool',
        proven: 'bool',
      },
    },
    label: text(
      '推荐就业人员（用人企业是否生产配送急需物资及开工日期、登记失业月数、合同月数、缴费、有推荐记录）',
      'people referred (the employer’s urgent supplies and a day at work, months registered as unemployed, months of contract, contributions, referral on record)',
    ),
    from: 'upload',
  },
});

export const parametersOf = (grounds: Grounds): Parameter[] => [
  ...springFestival(grounds, firms),
  { key: 'feeFen', label: text('补助标准（每人）', 'allowance for each person'), value: '30000', cite: grounds.stated(fee) },
  {
    key: 'minUnemployedMonths',
    label: text('登记失业最短月数', 'fewest months registered as unemployed'),
    value: 6,
    cite: grounds.stated(referred),
  },
  { key: 'minContractMonths', label: text('劳动合同最短月数', 'shortest contract (months)'), value: 12, cite: grounds.stated(referred) },
];

export const rulesOf = (grounds: Grounds): Rule[] => [
  employingUnit(
    grounds.inferred(
      agencies,
      text('机构可为企业、事业单位或其他组织。', 'An agency may be a firm, a public institution or another body.'),
    ),
  ),
  {
    id: 'agency',
    when: 'hrAgency',
    reason: text('申报人应为人力资源服务机构', 'the applicant must be a human resources agency'),
    cite: grounds.stated(agencies),
  },
  listedOnce('referrals', grounds.inferred(fee, text('补助按人计算。', 'The allowance is counted by person.'))),
  {
    id: 'employer-qualifies',
    when: 'referrals.all(r, r.employerSupplies && p.festivalFrom <= r.employerOperatedOn && r.employerOperatedOn <= p.festivalTo)',
    reason: text(
      '用人企业应为春节期间开工生产、配送急需物资的企业',
      'every employer must have produced or delivered urgent supplies over the Spring Festival',
    ),
    cite: grounds.stated(
      agencies,
      text(
        '“上述企业”须符合前句的开工条件；不要求其已领取补贴。',
        'The employers are those of the sentence before; they need not have drawn their own subsidy.',
      ),
    ),
  },
  {
    id: 'unemployed-long-enough',
    when: 'referrals.all(r, r.unemployedMonths >= p.minUnemployedMonths)',
    reason: text('应为登记失业半年以上人员', 'everybody must have been registered as unemployed for half a year'),
    cite: grounds.stated(referred),
  },
  {
    id: 'contract-long-enough',
    when: 'referrals.all(r, r.contractMonths >= p.minContractMonths)',
    reason: text('应签订1年以上劳动合同', 'everybody must have a contract of a year or more'),
    cite: grounds.stated(referred),
  },
  {
    id: 'insurance-paid',
    when: 'referrals.all(r, r.insurancePaid)',
    reason: text('应按规定缴纳社会保险', 'social insurance must be paid for everybody'),
    cite: grounds.stated(referred),
  },
  {
    id: 'referral-proven',
    when: 'referrals.all(r, r.proven)',
    reason: text('应有推荐记录', 'every referral must be on record'),
    cite: grounds.inferred(referred, text('“推荐”须有记录可查。', 'A referral must be shown by a record.')),
  },
];

export const amountsOf = (grounds: Grounds): Record<string, AmountRule> => ({
  total: {
    fen: 'size(referrals) * p.feeFen',
    label: text('就业创业服务补助', 'allowance for referrals'),
    cite: grounds.stated(fee),
  },
});
