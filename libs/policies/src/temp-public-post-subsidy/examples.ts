import { text } from '../documents/document.js';
import type { Expectation, Facts, ParameterValue, WorkedExample } from '../policy.js';

const facts = (change: Facts = {}): Facts => ({ payeeKind: 'unit', temporaryPost: true, startedOn: '2021-01-01', ...change });
const worker = (change: Facts = {}): Facts => ({
  person: 'worker-1',
  certified: true,
  fullTime: true,
  daysOnPost: 28,
  hours: 0,
  monthsBefore: 0,
  ...change,
});
const partTime = (hours: number): Facts => worker({ fullTime: false, hours });

type Case = {
  readonly month?: string;
  readonly startedOn?: string;
  readonly place?: string;
  readonly set?: Readonly<Record<string, ParameterValue>>;
};
/** One month of people on posts in Dalian taken up on 1 January 2021. */
const claimed = (
  zh: string,
  en: string,
  workers: readonly Facts[],
  expect: Expectation,
  { month = '2021-02', startedOn = '2021-01-01', place = 'CN-2102', set }: Case = {},
): WorkedExample => ({
  name: text(zh, en),
  facts: facts({ startedOn }),
  place,
  ...(set ? { set } : {}),
  period: { id: month, facts: { workers } },
  expect,
});
const refusal = (...unmet: readonly string[]): Expectation => ({ eligible: false, unmet });
const paid = (monthly: string): Expectation => ({ eligible: true, amounts: { monthly } });

/** The catalogue's figures: 1,810 a month, 80 hours at 18.3 make 1,464, nothing in the seventh month. */
export const examples: readonly WorkedExample[] = [
  claimed('大连一档全日制整月：1810元', 'Dalian, full time, a whole month: 1,810 yuan', [worker()], {
    eligible: true,
    inWindow: true,
    amounts: { monthly: '181000' },
    counts: { 'post.term': 6 },
    keys: ['post-subsidy worker-1', 'temporary-public-post-months worker-1'],
  }),
  claimed('非全日制80小时×18.3元：1464元', 'part time, 80 hours at 18.3: 1,464', [partTime(80)], paid('146400')),
  claimed('全日制、非全日制各一人：3274元', 'one of each: 3,274', [worker(), { ...partTime(80), person: 'worker-2' }], paid('327400')),
  claimed('北三市全日制1610元', 'the three northern cities: 1,610', [worker()], paid('161000'), { place: 'CN-210281' }),
  claimed('北三市非全日制80小时×16.3元：1304元', 'there, 80 hours at 16.3: 1,304', [partTime(80)], paid('130400'), { place: 'CN-210281' }),
  claimed('非全日制98小时：1793.40元', 'part time, 98 hours: 1,793.40', [partTime(98)], paid('179340')),
  claimed('非全日制99小时：1811.70元，未设月上限', 'part time, 99 hours: 1,811.70, no monthly ceiling', [partTime(99)], paid('181170')),
  claimed('设月上限后99小时：1810元', 'the same with a monthly ceiling: 1,810', [partTime(99)], paid('181000'), {
    set: { ptRule: 'HOURS_WITHIN_MONTH' },
  }),
  claimed('按天折算：28天中在岗14天，905元', 'by days: 14 of 28, 905', [worker({ daysOnPost: 14 })], paid('90500')),
  claimed('按整月计发时：1810元', 'as a whole month: 1,810', [worker({ daysOnPost: 14 })], paid('181000'), {
    set: { prorata: 'WHOLE_MONTH' },
  }),
  claimed('按天折算舍去尾数：9天，581.78元', 'by days, rounded down: 9 of 28, 581.78', [worker({ daysOnPost: 9 })], paid('58178')),
  claimed('地区定为上限的80%：1448元', 'set at 80 % of the ceiling: 1,448', [worker()], paid('144800'), { set: { postRate: '80%' } }),
  claimed('比例设为120%也不超过上限', 'set at 120 %: still the ceiling', [worker()], paid('181000'), { set: { postRate: '120%' } }),
  claimed('第5个月：照发', 'the fifth month is paid', [worker({ daysOnPost: 31 })], paid('181000'), { month: '2021-05' }),
  claimed('第6个月：照发', 'the sixth month is paid', [worker({ daysOnPost: 30 })], paid('181000'), { month: '2021-06' }),
  claimed('第7个月：停', 'the seventh month: nothing', [worker({ daysOnPost: 1 })], refusal('within-six-months'), {
    month: '2021-07',
  }),
  claimed('上岗前的月份：不补', 'a month before the post began: nothing', [worker()], refusal('within-six-months'), {
    month: '2020-12',
  }),
  claimed(
    '月中上岗：首月按22天计',
    'begun inside a month: 22 days of the first',
    [worker({ daysOnPost: 22 })],
    {
      eligible: true,
      amounts: { monthly: '128451' },
      counts: { 'post.term': 7 },
    },
    { month: '2021-01', startedOn: '2021-01-10' },
  ),
  claimed('首月填23天：超出上岗后天数', '23 days told of it: more than there were', [worker({ daysOnPost: 23 })], refusal('days-on-post'), {
    month: '2021-01',
    startedOn: '2021-01-10',
  }),
  claimed(
    '月中上岗：末月只计到满6个月前一日，9天',
    'the last month counts 9 days, up to the end of the six months',
    [worker({ daysOnPost: 9 })],
    paid('52548'),
    {
      month: '2021-07',
      startedOn: '2021-01-10',
    },
  ),
  claimed('末月填10天：已超6个月', '10 days told of it: beyond six months', [worker({ daysOnPost: 10 })], refusal('days-on-post'), {
    month: '2021-07',
    startedOn: '2021-01-10',
  }),
  claimed(
    '此前已在临时岗位5个月：还可补1个月',
    'five months on such posts before: one more',
    [worker({ daysOnPost: 31, monthsBefore: 5 })],
    paid('181000'),
    {
      month: '2021-01',
    },
  ),
  claimed(
    '此前5个月，本岗第2个月：停',
    'five months before, second month here: nothing',
    [worker({ monthsBefore: 5, daysOnPost: 1 })],
    refusal('within-six-months'),
  ),
  claimed(
    '账上已满6个月：不补',
    'six months on our books: nothing',
    [worker({ monthsBooked: 6, daysOnPost: 1 })],
    refusal('within-six-months'),
    {
      month: '2021-01',
    },
  ),
  claimed('此前已满6个月：不补', 'six months before: nothing', [worker({ monthsBefore: 6, daysOnPost: 1 })], refusal('within-six-months'), {
    month: '2021-01',
  }),
  claimed('2021年10月：仍按1810元', 'October 2021: still 1,810', [worker({ daysOnPost: 31 })], paid('181000'), {
    month: '2021-10',
    startedOn: '2021-10-01',
  }),
  claimed('2021年11月起1910元', 'from November 2021: 1,910', [worker({ daysOnPost: 30 })], paid('191000'), {
    month: '2021-11',
    startedOn: '2021-11-01',
  }),
  claimed('未认定为就业困难人员：不补', 'not certified: nothing', [worker({ certified: false })], refusal('certified')),
  claimed('一天未在岗：不补', 'no day on the post: nothing', [worker({ daysOnPost: 0 })], refusal('days-on-post')),
  claimed('非全日制未填工时：不补', 'part time without hours: nothing', [partTime(0)], refusal('hours-told')),
  claimed('非全日制28天111小时：2031.30元', 'part time, 111 hours on 28 days: 2,031.30', [partTime(111)], paid('203130')),
  claimed('非全日制28天112小时：2049.60元', 'part time, 112 hours on 28 days: 2,049.60', [partTime(112)], paid('204960')),
  claimed('113小时：超过平均每日4小时', '113 hours: more than four a day', [partTime(113)], refusal('part-time-hours')),
  claimed('同一人列两次：不补', 'one person twice on the list: nothing', [worker(), worker()], refusal('workers-listed-once')),
  {
    name: text('不是临时性公益性岗位：不补', 'no temporary public post: nothing'),
    facts: facts({ temporaryPost: false }),
    expect: refusal('temporary-post'),
  },
  {
    name: text('个人不是用人单位', 'a person is no employer'),
    facts: facts({ payeeKind: 'citizen' }),
    expect: refusal('employing-unit'),
  },
];
