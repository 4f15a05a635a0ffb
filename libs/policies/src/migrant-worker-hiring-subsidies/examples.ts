import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const worker = (change: Facts = {}): Facts => ({
  person: 'worker-1',
  migrant: true,
  placement: 'HIRED',
  difficulty: 'NONE',
  startedOn: '2020-03-01',
  plannedMonths: 0,
  daysOnPost: 0,
  contributionsPaid: true,
  employerPaidFen: '80000',
  ...change,
});
const placed = (change: Facts = {}): Facts =>
  worker({ placement: 'PUBLIC_POST', difficulty: 'CERTIFIED', plannedMonths: 6, daysOnPost: 30, ...change });

type More = Pick<WorkedExample, 'set' | 'place' | 'on'> & { readonly month?: string; readonly claim?: string };
const claimed = (
  zh: string,
  en: string,
  workers: readonly Facts[],
  expect: Expectation,
  { month = '2020-04', claim = 'post', ...more }: More = {},
): WorkedExample => ({
  name: text(zh, en),
  facts: { payeeKind: 'enterprise' },
  on: '2020-12-01',
  ...more,
  period: { id: month, claim, facts: { workers } },
  expect,
});
const refusal = (...unmet: readonly string[]): Expectation => ({ eligible: false, unmet });
const paid = (postFen: string): Expectation => ({ eligible: true, inWindow: true, amounts: { postFen } });

export const examples: readonly WorkedExample[] = [
  claimed('招用一人：岗位补贴905元', 'one hired: post subsidy of 905 yuan', [worker()], {
    ...paid('90500'),
    conditions: { enterpriseFirst: true },
    keys: ['post-subsidy worker-1'],
  }),
  claimed(
    '同月社会保险补贴：单位实缴800元',
    'social insurance of the same month: 800',
    [worker()],
    {
      eligible: true,
      amounts: { insuranceFen: '80000' },
      keys: ['social-insurance-month worker-1'],
    },
    { claim: 'insurance' },
  ),
  claimed(
    '社会保险补贴比例设为一半：400元',
    'set at a half: 400',
    [worker()],
    { amounts: { insuranceFen: '40000' } },
    {
      claim: 'insurance',
      set: { siRate: '1/2' },
    },
  ),
  claimed('公益性岗位整月：1810元', 'a public post, the whole month: 1,810', [placed()], paid('181000')),
  claimed('公益性岗位在岗15天：905元', 'fifteen of thirty days: 905', [placed({ daysOnPost: 15 })], paid('90500')),
  claimed('公益性岗位按招用标准时：905元', 'public posts paid as hired: 905', [placed({ daysOnPost: 15 })], paid('90500'), {
    set: { postRule: 'AS_HIRED' },
  }),
  claimed('招用、安置各一人：2715元', 'one of each: 2,715', [worker(), placed({ person: 'worker-2' })], paid('271500')),
  claimed('北三市招用：805元', 'the three northern cities, hired: 805', [worker()], paid('80500'), { place: 'CN-210281' }),
  claimed('约定2个月：不补', 'agreed for two months: nothing', [placed({ plannedMonths: 2 })], refusal('three-to-six-months')),
  claimed('约定3个月：可补', 'for three: yes', [placed({ plannedMonths: 3 })], paid('181000')),
  claimed('约定4个月：可补', 'for four: yes', [placed({ plannedMonths: 4 })], paid('181000')),
  claimed('约定5个月：可补', 'for five: yes', [placed({ plannedMonths: 5 })], paid('181000')),
  claimed('约定6个月：可补', 'for six: yes', [placed({ plannedMonths: 6 })], paid('181000')),
  claimed('约定7个月：不补', 'for seven: nothing', [placed({ plannedMonths: 7 })], refusal('three-to-six-months')),
  claimed('第5个月：可补', 'the fifth month: yes', [placed({ daysOnPost: 31 })], paid('181000'), { month: '2020-07' }),
  claimed('第6个月：可补', 'the sixth month: yes', [placed({ daysOnPost: 31 })], paid('181000'), { month: '2020-08' }),
  claimed('第7个月：停', 'the seventh month: nothing', [placed({ daysOnPost: 1 })], refusal('at-work'), { month: '2020-09' }),
  claimed('招用的不受6个月限制', 'people hired: no such limit', [worker()], paid('90500'), { month: '2020-09' }),
  claimed('上岗前的月份：不补', 'a month before the start: nothing', [worker()], refusal('at-work'), { month: '2020-02' }),
  claimed('月中上岗17天：按17天', 'begun on the 15th: 17 days', [placed({ startedOn: '2020-03-15', daysOnPost: 17 })], paid('99258'), {
    month: '2020-03',
  }),
  claimed('填18天：超出', '18 days told: too many', [placed({ startedOn: '2020-03-15', daysOnPost: 18 })], refusal('days-on-post'), {
    month: '2020-03',
  }),
  claimed('公益性岗位未认定困难：不补', 'a post without difficulty: nothing', [placed({ difficulty: 'NONE' })], refusal('in-difficulty')),
  claimed('仅本人承诺：默认不补', 'only declared: nothing by default', [placed({ difficulty: 'DECLARED' })], refusal('in-difficulty')),
  claimed('允许承诺时：可补', 'where a declaration will do: yes', [placed({ difficulty: 'DECLARED' })], paid('181000'), {
    set: { difficultyTest: 'DECLARED' },
  }),
  claimed('不是农民工：不补', 'no migrant worker: nothing', [worker({ migrant: false })], refusal('migrant-worker')),
  claimed('既非招用也非安置：不补', 'neither hired nor placed: nothing', [worker({ placement: 'OTHER' })], refusal('hired-or-placed')),
  claimed('未缴社会保险：不补', 'no contributions: nothing', [worker({ contributionsPaid: false })], refusal('contributions-paid')),
  claimed(
    '单位实缴为零：社会保险补贴不补',
    'the unit paid nothing: no social insurance subsidy',
    [worker({ employerPaidFen: '0' })],
    refusal('employer-paid'),
    {
      claim: 'insurance',
    },
  ),
  claimed('单位实缴为零不影响岗位补贴', 'the post subsidy does not ask for it', [worker({ employerPaidFen: '0' })], paid('90500')),
  claimed('同一人列两次：不补', 'one person twice on the list: nothing', [worker(), worker()], refusal('workers-listed-once')),
  claimed('疫情防控结束当月可补', 'the month control ends: yes', [worker()], paid('90500'), {
    month: '2020-09',
    set: { epidemicTo: '2020-09-01' },
  }),
  claimed(
    '疫情防控结束次月不补',
    'the month after: outside',
    [worker()],
    { eligible: true, inWindow: false },
    {
      month: '2020-09',
      set: { epidemicTo: '2020-08-31' },
    },
  ),
  claimed('2020年1月整月计', 'January 2020 counts whole', [worker({ startedOn: '2020-01-10' })], paid('90500'), { month: '2020-01' }),
  claimed(
    '2019年12月不在期内',
    'December 2019 lies outside',
    [worker({ startedOn: '2019-12-01' })],
    { inWindow: false },
    { month: '2019-12' },
  ),
  {
    name: text('2020年11月24日前申报的企业：内部时限', 'an enterprise that applied before 24 November 2020: the internal limit'),
    facts: { payeeKind: 'enterprise' },
    on: '2020-11-23',
    expect: { eligible: true, conditions: { enterpriseFirst: false } },
  },
  {
    name: text('当日起：5个工作日', 'from that day: five working days'),
    facts: { payeeKind: 'enterprise' },
    on: '2020-11-24',
    expect: { conditions: { enterpriseFirst: true } },
  },
  { name: text('个人不是用人单位', 'a person is no employer'), facts: { payeeKind: 'citizen' }, expect: refusal('employing-unit') },
];
