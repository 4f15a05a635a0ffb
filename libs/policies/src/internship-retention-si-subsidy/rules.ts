import { text } from '../documents/document.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import { employingUnit, listedOnce } from '../tables/employers.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import type { Version } from './index.js';

export const granted = '高校毕业生见习期满被留用的，除按规定拨付余下补贴外，可预拨用人单位不超过50%的社会保险补贴';
const half = '可预拨用人单位不超过50%的社会保险补贴';

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  retained: {
    type: {
      list: { person: 'person', collegeGraduate: 'bool', internshipCompleted: 'bool', contract: 'bool', monthlyContributionFen: 'int' },
    },
    label: text(
      '留用人员（高校毕业生、见习期满、已签合同、预计单位月缴费额）',
      'people kept (college graduate, internship completed, contract, expected monthly contribution of the employer)',
    ),
    from: 'data',
  },
  retainedOn: { type: 'date', label: text('留用日期', 'day they were kept'), from: 'data' },
  termEndsOn: { type: 'date', label: text('补贴期满日期', 'last day of the subsidy'), from: 'form' },
  contributions: {
    type: { list: { person: 'person', months: 'int', employerPaidFen: 'int' } },
    label: text('补贴期内单位实缴（月数、金额）', 'paid by the employer within the term (months, amount)'),
    from: 'data',
  },
});

export const parametersOf = ({ grounds }: Version): Parameter[] => [
  { key: 'advanceLimit', label: text('预拨比例上限', 'most that may be advanced'), value: '50%', cite: grounds.stated(half) },
  {
    key: 'advanceRate',
    label: text('预拨比例（不超过上限）', 'share advanced (up to the limit)'),
    value: '50%',
    cite: grounds.inferred(half, text('“不超过”50%：默认按上限。', '"Up to" 50 %: the limit by default.')),
  },
  {
    key: 'advanceEnabled',
    label: text('实行预拨', 'advances are paid'),
    value: true,
    cite: grounds.inferred(half, text('“可”预拨：由主管部门决定，默认实行。', '"May": for the authority to decide; paid by default.')),
  },
  {
    key: 'subsidyRate',
    label: text('补贴占单位缴费的比例', 'share of the employer’s contributions'),
    value: '100%',
    cite: grounds.open(
      text('文件未载比例，默认按单位缴费全额。', 'The document gives no share; the whole contribution of the employer by default.'),
    ),
  },
  {
    key: 'subsidyMonths',
    label: text('补贴月数', 'months subsidised'),
    value: 12,
    range: { least: 1, most: 36 },
    cite: grounds.open(text('文件未载期限，默认12个月。', 'The document gives no term; twelve months by default.')),
  },
];

export const rulesOf = ({ grounds }: Version): Rule[] => [
  employingUnit(grounds.stated(half)),
  listedOnce('retained', grounds.inferred(granted, text('补贴按人计算。', 'The subsidy is counted by person.'))),
  {
    id: 'college-graduates',
    when: 'retained.all(r, r.collegeGraduate)',
    reason: text('留用人员应为高校毕业生', 'everybody kept must be a college graduate'),
    cite: grounds.stated(granted),
  },
  {
    id: 'internship-completed',
    when: 'retained.all(r, r.internshipCompleted)',
    reason: text('留用人员应见习期满', 'everybody kept must have completed the internship'),
    cite: grounds.stated(granted),
  },
  {
    id: 'kept-by-contract',
    when: 'retained.all(r, r.contract)',
    reason: text('留用人员应与见习单位签订劳动合同', 'everybody kept must have a contract with the host'),
    cite: grounds.inferred(granted, text('“留用”以劳动合同为准。', 'Being kept is shown by a labour contract.')),
  },
  {
    id: 'term-agrees',
    when: 'retainedOn <= termEndsOn && termEndsOn <= addMonths(retainedOn, p.subsidyMonths)',
    reason: text(
      '补贴期应自留用之日起、不超过补贴月数',
      'the term must begin when they are kept and last no longer than the months subsidised',
    ),
    cite: grounds.inferred(granted, text('补贴自留用起算。', 'The subsidy runs from the day they are kept.')),
  },
];

export const amountsOf = ({ grounds }: Version): Record<string, AmountRule> => ({
  estimate: {
    fen: 'share(sum(retained.map(r, r.monthlyContributionFen)) * p.subsidyMonths, p.subsidyRate)',
    label: text('预计社会保险补贴', 'estimated subsidy'),
    cite: grounds.inferred(granted, text('预计单位缴费乘以月数和比例。', 'Expected contributions times months and share.')),
  },
  advance: {
    fen: 'least(share(estimate, p.advanceRate), share(estimate, p.advanceLimit))',
    label: text('预拨数额', 'advance'),
    cite: grounds.stated(half),
  },
  actual: {
    fen: 'share(sum(contributions.map(c, c.employerPaidFen)), p.subsidyRate)',
    label: text('据实核定的补贴', 'subsidy by contributions paid'),
    valid: {
      when: 'distinct(contributions.map(c, c.person)) && contributions.all(c, c.months <= p.subsidyMonths && retained.exists(r, r.person == c.person))',
      reason: text(
        '实缴人员应在留用名单内、每人一行，月数不超过补贴月数。',
        'Contributions must be of people kept, one row each, and of no more months than are subsidised.',
      ),
    },
    cite: grounds.inferred(granted, text('按单位实际缴费计算。', 'By what the employer actually paid.')),
  },
});
