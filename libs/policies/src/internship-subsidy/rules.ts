import { choice, text } from '../documents/document.js';
import type { AmountRule, Fact, Rule } from '../policy.js';
import { employingUnit, listedOnce } from '../tables/employers.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { isImmersed } from './immersion.js';
import type { Version } from './index.js';
import { half, scheme } from './parameters.js';

export const granted = '对组织符合条件人员参加就业见习的单位，可预拨最多50%就业见习补贴';
export const rest = '除按规定拨付余下补贴外';
const who = '对组织符合条件人员参加就业见习的单位';

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  approvedBase: { type: 'bool', label: text('列入见习基地', 'on the list of internship hosts'), from: 'data' },
  startsOn: { type: 'date', label: text('见习开始日期', 'first day of the internship'), from: 'form' },
  endsOn: { type: 'date', label: text('计划结束日期', 'planned last day'), from: 'form' },
  claimsInsurance: { type: 'bool', label: text('申请人身意外伤害保险补贴', 'accident insurance is claimed'), from: 'form' },
  interns: {
    type: {
      list: {
        person: 'person',
        kind: 'string',
        graduationYear: 'int',
        monthsSinceLeaving: 'int',
        age: 'int',
        unemployed: 'bool',
        plannedMonths: 'int',
      },
    },
    label: text(
      '见习人员（类别、毕业年份、离校月数、年龄、失业、计划月数）',
      'interns (kind, year of graduation, months since leaving, age, unemployed, months planned)',
    ),
    columns: {
      kind: {
        oneOf: [
          choice('graduate', '高校毕业生', 'graduate'),
          choice('youth', '失业青年', 'unemployed young person'),
          choice('immersion', '“浸润行动”', 'teaching in village schools'),
        ],
      },
    },
    from: 'upload',
  },
  endedOn: { type: 'date', label: text('实际结束日期', 'day it ended'), from: 'form' },
  interruptedDays: { type: 'int', label: text('因疫情中断天数合计', 'days interrupted by the epidemic'), from: 'data' },
  results: {
    type: { list: { person: 'person', months: 'int', retained: 'bool' } },
    label: text('见习结果（实际见习月数，不含中断；是否留用）', 'results (months served, interruptions left out; kept or not)'),
    from: 'upload',
  },
});

const eligible = [
  "(i.kind == 'graduate' && i.monthsSinceLeaving <= p.graduateMonths)",
  "(i.kind == 'youth' && i.unemployed && p.youthFromAge <= i.age && i.age <= p.youthToAge)",
].join(' || ');

export const rulesOf = ({ grounds, immersion }: Version): Rule[] => [
  employingUnit(grounds.stated(who)),
  {
    id: 'internship-host',
    when: '!p.baseRequired || approvedBase',
    reason: text('应列入见习基地', 'the host must be on the list'),
    cite: grounds.open(text('文件未写见习单位条件，默认要求列入基地。', 'Not in the document; asked for by default.')),
  },
  listedOnce('interns', grounds.inferred(who, text('补贴按人计算。', 'The subsidy is counted by person.'))),
  {
    id: 'interns-eligible',
    when: `interns.all(i, ${eligible}${immersion ? ` || ${isImmersed}` : ''})`,
    reason: text('见习人员应符合条件', 'every intern must belong to a group that qualifies'),
    cite: grounds.inferred(
      who,
      text(
        '“符合条件人员”未列明，默认为离校2年内毕业生和16至24岁失业青年。',
        'Who qualifies is not said; by default graduates within two years and the unemployed of 16 to 24.',
      ),
    ),
  },
  {
    id: 'term-in-bounds',
    when: 'interns.all(i, p.minMonths <= i.plannedMonths && i.plannedMonths <= p.maxMonths)',
    reason: text('见习期应在规定月数之内', 'every internship must keep to the shortest and longest term'),
    cite: scheme(text('文件未载期限；据公开转载为3至12个月。', 'Not in the document; 3 to 12 months by a public reprint.')),
  },
  {
    id: 'dates-agree',
    when: 'startsOn <= endsOn && interns.all(i, days(startsOn, endsOn) + 1 >= days(startsOn, addMonths(startsOn, i.plannedMonths)))',
    reason: text('起止日期应达到计划月数', 'the first and last day must cover the months planned'),
    cite: grounds.inferred(who, text('补贴按见习月数计算。', 'The subsidy is counted by months.')),
  },
];

const most = 'results.exists(r, r.retained) && !atMost(size(results.filter(r, r.retained)), size(results), p.retentionShare)';
const insurance = (list: string): string => `(claimsInsurance ? size(${list}) * p.insuranceFen : 0)`;
const served = 'sum(results.map(r, r.months))';

export const amountsOf = ({ grounds }: Version): Record<string, AmountRule> => ({
  estimate: {
    fen: `sum(interns.map(i, i.plannedMonths)) * halfUp(p.minimumWageFen, p.lowRate) + ${insurance('interns')}`,
    label: text('预计见习补贴', 'estimated subsidy'),
    cite: grounds.inferred(
      half,
      text('预拨时尚不知留用率，按较低比例预计。', 'How many will be kept is not known yet: estimated at the lower rate.'),
    ),
  },
  advance: {
    fen: 'least(share(estimate, p.advanceRate), share(estimate, p.advanceLimit))',
    label: text('预拨数额', 'advance'),
    cite: grounds.stated(half),
  },
  actual: {
    fen: `${most} ? ${served} * (halfUp(p.minimumWageFen, p.highRate) + p.guidanceFen) + ${insurance('results')} : ${served} * halfUp(p.minimumWageFen, p.lowRate) + ${insurance('results')}`,
    label: text('核定见习补贴', 'subsidy by months served'),
    valid: {
      when: [
        'distinct(results.map(r, r.person))',
        'results.all(r, r.months >= 0 && interns.exists(i, i.person == r.person && r.months <= i.plannedMonths))',
        '(endedOn <= endsOn || days(endsOn, endedOn) - 1 <= interruptedDays)',
        'endedOn <= addMonths(startsOn, p.maxCalendarMonths)',
      ].join(' && '),
      reason: text(
        '见习人员应在名单内，月数不超过计划，结束日期不晚于顺延后的期限。',
        'Those who served must be on the list, for no more months than planned, and end within the term as extended.',
      ),
    },
    cite: grounds.inferred(
      rest,
      text('按实际见习月数和留用率核定，中断期间不计。', 'By months served and how many were kept; interruptions do not count.'),
    ),
  },
});
