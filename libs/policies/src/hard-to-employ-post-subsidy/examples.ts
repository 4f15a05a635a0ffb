import { text } from '../documents/document.js';
import type { Facts, WorkedExample } from '../policy.js';

const worker = (change: Facts = {}): Facts => ({ person: 'worker-1', certified: true, contract: true, contributionsPaid: true, ...change });
const facts: Facts = { payeeKind: 'unit' };
const month = (id: string, ...workers: readonly Facts[]) => ({ id, facts: { workers: workers.length > 0 ? workers : [worker()] } });

/** The catalogue's figures: half of 1,810, of 1,610, and of 1,910 from November 2021. */
export const examples: readonly WorkedExample[] = [
  {
    name: text('大连一档最低工资1810元：每人每月905元', 'Dalian, minimum wage 1,810 yuan: 905 per person and month'),
    facts,
    place: 'CN-2102',
    period: month('2020-12'),
    expect: { eligible: true, inWindow: true, amounts: { monthly: '90500' }, keys: ['post-subsidy worker-1'] },
  },
  {
    name: text('北三市1610元：805元', 'the three northern cities, 1,610 yuan: 805'),
    facts,
    place: 'CN-210281',
    period: month('2020-12'),
    expect: { amounts: { monthly: '80500' } },
  },
  {
    name: text('2021年11月起1910元：955元，两人1910元', 'from November 2021, 1,910 yuan: 955, and 1,910 for two'),
    facts,
    place: 'CN-2102',
    period: month('2021-11', worker(), worker({ person: 'worker-2' })),
    expect: { inWindow: true, amounts: { monthly: '191000' } },
  },
  {
    name: text('首月不足整月的按整月计', 'the first month counts whole'),
    facts,
    place: 'CN-2102',
    period: month('2020-11'),
    expect: { inWindow: true, amounts: { monthly: '90500' } },
  },
  {
    name: text('2021年10月：仍按1810元，905元', 'October 2021: still 1,810, 905'),
    facts,
    place: 'CN-2102',
    period: month('2021-10'),
    expect: { inWindow: true, amounts: { monthly: '90500' } },
  },
  {
    name: text('2020年10月：印发之前，不补', 'October 2020, before the issue: nothing'),
    facts,
    place: 'CN-2102',
    period: month('2020-10'),
    expect: { eligible: true, inWindow: false },
  },
  {
    name: text('2021年12月已过执行期', 'December 2021 lies outside'),
    facts,
    place: 'CN-2102',
    period: month('2021-12'),
    expect: { eligible: true, inWindow: false },
  },
  {
    name: text('当月未缴社会保险费：不补', 'no contributions in the month: nothing'),
    facts,
    period: month('2020-12', worker({ contributionsPaid: false })),
    expect: { eligible: false, unmet: ['contributions-paid'] },
  },
  {
    name: text('未认定为就业困难人员：不补', 'not certified as hard to employ: nothing'),
    facts,
    period: month('2020-12', worker({ certified: false })),
    expect: { eligible: false, unmet: ['certified'] },
  },
  {
    name: text('未签订劳动合同：不补', 'no labour contract: nothing'),
    facts,
    period: month('2020-12', worker({ contract: false })),
    expect: { eligible: false, unmet: ['labour-contract'] },
  },
  {
    name: text('同一人列了两次：不补', 'one person twice on the list: nothing'),
    facts,
    period: month('2020-12', worker(), worker()),
    expect: { eligible: false, unmet: ['workers-present'] },
  },
  {
    name: text('个人不是用人单位', 'a person is no employer'),
    facts: { payeeKind: 'citizen' },
    expect: { eligible: false, unmet: ['employing-unit'], conditions: { enterpriseFirst: false } },
  },
];
