import { text } from '../documents/document.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import { listedOnce } from '../tables/employers.js';
import { hiringStandard } from '../tables/hiring-subsidy.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import type { Version } from './index.js';

const who = '企业吸纳登记失业半年以上人员和高校毕业生就业';
const half = '可预拨不超过50%的一次性吸纳就业补贴';

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  hires: {
    type: {
      list: {
        person: 'person',
        unemployedMonths: 'int',
        graduate: 'bool',
        monthsSinceGraduation: 'int',
        contractMonths: 'int',
        insured: 'bool',
        contributionsPaid: 'bool',
      },
    },
    label: text(
      '吸纳人员（登记失业月数、是否高校毕业生、毕业月数、合同月数、参保、缴费）',
      'people hired (months registered as unemployed, graduate, months since graduation, months of contract, insured, contributions paid)',
    ),
    from: 'upload',
  },
  inReliefPeriod: {
    type: 'bool',
    label: text('企业在阶段性减免社会保险费期限内', 'the firm is in the period of relief from contributions'),
    from: 'data',
  },
  contributionsResumed: {
    type: 'bool',
    label: text('已为吸纳人员恢复缴纳社会保险费', 'contributions for the people hired are paid again'),
    from: 'data',
  },
});

export const parametersOf = ({ grounds, insurance }: Version): Parameter[] => [
  ...hiringStandard(grounds),
  {
    key: 'minUnemployedMonths',
    label: text('登记失业最短月数', 'fewest months registered as unemployed'),
    value: 6,
    cite: grounds.stated(who),
  },
  {
    key: 'minContractMonths',
    label: text('劳动合同最短月数', 'shortest contract (months)'),
    value: 12,
    range: { least: 1, most: 60 },
    cite: grounds.stated(insurance),
  },
  {
    key: 'graduateMaxMonths',
    label: text('高校毕业生毕业后月数上限（0为不限）', 'most months since graduation (0: no limit)'),
    value: 0,
    range: { least: 0, most: 240 },
    cite: grounds.inferred(who, text('文件未限毕业年限，默认不限。', 'The document sets no limit since graduation; none by default.')),
  },
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
    key: 'remainderSla',
    label: text('余下部分内部时限（工作日）', 'internal limit for the rest (working days)'),
    value: 5,
    range: { least: 1, most: 60 },
    cite: grounds.open(text('文件未规定余下部分的时限。', 'The document sets no limit for the rest.')),
  },
  {
    key: 'resumeMonths',
    label: text('等待恢复缴费的期限（月）', 'how long resumption is waited for (months)'),
    value: 12,
    range: { least: 1, most: 60 },
    cite: grounds.open(text('文件未规定等待期限。', 'The document does not say how long to wait.')),
  },
];

export const rulesOf = ({ grounds, insurance }: Version): Rule[] => [
  {
    id: 'enterprise',
    when: "payeeKind == 'enterprise'",
    reason: text('申报人应为企业', 'the applicant must be an enterprise'),
    cite: grounds.stated(who),
  },
  listedOnce('hires', grounds.inferred(who, text('补贴按人计算。', 'The subsidy is counted by person.'))),
  {
    id: 'hires-eligible',
    when: 'hires.all(h, h.unemployedMonths >= p.minUnemployedMonths || (h.graduate && (p.graduateMaxMonths == 0 || h.monthsSinceGraduation <= p.graduateMaxMonths)))',
    reason: text(
      '应为登记失业半年以上人员或高校毕业生',
      'everybody must have been registered as unemployed for half a year, or be a graduate',
    ),
    cite: grounds.stated(who),
  },
  {
    id: 'contract-long-enough',
    when: 'hires.all(h, h.contractMonths >= p.minContractMonths)',
    reason: text('应签订1年以上劳动合同', 'everybody must have a contract of a year or more'),
    cite: grounds.stated(insurance),
  },
  {
    id: 'contributions-paid',
    when: 'hires.all(h, h.contributionsPaid || (inReliefPeriod && h.insured))',
    reason: text('应缴纳社会保险费（减免期内应已参保）', 'contributions must be paid, or in the relief period everybody be insured'),
    cite: grounds.inferred(
      insurance,
      text('减免期内免缴的，以已参保为准。', 'Where relief is granted from contributions, being insured counts.'),
    ),
  },
];

export const amountsOf = ({ grounds }: Version): Record<string, AmountRule> => ({
  total: {
    fen: 'size(hires) * p.hiringStandardFen',
    label: text('一次性吸纳就业补贴', 'subsidy for hiring'),
    cite: grounds.inferred('按规定给予一次性吸纳就业补贴', text('按吸纳人数乘以标准计算。', 'People hired times the standard.')),
  },
  advance: {
    fen: 'least(share(total, p.advanceRate), share(total, p.advanceLimit))',
    label: text('预拨数额', 'advance'),
    cite: grounds.stated(half),
  },
});
