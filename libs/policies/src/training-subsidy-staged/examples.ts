import type { Facts, Text, WorkedExample } from '../policy.js';

type Group = { readonly occupation: string; readonly level: string; readonly count: number };
const electricians = (count: number): Group[] => [{ occupation: '电工', level: '中级', count }];
const carers = (count: number): Group[] => [{ occupation: '养老护理员', level: '中级', count }];
const oddFen = (count: number): Group[] => [{ occupation: '样例职业（尾差）', level: '初级', count }];

const filed: Facts = {
  plannedHours: 80,
  classFiled: true,
  providerApproved: true,
  traineesEligible: true,
  startsOn: '2020-11-25',
  endsOn: '2020-12-20',
};
const classOf = (enrolled: readonly Group[], completedHours: number, qualified: readonly Group[]): Facts => ({
  ...filed,
  enrolled,
  completedHours,
  qualified,
});
const name = (zh: string, en: string): Text => ({ zh, en });
const advances = (estimate: string, first: string, second: string): Record<string, string> => ({ estimate, first, second });

const E300 = advances('30000000', '15000000', '7500000');

/** What the clause comes to, in fen. */
export const examples: readonly WorkedExample[] = [
  {
    name: name('预计30万元，全部合格：15万、7.5万、7.5万', 'an estimate of 300,000 yuan, all qualified: 150,000, 75,000, 75,000'),
    facts: classOf(electricians(100), 80, electricians(100)),
    paid: ['s1', 's2'],
    outcome: 'settled',
    expect: { amounts: { ...E300, assessed: '30000000' }, remainderFen: '7500000', recoverFen: '0' },
  },
  {
    name: name('核定27万元：余款4.5万元', 'assessed at 270,000 yuan: a remainder of 45,000'),
    facts: classOf(electricians(100), 80, electricians(90)),
    paid: ['s1', 's2'],
    outcome: 'settled',
    expect: { amounts: { ...E300, assessed: '27000000' }, remainderFen: '4500000', recoverFen: '0' },
  },
  {
    name: name(
      '核定20万元，少于已拨：无余款，收回2.5万元',
      'assessed at 200,000 yuan, below what was paid: no remainder, 25,000 comes back',
    ),
    facts: classOf(carers(150), 80, carers(100)),
    paid: ['s1', 's2'],
    outcome: 'settled',
    expect: { amounts: { ...E300, assessed: '20000000' }, remainderFen: '0', recoverFen: '2500000' },
  },
  {
    name: name('100人中66人合格：无余款，收回2.7万元', '66 of 100 qualified: no remainder, 27,000 yuan comes back'),
    facts: classOf(electricians(100), 80, electricians(66)),
    paid: ['s1', 's2'],
    outcome: 'settled',
    expect: { amounts: { ...E300, assessed: '19800000' }, remainderFen: '0', recoverFen: '2700000' },
  },
  {
    name: name('首笔拨付后未通过验收：收回15万元', 'failed after the first payment: 150,000 yuan comes back'),
    facts: classOf(electricians(100), 30, electricians(0)),
    paid: ['s1'],
    outcome: 'failed',
    expect: { amounts: { ...E300, onFailure: '0' }, remainderFen: '0', recoverFen: '15000000' },
  },
  {
    name: name('第二笔拨付后未通过验收：收回22.5万元', 'failed after the second payment: 225,000 yuan comes back'),
    facts: classOf(electricians(100), 80, electricians(0)),
    paid: ['s1', 's2'],
    outcome: 'failed',
    expect: { amounts: { ...E300, onFailure: '0' }, remainderFen: '0', recoverFen: '22500000' },
  },
  {
    name: name(
      '按比例读法，第二笔后未通过，90人合格：收回2.25万元',
      'pro rata reading, failed after the second payment with 90 qualified: 22,500 yuan comes back',
    ),
    facts: classOf(electricians(100), 80, electricians(90)),
    set: { clawbackBasis: 'FAILED_SHARE' },
    paid: ['s1', 's2'],
    outcome: 'failed',
    expect: { amounts: { ...E300, onFailure: '20250000' }, remainderFen: '0', recoverFen: '2250000' },
  },
  {
    name: name(
      '按比例读法，仅拨首笔、90人合格：收回1.5万元',
      'pro rata reading, only the first payment out, 90 qualified: 15,000 yuan comes back',
    ),
    facts: classOf(electricians(100), 30, electricians(90)),
    set: { clawbackBasis: 'FAILED_SHARE' },
    paid: ['s1'],
    outcome: 'failed',
    expect: { amounts: { ...E300, onFailure: '13500000' }, remainderFen: '0', recoverFen: '1500000' },
  },
  {
    name: name(
      '预计1,000.01元：500.00、250.00、250.01，尾差归最后一笔',
      'an estimate of 1,000.01 yuan: 500.00, 250.00, 250.01; the last payment takes the odd fen',
    ),
    facts: classOf(oddFen(1), 80, oddFen(1)),
    paid: ['s1', 's2'],
    outcome: 'settled',
    expect: { amounts: { ...advances('100001', '50000', '25000'), assessed: '100001' }, remainderFen: '25001', recoverFen: '0' },
  },
];
