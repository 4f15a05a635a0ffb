import { choice, external, text } from '../documents/document.js';
import type { AmountRule, Cite, Fact, Parameter, Rule, Text } from '../policy.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import type { Version } from './index.js';

/** The provincial rules on apprenticeships, known from reports only. */
export const reported = (note: Text): Cite => external('辽人社发〔2019〕10号《关于全面推行企业新型学徒制的实施意见》', '补贴', note);

const rows = { list: { person: 'person', kind: 'string', level: 'string', highCost: 'bool', scarce: 'bool' } } as const;

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  planListed: { type: 'bool', label: text('培训计划已备案并列入目录', 'training plan filed and listed'), from: 'data' },
  trainingStartsOn: { type: 'date', label: text('培训开始日期', 'first day of training'), from: 'form' },
  trainingEndsOn: { type: 'date', label: text('培训结束日期', 'last day of training'), from: 'form' },
  plannedMonths: { type: 'int', label: text('计划培养月数', 'months of training planned'), from: 'form' },
  apprentices: {
    type: rows,
    label: text('学徒（类别、等级、是否培养成本高、急需紧缺）', 'apprentices (kind, level, high training cost, scarce occupation)'),
    columns: {
      kind: {
        oneOf: [
          choice('newGraduate', '新招用高校毕业生', 'newly hired graduate'),
          choice('youngStaff', '在职青年职工', 'young staff'),
          choice('other', '其他', 'other'),
        ],
        others: 'apprenticeKinds',
      },
    },
    from: 'upload',
  },
  qualified: {
    type: { list: { person: 'person', level: 'string' } },
    label: text('考核合格学徒及取得的等级', 'apprentices who qualified, and at which level'),
    from: 'upload',
  },
});

export const parametersOf = ({ grounds, standard, uplift, year }: Version): Parameter[] => [
  {
    key: 'apprenticeKinds',
    label: text('培养对象类别', 'who may be trained'),
    value: ['newGraduate', 'youngStaff'],
    cite: grounds.inferred(
      '组织新招用高校毕业生或在职青年职工等',
      text('“等”字未列尽，其他对象由主管部门增列。', 'The list ends in "and others"; the authority may add to it.'),
    ),
  },
  {
    key: 'minDurationMonths',
    label: text('最短培养期限（月）', 'shortest training (months)'),
    value: 12,
    range: { least: 1, most: 60 },
    cite: year,
  },
  {
    key: 'standards',
    label: text('补贴标准（每人每年）', 'standard by person and year'),
    value: { 企业新型学徒: { 中级: '500000', 高级: '600000', 其他: '400000' } },
    sample: true,
    cite: reported(
      text(
        '文件引用另文，未载数额；据丹东公开办事指南所引省标准：中级5000元、高级6000元、其他证书4000元；大连标准未查得，使用前须核对。',
        'The document refers to another one; figures from a public guide of Dandong to the provincial rules. Dalian’s own were not found; check before use.',
      ),
    ),
  },
  {
    key: 'upliftRate',
    label: text('培养成本高、急需紧缺职业上浮比例', 'more for costly and scarce occupations'),
    value: '20%',
    cite: grounds.stated(uplift),
  },
  {
    key: 'upliftEnabled',
    label: text('实行上浮', 'the higher standard is used'),
    value: true,
    cite: grounds.inferred(uplift, text('“可”上浮：由主管部门决定，默认实行。', '"May": for the authority to decide; used by default.')),
  },
  {
    key: 'advanceEnabled',
    label: text('实行预拨', 'advances are paid'),
    value: true,
    cite: reported(text('文件未规定；据公开办事指南预拨。', 'The document is silent; advanced by a public guide.')),
  },
  {
    key: 'advanceRate',
    label: text('预拨比例', 'share advanced'),
    value: '50%',
    cite: reported(text('文件未规定；据公开办事指南“不超过50%”。', 'The document is silent; by a public guide 50 % at most.')),
  },
  {
    key: 'durationBasis',
    label: text('按年标准如何折算', 'how the yearly standard is counted'),
    value: 'MONTHS',
    oneOf: [
      { value: 'MONTHS', label: text('按计划培养月数折算', 'by the months planned') },
      { value: 'FULL_YEARS', label: text('只计满一年', 'full years only') },
    ],
    cite: grounds.inferred(
      standard,
      text('标准按人·年，不满整年的折算办法未写明。', 'The standard is by person and year; how parts of a year count is not said.'),
    ),
  },
];

export const rulesOf = ({ grounds, grant, standard, year }: Version): Rule[] => [
  {
    id: 'enterprise',
    when: "payeeKind == 'enterprise'",
    reason: text('申报人应为企业', 'the applicant must be an enterprise'),
    cite: grounds.stated(grant),
  },
  {
    id: 'plan-listed',
    when: 'planListed',
    reason: text('培训计划应已备案并列入目录', 'the training plan must be filed and listed'),
    cite: reported(text('文件未提；据公开办事指南。', 'Not in the document; by a public guide.')),
  },
  {
    id: 'apprentices-present',
    when: 'size(apprentices) > 0 && distinct(apprentices.map(a, a.person))',
    reason: text('名册不能为空，同一人只能列一次', 'the roster must not be empty, and nobody may be on it twice'),
    cite: grounds.inferred(grant, text('补贴按人计算。', 'The subsidy is counted by person.')),
  },
  {
    id: 'apprentices-eligible',
    when: 'apprentices.all(a, a.kind in p.apprenticeKinds)',
    reason: text('学徒应为新招用高校毕业生或在职青年职工', 'apprentices must be newly hired graduates or young staff'),
    cite: grounds.stated('组织新招用高校毕业生或在职青年职工等'),
  },
  {
    id: 'levels-listed',
    when: "apprentices.all(a, listed(p.standards, '企业新型学徒', a.level))",
    reason: text('每一培养等级都应有补贴标准', 'every level must have a standard'),
    cite: grounds.inferred(standard, text('补贴按等级标准计算。', 'The subsidy is counted by the standard of the level.')),
  },
  {
    id: 'long-enough',
    when: 'plannedMonths >= p.minDurationMonths',
    reason: text('培养期限应不少于规定月数', 'training must last as many months as required'),
    cite: year,
  },
  {
    id: 'dates-agree',
    when: 'plannedMonths > 0 && days(trainingStartsOn, trainingEndsOn) + 1 >= days(trainingStartsOn, addMonths(trainingStartsOn, plannedMonths))',
    reason: text('培训起止日期应达到计划培养月数', 'the first and last day must cover the months planned'),
    cite: year,
  },
];

const raised = (level: string, is: string): string => {
  const base = `standard(p.standards, '企业新型学徒', ${level})`;
  return `${base} + (p.upliftEnabled && ${is} ? share(${base}, p.upliftRate) : 0)`;
};
const whole = "p.durationBasis == 'MONTHS' ? plannedMonths : wholes(plannedMonths, 12) * 12";
const forTerm = (total: string): string => `portion(${total}, ${whole}, 12)`;

const perYear = reported(text('标准按每人每年，一年十二个月。', 'The standard is by person and year, a year being twelve months.'));

/** The roster decides who costs more; the certificate decides the level. */
export const amountsOf = (_: Version): Record<string, AmountRule> => ({
  estimate: {
    fen: forTerm(`sum(apprentices.map(a, ${raised('a.level', '(a.highCost || a.scarce)')}))`),
    label: text('预计补贴数额', 'estimated subsidy'),
    cite: perYear,
  },
  advance: {
    fen: 'share(estimate, p.advanceRate)',
    label: text('预拨数额', 'advance'),
    cite: reported(text('预计数额的50%以内。', 'Up to 50 % of the estimate.')),
  },
  assessed: {
    fen: forTerm(`sum(qualified.map(q, ${raised('q.level', 'apprentices.exists(a, a.person == q.person && (a.highCost || a.scarce))')}))`),
    label: text('核定补贴数额', 'assessed subsidy'),
    valid: {
      when: 'distinct(qualified.map(q, q.person)) && qualified.all(q, apprentices.exists(a, a.person == q.person))',
      reason: text('合格人员应在学徒名册内，且不得重复。', 'Those who qualified must be on the roster, each once.'),
    },
    cite: perYear,
  },
});
