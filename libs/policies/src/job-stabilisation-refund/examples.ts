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
  judged('中小微企业6/100：不符合', 'small firm, 6 of 100: no', firm('MEDIUM', 6, 100), false),
  judged('大型企业181/5000＝3.62%：不符合', 'large firm, 181 of 5000 = 3.62 %: no', firm('LARGE', 181, 5000), false),
  judged('大型企业180/5000：符合', 'large firm, 180 of 5000: yes', firm('LARGE', 180, 5000), true),
  judged(
    '大型企业受疫情影响，11/200：符合',
    'large firm hit by the epidemic, 11 of 200: yes',
    firm('LARGE', 11, 200, { affectedByEpidemic: true }),
    true,
  ),
  judged('30人裁6人＝20%：符合', '6 of 30 = 20 %: yes', firm('LARGE', 6, 30), true),
  judged('30人裁7人：不符合', '7 of 30: no', firm('LARGE', 7, 30), false),
  judged('31人裁2人＝6.45%：不符合', '2 of 31 = 6.45 %: no', firm('SMALL', 2, 31), false),
  judged('没有职工：不符合', 'no staff at all: no', firm('SMALL', 0, 0), false),
  {
    name: text('个人不是企业', 'a person is no firm'),
    facts: firm('SMALL', 0, 100, { payeeKind: 'citizen' }),
    expect: { eligible: false, unmet: ['insured-enterprise'] },
  },
];
