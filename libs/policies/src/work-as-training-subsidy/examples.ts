import { text } from '../documents/document.js';
import type { Facts, WorkedExample } from '../policy.js';

const worker = (change: Facts = {}): Facts => ({
  person: 'worker-1',
  group: 'GRADUATE',
  trained: true,
  wagePaid: true,
  insured: true,
  monthsBefore: 0,
  ...change,
});
const facts: Facts = { payeeKind: 'enterprise' };
const month = (id: string, ...workers: readonly Facts[]) => ({ id, facts: { workers } });

const refused = (zh: string, en: string, unmet: string, ...workers: readonly Facts[]): WorkedExample => ({
  name: text(zh, en),
  facts,
  period: month('2020-12', ...workers),
  expect: { eligible: false, unmet: [unmet] },
});

export const examples: readonly WorkedExample[] = [
  {
    name: text('两人一个月：默认标准下1000元', 'two people, one month: 1,000 yuan by default'),
    facts,
    period: month('2020-12', worker(), worker({ person: 'worker-2', group: 'HARD_TO_EMPLOY' })),
    expect: {
      eligible: true,
      inWindow: true,
      amounts: { monthly: '100000' },
      counts: { 'training.term': 6 },
      conditions: { enterpriseFirst: true },
      keys: [
        'work-as-training-months worker-1',
        'work-as-training-months worker-2',
        'training-subsidy worker-1',
        'training-subsidy worker-2',
      ],
    },
  },
  {
    name: text('标准改为300元：一人300元', 'set to 300 yuan: 300 for one'),
    facts,
    set: { monthlyFen: '30000' },
    period: month('2020-12', worker()),
    expect: { amounts: { monthly: '30000' } },
  },
  {
    name: text('此前已补5个月：第6个月可补', 'five months drawn before: the sixth is paid'),
    facts,
    period: month('2021-05', worker({ monthsBefore: 5 })),
    expect: { eligible: true, amounts: { monthly: '50000' } },
  },
  {
    name: text('账上3个月、系统外2个月：第6个月可补', 'three on our books and two elsewhere: the sixth is paid'),
    facts,
    period: month('2021-05', worker({ monthsBefore: 2, monthsBooked: 3 })),
    expect: { eligible: true, amounts: { monthly: '50000' } },
  },
  refused('账上已补6个月：不补', 'six months on our books: nothing', 'within-months', worker({ monthsBooked: 6 })),
  refused('此前已补6个月：不补', 'six months drawn before: nothing', 'within-months', worker({ monthsBefore: 6 })),
  refused('此前已补7个月：不补', 'seven months drawn before: nothing', 'within-months', worker({ monthsBefore: 7 })),
  {
    name: text('印发当月整月计', 'the month of issue counts whole'),
    facts,
    period: month('2020-11', worker()),
    expect: { eligible: true, inWindow: true },
  },
  {
    name: text('印发前的月份不补', 'the months before the issue do not count'),
    facts,
    period: month('2020-10', worker()),
    expect: { eligible: true, inWindow: false },
  },
  {
    name: text('事业单位申报：内部时限', 'a unit that is no enterprise: the internal limit'),
    facts: { payeeKind: 'unit' },
    expect: { eligible: true, conditions: { enterpriseFirst: false } },
  },
  refused('类别不在范围内：不补', 'a group that does not qualify: nothing', 'group-qualifies', worker({ group: 'OTHER' })),
  {
    name: text('主管部门增加类别后可补', 'once the authority adds the group: paid'),
    facts,
    set: { groups: ['OTHER'] },
    period: month('2020-12', worker({ group: 'OTHER' })),
    expect: { eligible: true },
  },
  refused('本月未培训：不补', 'not trained in the month: nothing', 'trained', worker({ trained: false })),
  refused('未发工资：不补', 'wages not paid: nothing', 'wage-paid', worker({ wagePaid: false })),
  refused('未参保：不补', 'not insured: nothing', 'insured', worker({ insured: false })),
  refused('同一人列两次：不补', 'one person twice on the list: nothing', 'workers-listed-once', worker(), worker()),
  refused('名单为空：不补', 'an empty list: nothing', 'workers-listed-once'),
  {
    name: text('个人不是用人单位', 'a person is no employer'),
    facts: { payeeKind: 'citizen' },
    expect: { eligible: false, unmet: ['employing-unit'] },
  },
];
