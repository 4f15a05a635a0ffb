import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const tenant = (rentFen: string, waivedFen: string, person = 'tenant-1'): Facts => ({ person, rentFen, waivedFen });
const waived = (
  zh: string,
  en: string,
  tenants: readonly Facts[],
  expect: Expectation,
  { facts, ...more }: Partial<WorkedExample> = {},
): WorkedExample => ({
  name: text(zh, en),
  on: '2020-12-01',
  facts: { payeeKind: 'enterprise', incubator: true, waivedFrom: '2020-02-01', waivedUntil: '2020-04-30', tenants, ...facts },
  expect,
  ...more,
});
const paid = (total: string): Expectation => ({ eligible: true, inWindow: true, amounts: { total }, remainderFen: total, recoverFen: '0' });
const refusal = (...unmet: readonly string[]): Expectation => ({ eligible: false, unmet });

export const examples: readonly WorkedExample[] = [
  waived('减免1万元：默认补5000元', '10,000 yuan waived: 5,000 by default', [tenant('2000000', '1000000')], {
    ...paid('500000'),
    conditions: { enterpriseFirst: true },
    keys: ['venue-rent tenant-1'],
  }),
  waived('全免也可：2万元补1万元', 'waived in full: 20,000, 10,000 paid', [tenant('2000000', '2000000')], paid('1000000')),
  waived('某区定为80%：8000元', 'a district sets 80 %: 8,000', [tenant('2000000', '1000000')], paid('800000'), {
    place: 'CN-210202',
    set: { rate: '80%' },
  }),
  waived('比例设为120%也不超过减免金额', 'set at 120 %: never above what was waived', [tenant('2000000', '1000000')], paid('1000000'), {
    set: { rate: '120%' },
  }),
  waived(
    '两户合计后取整：0.03元补0.01元',
    'two tenants, three fen together: one fen',
    [tenant('100', '1'), tenant('100', '2', 'tenant-2')],
    paid('1'),
  ),
  waived('未减免：不补', 'nothing waived: nothing', [tenant('2000000', '0')], refusal('rent-waived')),
  waived('减免少1分：可补', 'a fen less than the rent: yes', [tenant('2000000', '1999999')], paid('999999')),
  waived('减免多出1分：不补', 'a fen more than the rent: nothing', [tenant('2000000', '2000001')], refusal('within-rent')),
  waived('同一户列两次：不补', 'one tenant twice: nothing', [tenant('100', '1'), tenant('100', '1')], refusal('tenants-listed-once')),
  waived('名单为空：不补', 'an empty list: nothing', [], refusal('tenants-listed-once')),
  waived('不是孵化载体：不补', 'no incubator: nothing', [tenant('2000000', '1000000')], refusal('incubator'), {
    facts: { incubator: false },
  }),
  waived('个人申报：不补', 'a person applies: nothing', [tenant('2000000', '1000000')], refusal('incubator'), {
    facts: { payeeKind: 'citizen' },
  }),
  waived('疫情防控首日起减免：可补', 'from the first day of control: yes', [tenant('2000000', '1000000')], paid('500000'), {
    facts: { waivedFrom: '2020-01-24' },
  }),
  waived('次日起减免：可补', 'from the day after: yes', [tenant('2000000', '1000000')], paid('500000'), {
    facts: { waivedFrom: '2020-01-25' },
  }),
  waived(
    '早一天：不补',
    'a day earlier: nothing',
    [tenant('2000000', '1000000')],
    { ...refusal('during-control'), inWindow: false },
    {
      facts: { waivedFrom: '2020-01-23' },
    },
  ),
  waived('减免至疫情防控末日：可补', 'up to the last day of control: yes', [tenant('2000000', '1000000')], paid('500000'), {
    set: { epidemicTo: '2020-04-30' },
  }),
  waived('防控次日截止：可补', 'control ends a day later: yes', [tenant('2000000', '1000000')], paid('500000'), {
    set: { epidemicTo: '2020-05-01' },
  }),
  waived('晚一天：不补', 'a day longer: nothing', [tenant('2000000', '1000000')], refusal('during-control'), {
    set: { epidemicTo: '2020-04-29' },
  }),
  waived('起止日填反：不补', 'it ends before it begins: nothing', [tenant('2000000', '1000000')], refusal('during-control'), {
    facts: { waivedUntil: '2020-01-31' },
  }),
  waived(
    '事业单位举办的载体：内部时限',
    'run by a public unit: the internal limit',
    [tenant('2000000', '1000000')],
    {
      eligible: true,
      conditions: { enterpriseFirst: false },
    },
    { facts: { payeeKind: 'unit' } },
  ),
];
