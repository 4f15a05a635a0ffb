import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const facts = (change: Facts = {}): Facts => ({ payeeKind: 'unit', temporaryPost: true, startedOn: '2021-01-01', ...change });
const worker = (change: Facts = {}): Facts => ({
  person: 'worker-1',
  certified: true,
  employerPaidFen: '112345',
  monthsBefore: 0,
  ...change,
});
const claimed = (
  zh: string,
  en: string,
  workers: readonly Facts[],
  expect: Expectation,
  { month = '2021-02', ...more }: Partial<WorkedExample> & { readonly month?: string } = {},
): WorkedExample => ({ name: text(zh, en), facts: facts(), ...more, period: { id: month, facts: { workers } }, expect });
const refusal = (...unmet: readonly string[]): Expectation => ({ eligible: false, unmet });
const paid = (monthly: string): Expectation => ({ eligible: true, amounts: { monthly } });

export const examples: readonly WorkedExample[] = [
  claimed('单位实缴1123.45元：补1123.45元', 'the unit paid 1,123.45 yuan: all of it', [worker()], {
    eligible: true,
    inWindow: true,
    amounts: { monthly: '112345' },
    counts: { 'insurance.term': 6 },
    keys: ['social-insurance-month worker-1', 'temporary-public-post-months worker-1'],
  }),
  claimed('两人合计1123.46元', 'two people: 1,123.46', [worker(), worker({ person: 'worker-2', employerPaidFen: '1' })], paid('112346')),
  claimed('比例设为2/3：748.97元', 'set at two thirds: 748.97', [worker()], paid('74897'), { set: { siRate: '2/3' } }),
  claimed('比例设为150%也不超过实缴额', 'set at 150 %: still what was paid', [worker()], paid('112345'), { set: { siRate: '150%' } }),
  claimed('当月未缴费：不补', 'no contributions in the month: nothing', [worker({ employerPaidFen: '0' })], refusal('contributions-paid')),
  claimed('第5个月：照发', 'the fifth month is paid', [worker()], paid('112345'), { month: '2021-05' }),
  claimed('第6个月：照发', 'the sixth month is paid', [worker()], paid('112345'), { month: '2021-06' }),
  claimed('第7个月：停', 'the seventh month: nothing', [worker()], refusal('within-six-months'), { month: '2021-07' }),
  claimed('此前5个月，第1个月可补', 'five months before, the first month: paid', [worker({ monthsBefore: 5 })], paid('112345'), {
    month: '2021-01',
  }),
  claimed('此前5个月，第2个月：停', 'five months before, the second: nothing', [worker({ monthsBefore: 5 })], refusal('within-six-months')),
  claimed('账上5个月，第1个月可补', 'five months on our books, the first month: paid', [worker({ monthsBooked: 5 })], paid('112345'), {
    month: '2021-01',
  }),
  claimed(
    '账上4个月、系统外1个月，第2个月：停',
    'four on our books and one elsewhere, the second month: nothing',
    [worker({ monthsBefore: 1, monthsBooked: 4 })],
    refusal('within-six-months'),
  ),
  claimed('此前已满6个月：不补', 'six months before: nothing', [worker({ monthsBefore: 6 })], refusal('within-six-months'), {
    month: '2021-01',
  }),
  claimed('上岗前的月份：不补', 'a month before the post began: nothing', [worker()], refusal('within-six-months'), { month: '2020-12' }),
  claimed(
    '月中上岗：共跨7个自然月',
    'begun inside a month: parts of seven months',
    [worker()],
    { eligible: true, counts: { 'insurance.term': 7 } },
    {
      month: '2021-07',
      facts: facts({ startedOn: '2021-01-10' }),
    },
  ),
  claimed(
    '印发前的月份不补',
    'a month before the issue',
    [worker()],
    { eligible: true, inWindow: false },
    {
      month: '2020-10',
      facts: facts({ startedOn: '2020-10-01' }),
    },
  ),
  claimed('未认定为就业困难人员：不补', 'not certified: nothing', [worker({ certified: false })], refusal('certified')),
  claimed('同一人列两次：不补', 'one person twice on the list: nothing', [worker(), worker()], refusal('workers-listed-once')),
  {
    name: text('不是临时性公益性岗位：不补', 'no temporary public post: nothing'),
    facts: facts({ temporaryPost: false }),
    expect: refusal('temporary-post'),
  },
  {
    name: text('企业申报：5个工作日时限', 'an enterprise: the five-day limit'),
    facts: facts({ payeeKind: 'enterprise' }),
    expect: { eligible: true, conditions: { enterpriseFirst: true } },
  },
  {
    name: text('个人不是用人单位', 'a person is no employer'),
    facts: facts({ payeeKind: 'citizen' }),
    expect: refusal('employing-unit'),
  },
];
