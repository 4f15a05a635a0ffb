import { external, type Grounds, text } from '../documents/document.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import { employingUnit, listedOnce } from '../tables/employers.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { postEndsOn, postFacts, postMonthsBooked, postParameters, postRules, publicPostQuotes } from '../tables/public-post.js';

export const quotes = {
  amount: '根据实际工作时间等因素合理确定岗位补贴',
  fullTime: '全日制岗位补贴不超过当地月最低工资标准',
  partTime: '非全日制岗位补贴不超过当地小时最低工资标准',
  project: '探索实施项目制管理',
} as const;

/** What part-time work is. */
const partTimeLaw = external(
  '《中华人民共和国劳动合同法》',
  '第六十八条',
  text('非全日制用工一般平均每日不超过4小时。', 'Part-time work is generally four hours a day at most, on average.'),
);

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  ...postFacts,
  projectBased: { type: 'bool', label: text('实行项目制管理', 'managed as a project'), from: 'form', optional: true },
  workers: {
    type: {
      list: {
        person: 'person',
        certified: 'bool',
        fullTime: 'bool',
        daysOnPost: 'int',
        hours: 'int',
        monthsBefore: 'int',
        monthsBooked: 'int',
      },
    },
    label: text(
      '本月在岗人员（认定、全日制、在岗日历天数、非全日制工时、此前在临时岗位的月数：系统外申报、本系统记账）',
      'people on the posts in the month (certified, full time, calendar days on post, hours where part time, months on such posts before: told from elsewhere, on our books)',
    ),
    from: 'upload',
    per: 'period',
    booked: postMonthsBooked,
  },
});

export const parametersOf = (grounds: Grounds): Parameter[] => [
  ...postParameters(grounds),
  {
    key: 'postRate',
    label: text('岗位补贴占上限的比例', 'share of the ceiling that is paid'),
    value: '100%',
    cite: grounds.inferred(
      quotes.amount,
      text('文件只定上限；默认按上限发放，超过100%的按上限。', 'Only the ceiling is stated; paid at the ceiling by default, never above.'),
    ),
  },
  {
    key: 'prorata',
    label: text('全日制岗位不足整月的计发方式', 'full-time posts, part of a month'),
    value: 'DAYS',
    oneOf: [
      { value: 'DAYS', label: text('按在岗日历天数折算', 'by calendar days on the post') },
      { value: 'WHOLE_MONTH', label: text('按整月计发', 'as a whole month') },
    ],
    cite: grounds.inferred(
      quotes.amount,
      text('“实际工作时间”默认按在岗日历天数折算。', 'The actual time is by default counted in calendar days on the post.'),
    ),
  },
  {
    key: 'ptHoursPerDay',
    label: text('非全日制平均每日最多工时', 'most hours a day on a part-time post, on average'),
    value: 4,
    range: { least: 1, most: 8 },
    cite: partTimeLaw,
  },
  {
    key: 'ptRule',
    label: text('非全日制岗位的上限', 'ceiling of part-time posts'),
    value: 'HOURS',
    oneOf: [
      { value: 'HOURS', label: text('工时×小时最低工资', 'hours times the hourly minimum wage') },
      { value: 'HOURS_WITHIN_MONTH', label: text('同上，且不超过月最低工资', 'the same, and not above the monthly minimum wage') },
    ],
    cite: grounds.inferred(
      quotes.partTime,
      text(
        '小时标准乘以实际工时；是否另受月标准限制，文件未明。',
        'Hourly, times the hours worked; whether the month also limits it is left open.',
      ),
    ),
  },
];

/** Such a month is refused by its own rule. */
const outside = `periodTo < startedOn || periodFrom >= ${postEndsOn}`;
const daysSoFar = 'days(startedOn > periodFrom ? startedOn : periodFrom, periodTo)';
const daysToTheEnd = `days(startedOn > periodFrom ? startedOn : periodFrom, ${postEndsOn})`;

export const rulesOf = (grounds: Grounds): Rule[] => [
  employingUnit(grounds.inferred(publicPostQuotes.posts, text('补贴给开发岗位的用人单位。', 'Paid to the unit that created the posts.'))),
  listedOnce('workers', grounds.inferred(quotes.amount, text('补贴按人按月计算。', 'Counted by person and month.')), 'period'),
  ...postRules(grounds),
  {
    id: 'days-on-post',
    when: `workers.all(w, ${outside} || (w.daysOnPost > 0 && w.daysOnPost <= ${daysSoFar} && (${postEndsOn} > periodTo || w.daysOnPost < ${daysToTheEnd})))`,
    reason: text(
      '在岗天数应至少1天，且不超出本月自上岗至满6个月之间的天数',
      'days on the post: at least one, and no more than lie in the month between the start and the end of the six months',
    ),
    cite: grounds.inferred(quotes.amount, text('只计实际在岗时间。', 'Only time on the post counts.')),
    per: 'period',
  },
  {
    id: 'hours-told',
    when: 'workers.all(w, w.fullTime || w.hours > 0)',
    reason: text('非全日制人员应填报工时', 'hours must be told for part-time posts'),
    cite: grounds.inferred(quotes.partTime, text('按小时计发，需有工时。', 'Paid by the hour: hours are needed.')),
    per: 'period',
  },
  {
    id: 'part-time-hours',
    when: 'workers.all(w, w.fullTime || w.hours <= w.daysOnPost * p.ptHoursPerDay)',
    reason: text('非全日制工时不超过在岗天数乘以每日最多工时', 'hours on a part-time post stay within the days times the most hours a day'),
    cite: partTimeLaw,
    per: 'period',
  },
];

const monthCeiling = "(p.prorata == 'DAYS' ? portion(p.minimumWageFen, w.daysOnPost, days(periodFrom, periodTo)) : p.minimumWageFen)";
const hourCeiling = "(p.ptRule == 'HOURS' ? w.hours * p.hourlyMinimumWageFen : least(w.hours * p.hourlyMinimumWageFen, p.minimumWageFen))";
const paid = (ceiling: string): string => `least(${ceiling}, share(${ceiling}, p.postRate))`;

export const amountsOf = ({ inferred }: Grounds): Record<string, AmountRule> => ({
  monthly: {
    fen: `sum(workers.map(w, w.fullTime ? ${paid(monthCeiling)} : ${paid(hourCeiling)}))`,
    label: text('本月岗位补贴', 'post subsidy of the month'),
    per: 'period',
    cite: inferred(
      `${quotes.amount}，${quotes.fullTime}，${quotes.partTime}`,
      text(
        '全日制按月、非全日制按工时，均不超过上限，舍去不足一分的部分。',
        'By month or by hour, never above the ceiling, rounded down to the fen.',
      ),
    ),
  },
});
