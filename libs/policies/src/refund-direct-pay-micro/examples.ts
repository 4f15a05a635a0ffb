import { text } from '../documents/document.js';
import type { Facts, WorkedExample } from '../policy.js';

/** A firm with so many insured people, and what is special about it. */
const firm = (insuredHeadcount: number, change: Facts = {}): Facts => ({
  payeeKind: 'enterprise',
  payeeKey: 'firm-1',
  insured: true,
  firmSize: 'MICRO',
  affectedByEpidemic: false,
  insuredHeadcount,
  staff: insuredHeadcount,
  benefitClaimants: 0,
  netDecrease: 0,
  employerPremiumsFen: '300000',
  employeePremiumsFen: '200000',
  inBusiness: true,
  dishonest: false,
  ...change,
});

const judged = (zh: string, en: string, facts: Facts, unmet: readonly string[], more: Partial<WorkedExample> = {}): WorkedExample => ({
  name: text(zh, en),
  facts,
  ...more,
  expect: unmet.length === 0 ? { eligible: true } : { eligible: false, unmet },
});

/** The boundaries of the catalogue; the rates of lay-offs are those of the refund on application. */
export const examples: readonly WorkedExample[] = [
  {
    name: text('缴费5000元：免申领返还4000元', 'premiums of 5,000 yuan: 4,000 without application'),
    facts: firm(8),
    expect: {
      eligible: true,
      inWindow: true,
      amounts: { refund: '400000' },
      remainderFen: '400000',
      recoverFen: '0',
      conditions: { enterpriseFirst: true, affected: false },
      keys: ['stabilisation-refund firm-1'],
    },
  },
  {
    name: text('缴费10000元：8000元', 'premiums of 10,000 yuan: 8,000'),
    facts: firm(10, { employerPremiumsFen: '500000', employeePremiumsFen: '500000' }),
    expect: { amounts: { refund: '800000' } },
  },
  {
    name: text('受疫情影响：也可由第二项资金列支', 'hit by the epidemic: the second fund may pay too'),
    facts: firm(8, { affectedByEpidemic: true }),
    expect: { eligible: true, conditions: { affected: true } },
  },
  judged('9人：免申领', '9 people: without application', firm(9), []),
  judged('10人：含本数', '10 people: included', firm(10), []),
  judged('11人：须自行申领', '11 people: on application only', firm(11), ['few-staff']),
  judged('“以下”不含本数时：9人可以', 'where ten is not included: 9 may', firm(9), [], { set: { microHeadcountInclusive: false } }),
  judged('“以下”不含本数时：11人不可', 'where ten is not included: 11 may not', firm(11), ['few-staff'], {
    set: { microHeadcountInclusive: false },
  }),
  judged('“以下”不含本数时：10人不可', 'where ten is not included: 10 may not', firm(10), ['few-staff'], {
    set: { microHeadcountInclusive: false },
  }),
  judged('10人裁1人＝10%：符合', '1 of 10 laid off: yes', firm(10, { benefitClaimants: 1 }), []),
  judged('10人裁2人＝20%：符合', '2 of 10 = 20 %: yes', firm(10, { benefitClaimants: 2 }), []),
  judged('10人裁3人：不符合', '3 of 10: no', firm(10, { benefitClaimants: 3 }), ['few-layoffs']),
  judged('小型企业：符合', 'a small firm: yes', firm(10, { firmSize: 'SMALL' }), []),
  judged('大型企业：不是小微', 'a large firm is neither', firm(10, { firmSize: 'LARGE' }), ['small-or-micro']),
  judged('中型企业：不是小微', 'a medium firm is neither small nor micro', firm(10, { firmSize: 'MEDIUM' }), ['small-or-micro']),
  judged('未参保', 'not insured', firm(8, { insured: false }), ['insured-enterprise']),
  judged('已注销', 'struck off', firm(8, { inBusiness: false }), ['in-business']),
  judged('严重失信', 'seriously dishonest', firm(8, { dishonest: true }), ['honest']),
];
