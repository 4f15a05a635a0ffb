import { text } from '../documents/document.js';
import type { Facts, WorkedExample } from '../policy.js';

/** A firm of a size with so many of its staff laid off. */
const firm = (firmSize: string, benefitClaimants: number, insuredHeadcount: number, change: Facts = {}): Facts => ({
  payeeKind: 'enterprise',
  payeeKey: 'firm-1',
  insured: true,
  firmSize,
  affectedByEpidemic: false,
  insuredHeadcount,
  staff: insuredHeadcount,
  benefitClaimants,
  netDecrease: benefitClaimants,
  employerPremiumsFen: '500000',
  employeePremiumsFen: '500000',
  ...change,
});

const judged = (zh: string, en: string, facts: Facts, eligible: boolean): WorkedExample => ({
  name: text(zh, en),
  facts,
  expect: eligible ? { eligible: true } : { eligible: false, unmet: ['few-layoffs'] },
});

/** The boundaries of the catalogue; a rate is compared exactly. */
export const examples: readonly WorkedExample[] = [
  {
    name: text('缴费1万元：返还8000元', 'premiums of 10,000 yuan: 8,000 back'),
    facts: firm('SMALL', 0, 100),
    expect: {
      eligible: true,
      amounts: { refund: '800000' },
      remainderFen: '800000',
      recoverFen: '0',
      keys: ['stabilisation-refund firm-1'],
    },
  },
  {
    name: text('只返还单位缴纳部分时：4000元', 'only the firm’s own premiums: 4,000'),
    facts: firm('SMALL', 0, 100),
    set: { premiumBase: 'EMPLOYER' },
    expect: { amounts: { refund: '400000' } },
  },
  judged('中小微企业11/200＝5.5%：符合', 'small firm, 11 of 200 = 5.5 %: yes', firm('MEDIUM', 11, 200), true),
  judged('中小微企业10/200＝5%：符合', 'small firm, 10 of 200 = 5 %: yes', firm('MEDIUM', 10, 200), true),
  judged('中小微企业12/200＝6%：不符合', 'small firm, 12 of 200 = 6 %: no', firm('MEDIUM', 12, 200), false),
  judged('中小微企业549/10000＝5.49%：符合', 'small firm, 5.49 %: yes', firm('SMALL', 549, 10_000), true),
  judged('中小微企业550/10000＝5.5%：符合', 'small firm, 5.5 %: yes', firm('MICRO', 550, 10_000), true),
  judged('中小微企业551/10000＝5.51%：不符合', 'small firm, 5.51 %: no', firm('SMALL', 551, 10_000), false),
  judged('中小微企业6/100：不符合', 'small firm, 6 of 100: no', firm('MEDIUM', 6, 100), false),
  judged('大型企业181/5000＝3.62%：不符合', 'large firm, 181 of 5000 = 3.62 %: no', firm('LARGE', 181, 5000), false),
  judged('大型企业180/5000：符合', 'large firm, 180 of 5000: yes', firm('LARGE', 180, 5000), true),
  judged('大型企业182/5000：不符合', 'large firm, 182 of 5000: no', firm('LARGE', 182, 5000), false),
  judged('大型企业3.619%：符合', 'large firm, 3.619 %: yes', firm('LARGE', 3619, 100_000), true),
  judged('大型企业3.62%，以十万计：不符合', 'large firm, 3.62 % of a hundred thousand: no', firm('LARGE', 3620, 100_000), false),
  judged('大型企业3.621%：不符合', 'large firm, 3.621 %: no', firm('LARGE', 3621, 100_000), false),
  judged(
    '大型企业受疫情影响，12/200：不符合',
    'large firm hit by the epidemic, 12 of 200: no',
    firm('LARGE', 12, 200, { affectedByEpidemic: true }),
    false,
  ),
  judged(
    '大型企业受疫情影响，11/200：符合',
    'large firm hit by the epidemic, 11 of 200: yes',
    firm('LARGE', 11, 200, { affectedByEpidemic: true }),
    true,
  ),
  judged('30人裁6人＝20%：符合', '6 of 30 = 20 %: yes', firm('LARGE', 6, 30), true),
  judged('30人裁5人：符合', '5 of 30: yes', firm('LARGE', 5, 30), true),
  judged('29人裁5人＝17.24%：符合', '5 of 29 = 17.24 %: yes', firm('LARGE', 5, 29), true),
  judged('29人裁6人＝20.69%：不符合', '6 of 29 = 20.69 %: no', firm('LARGE', 6, 29), false),
  judged('31人裁6人：超过30人，不符合', '6 of 31: more than thirty people, no', firm('LARGE', 6, 31), false),
  judged('31人裁1人＝3.23%：符合', '1 of 31 = 3.23 %: yes', firm('LARGE', 1, 31), true),
  judged('30人裁7人：不符合', '7 of 30: no', firm('LARGE', 7, 30), false),
  judged('31人裁2人＝6.45%：不符合', '2 of 31 = 6.45 %: no', firm('SMALL', 2, 31), false),
  {
    name: text('按净减少数：领取7人、净减少6人，30人：符合', 'counted by net decrease: 7 drew benefit, 6 fewer, of 30: yes'),
    facts: firm('LARGE', 7, 30, { netDecrease: 6 }),
    set: { layoffRateMethod: 'NET_DECREASE' },
    expect: { eligible: true },
  },
  {
    name: text('按净减少数：领取6人、净减少7人：不符合', 'counted by net decrease: 6 drew benefit, 7 fewer: no'),
    facts: firm('LARGE', 6, 30, { netDecrease: 7 }),
    set: { layoffRateMethod: 'NET_DECREASE' },
    expect: { eligible: false, unmet: ['few-layoffs'] },
  },
  {
    name: text('按全部职工：参保30人、全部31人，裁6人：不符合', 'all staff counted: 30 insured of 31, 6 laid off: no'),
    facts: firm('LARGE', 6, 30, { staff: 31 }),
    set: { headcountBase: 'ALL_STAFF' },
    expect: { eligible: false, unmet: ['few-layoffs'] },
  },
  {
    name: text('按参保职工：参保30人、全部31人，裁6人：符合', 'insured staff counted: 30 of 31, 6 laid off: yes'),
    facts: firm('LARGE', 6, 30, { staff: 31 }),
    expect: { eligible: true },
  },
  ...[
    ['500000', '499999', '799999'],
    ['500000', '500001', '800000'],
  ].map(
    ([employerPremiumsFen = '', employeePremiumsFen = '', refund = '']): WorkedExample => ({
      name: text(
        `缴费${(Number(employerPremiumsFen) + Number(employeePremiumsFen)) / 100}元：返还${Number(refund) / 100}元，舍去不足一分的部分`,
        `premiums of ${(Number(employerPremiumsFen) + Number(employeePremiumsFen)) / 100}: ${Number(refund) / 100} back, rounded down`,
      ),
      facts: firm('SMALL', 0, 100, { employerPremiumsFen, employeePremiumsFen }),
      expect: { amounts: { refund } },
    }),
  ),
  ...(['2020-11-30', '2020-12-01', '2020-12-02'] as const).map(
    (epidemicTo, at): WorkedExample => ({
      name: text(
        `疫情防控至${epidemicTo}，12月1日申报：${at > 0 ? '在' : '不在'}期内`,
        `control until ${epidemicTo}, applied on 1 December: ${at > 0 ? 'inside' : 'outside'}`,
      ),
      on: '2020-12-01',
      facts: firm('SMALL', 0, 100),
      set: { epidemicTo },
      expect: { eligible: true, inWindow: at > 0 },
    }),
  ),
  judged('没有职工：不符合', 'no staff at all: no', firm('SMALL', 0, 0), false),
  {
    name: text('个人不是企业', 'a person is no firm'),
    facts: firm('SMALL', 0, 100, { payeeKind: 'citizen' }),
    expect: { eligible: false, unmet: ['insured-enterprise'] },
  },
];
