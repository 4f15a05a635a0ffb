import { choice, type Grounds, text } from '../documents/document.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import { listedOnce } from '../tables/employers.js';
import { firmSizes } from '../tables/firm-size.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { hours, perTrainee } from './hours.js';

/** The group in which each person takes of the cap of a year. */
export const yearlyGroup = 'class-hour-year';
export const rate = '完成培训的职工，按每人每课时（不少于45分钟）10元的标准给予培训补贴';
export const cap = '每人每年补贴上限不得超过1000元';
export const once = '同一培训项目不得重复享受补贴';
export const traceable = '企业应确保职工培训有签到、有学习记录，学习过程可查询、可追溯';
const when = '疫情防控期间，在确保防疫安全情况下';
const topics = '中小微企业组织职工开展岗位技能培训、安全技能培训、工伤预防、健康卫生及疫情防控知识、通用性职业素质等线下或线上培训的';

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  firmSize: {
    type: 'string',
    label: text('企业规模', 'size of the firm'),
    oneOf: firmSizes,
    from: 'data',
  },
  project: { type: 'string', label: text('培训项目编号', 'number of the training project'), from: 'form' },
  topic: {
    type: 'string',
    label: text('培训内容', 'topic'),
    oneOf: [
      choice('postSkills', '岗位技能', 'skills of the post'),
      choice('safety', '安全技能', 'safety'),
      choice('injuryPrevention', '工伤预防', 'prevention of injuries at work'),
      choice('health', '健康卫生及疫情防控', 'health and the epidemic'),
      choice('general', '通用职业素质', 'general skills'),
    ],
    others: 'extraTopics',
    from: 'form',
  },
  mode: {
    type: 'string',
    label: text('培训方式', 'way of training'),
    oneOf: [choice('offline', '线下', 'offline'), choice('online', '线上', 'online'), choice('other', '其他方式', 'another way')],
    from: 'form',
  },
  epidemicSafe: { type: 'bool', label: text('符合防疫安全要求', 'safe against the epidemic'), from: 'form' },
  traceable: { type: 'bool', label: text('有签到和可追溯的学习记录', 'attendance and learning are on record'), from: 'upload' },
  startsOn: { type: 'date', label: text('首次培训日期', 'day of the first session'), from: 'form' },
  endsOn: { type: 'date', label: text('末次培训日期', 'day of the last session'), from: 'form' },
  sessions: {
    type: { list: { heldOn: 'date', minutes: 'int' } },
    label: text('培训场次（日期、分钟）', 'sessions (day, minutes)'),
    from: 'upload',
  },
  trainees: {
    type: {
      list: { person: 'person', employee: 'bool', completed: 'bool', missedHours: 'int', paidThisYearFen: 'int', paidBookedFen: 'int' },
    },
    label: text(
      '参训人员（本企业职工、完成培训、缺课课时、本年度已补贴金额：系统外申报、本系统记账）',
      'trainees (on the staff, completed, class hours missed, already subsidised this year: told from elsewhere, on our books)',
    ),
    from: 'upload',
    booked: { group: yearlyGroup, person: 'person', column: 'paidBookedFen', fen: 'year' },
  },
});

export const parametersOf = (grounds: Grounds): Parameter[] => [
  { key: 'hourFen', label: text('每人每课时补贴', 'subsidy for each person and class hour'), value: '1000', cite: grounds.stated(rate) },
  { key: 'classHourMinutes', label: text('一课时最短分钟数', 'shortest class hour (minutes)'), value: 45, cite: grounds.stated(rate) },
  { key: 'yearlyCapFen', label: text('每人每年补贴上限', 'most for a person in a year'), value: '100000', cite: grounds.stated(cap) },
  {
    key: 'topics',
    label: text('文件所列培训内容', 'topics the document lists'),
    value: ['postSkills', 'safety', 'injuryPrevention', 'health', 'general'],
    cite: grounds.stated(topics),
  },
  {
    key: 'extraTopics',
    label: text('增列的培训内容', 'topics added'),
    value: [],
    cite: grounds.inferred(topics, text('“等”字未列尽，由主管部门增列。', 'The list ends in "and others"; the authority may add to it.')),
  },
  {
    key: 'sessionRounding',
    label: text('长课折算', 'how long sessions count'),
    value: 'WHOLE_HOURS',
    oneOf: [
      { value: 'WHOLE_HOURS', label: text('每满45分钟计一课时', 'one class hour for every full 45 minutes') },
      { value: 'ONE_A_SESSION', label: text('每场计一课时', 'one class hour for each session') },
    ],
    cite: grounds.inferred(
      rate,
      text(
        '“不少于45分钟”为一课时；更长的场次按满45分钟的次数计。',
        '45 minutes make a class hour; longer sessions count as often as that fits.',
      ),
    ),
  },
];

export const rulesOf = (grounds: Grounds): Rule[] => [
  {
    id: 'small-or-medium',
    when: "payeeKind == 'enterprise' && firmSize in ['MEDIUM', 'SMALL', 'MICRO']",
    reason: text('应为中小微企业', 'the applicant must be a small, medium or micro firm'),
    cite: grounds.stated(topics),
  },
  {
    id: 'topic-listed',
    when: 'topic in p.topics || topic in p.extraTopics',
    reason: text('培训内容应在所列范围内', 'the topic must be one of those listed'),
    cite: grounds.stated(topics),
  },
  {
    id: 'mode-listed',
    when: "mode in ['offline', 'online']",
    reason: text('应为线下或线上培训', 'the training must be offline or online'),
    cite: grounds.stated(topics),
  },
  {
    id: 'epidemic-safe',
    when: 'epidemicSafe',
    reason: text('应确保防疫安全', 'the training must be safe against the epidemic'),
    cite: grounds.stated(when),
  },
  {
    id: 'traceable',
    when: 'traceable',
    reason: text('应有签到、有可追溯的学习记录', 'attendance and learning must be on record'),
    cite: grounds.stated(traceable),
  },
  {
    id: 'during-control',
    when: "sessions.all(s, p.epidemicFrom <= s.heldOn && (p.epidemicTo == '' || s.heldOn <= p.epidemicTo))",
    reason: text('每次培训都应在疫情防控期间', 'every session must lie within epidemic control'),
    cite: grounds.stated(when),
  },
  {
    id: 'sessions-within',
    when: 'size(sessions) > 0 && sessions.all(s, startsOn <= s.heldOn && s.heldOn <= endsOn && s.minutes >= 0)',
    reason: text('应列明培训场次，日期在首末次之间', 'sessions must be listed, each between the first and the last day'),
    cite: grounds.inferred(rate, text('补贴按课时计算。', 'The subsidy is counted by class hour.')),
  },
  listedOnce('trainees', grounds.inferred(rate, text('补贴按人计算。', 'The subsidy is counted by person.'))),
  {
    id: 'on-the-staff',
    when: 'trainees.all(t, t.employee)',
    reason: text('参训人员应为本企业职工', 'everybody trained must be on the staff'),
    cite: grounds.stated(topics),
  },
  {
    id: 'completed',
    when: 'trainees.all(t, t.completed)',
    reason: text('名单人员均应完成培训', 'everybody listed must have completed the training'),
    cite: grounds.stated(rate),
  },
  {
    id: 'hours-missed',
    when: `trainees.all(t, t.missedHours >= 0 && t.missedHours <= ${hours})`,
    reason: text('缺课课时不得多于培训课时', 'nobody can miss more class hours than were held'),
    cite: grounds.inferred(rate, text('按实际参加的课时计算。', 'Counted by the class hours attended.')),
  },
];

export const amountsOf = (grounds: Grounds): Record<string, AmountRule> => ({
  total: {
    fen: `sum(trainees.map(t, ${perTrainee}))`,
    label: text('职工培训补贴', 'training subsidy'),
    cite: grounds.stated(rate),
  },
});
