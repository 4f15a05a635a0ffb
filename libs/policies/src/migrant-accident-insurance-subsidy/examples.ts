import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const person = (premiumFen: string, change: Facts = {}): Facts => ({
  person: 'worker-1',
  migrant: true,
  coveredFrom: '2020-03-01',
  coveredUntil: '2020-08-31',
  premiumFen,
  ...change,
});
const bought = (
  zh: string,
  en: string,
  insured: readonly Facts[],
  expect: Expectation,
  { facts, ...more }: Partial<WorkedExample> = {},
): WorkedExample => ({
  name: text(zh, en),
  on: '2020-12-01',
  facts: { payeeKind: 'enterprise', postFrom: '2020-03-01', postUntil: '2020-08-31', insured, ...facts },
  expect,
  ...more,
});
const paid = (total: string): Expectation => ({ eligible: true, inWindow: true, amounts: { total }, remainderFen: total, recoverFen: '0' });
const refusal = (...unmet: readonly string[]): Expectation => ({ eligible: false, unmet });

export const examples: readonly WorkedExample[] = [
  bought('保费380元：补380元', 'premium of 380 yuan: 380', [person('38000')], {
    ...paid('38000'),
    conditions: { enterpriseFirst: true },
    keys: ['internship-accident-insurance worker-1'],
  }),
  bought('保费499.99元：补499.99元', '499.99: all of it', [person('49999')], paid('49999')),
  bought('保费500元：补500元', '500: 500', [person('50000')], paid('50000')),
  bought('保费500.01元：补500元', '500.01: 500', [person('50001')], paid('50000')),
  bought('保费620元：补500元', '620: 500', [person('62000')], paid('50000')),
  bought(
    '三人380、500、620元：1380元',
    'three people, 380, 500 and 620: 1,380',
    [person('38000'), person('50000', { person: 'worker-2' }), person('62000', { person: 'worker-3' })],
    paid('138000'),
  ),
  bought(
    '每人只补一次的口径',
    'once for good, where set so',
    [person('38000')],
    {
      conditions: { bySpell: false },
      keys: ['internship-accident-insurance worker-1'],
    },
    { set: { perSpell: false } },
  ),
  bought('未缴保费：不补', 'no premium paid: nothing', [person('0')], refusal('premium-paid')),
  bought('不是农民工：不补', 'no migrant worker: nothing', [person('38000', { migrant: false })], refusal('migrant-worker')),
  bought(
    '保险晚一天生效：不补',
    'covered a day late: nothing',
    [person('38000', { coveredFrom: '2020-03-02' })],
    refusal('covered-on-post'),
  ),
  bought(
    '保险早一天到期：不补',
    'covered a day short: nothing',
    [person('38000', { coveredUntil: '2020-08-30' })],
    refusal('covered-on-post'),
  ),
  bought(
    '保险早一天生效、晚一天到期：可补',
    'covered a day longer at either end: yes',
    [person('38000', { coveredFrom: '2020-02-29', coveredUntil: '2020-09-01' })],
    paid('38000'),
  ),
  bought('在岗期间填反：不补', 'the post ends before it begins: nothing', [person('38000')], refusal('time-on-post'), {
    facts: { postFrom: '2020-09-01' },
  }),
  bought('同一人列两次：不补', 'one person twice on the list: nothing', [person('38000'), person('38000')], refusal('insured-listed-once')),
  bought('名单为空：不补', 'an empty list: nothing', [], refusal('insured-listed-once')),
  bought('个人不是单位', 'a person is no unit', [person('38000')], refusal('employing-unit'), { facts: { payeeKind: 'citizen' } }),
  bought(
    '疫情防控期间最后一日收到：在期内',
    'received on the last day of control: inside',
    [person('38000')],
    { inWindow: true },
    {
      set: { epidemicTo: '2020-12-01' },
    },
  ),
  bought(
    '次日收到：不在期内',
    'received the day after: outside',
    [person('38000')],
    { eligible: true, inWindow: false },
    {
      set: { epidemicTo: '2020-11-30' },
    },
  ),
];
