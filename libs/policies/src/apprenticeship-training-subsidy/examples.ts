import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const apprentices = (count: number, change: Facts = {}): Facts[] =>
  Array.from({ length: count }, (_, at) => ({
    person: `apprentice-${at + 1}`,
    kind: 'newGraduate',
    level: '中级',
    highCost: false,
    scarce: false,
    ...change,
  }));
const passed = (count: number, level = '中级'): Facts[] =>
  Array.from({ length: count }, (_, at) => ({ person: `apprentice-${at + 1}`, level }));

const year: Facts = {
  payeeKind: 'enterprise',
  planListed: true,
  trainingStartsOn: '2020-12-01',
  trainingEndsOn: '2021-11-30',
  plannedMonths: 12,
  apprentices: apprentices(10, { scarce: true }),
};
const example = (zh: string, en: string, change: Facts, expect: Expectation, more: Partial<WorkedExample> = {}): WorkedExample => ({
  name: text(zh, en),
  facts: { ...year, ...change },
  expect,
  ...more,
});
const refused = (zh: string, en: string, change: Facts, unmet: string): WorkedExample =>
  example(zh, en, change, { eligible: false, unmet: [unmet] });
const settled = (zh: string, en: string, qualified: number, remainderFen: string, recoverFen: string): WorkedExample =>
  example(zh, en, { qualified: passed(qualified) }, { amounts: { estimate: '6000000' }, remainderFen, recoverFen });

export const examples: readonly WorkedExample[] = [
  example(
    '10名中级学徒、1年、急需紧缺：6万元，预拨至多3万元',
    '10 apprentices of the middle level, one year, scarce: 60,000 yuan, at most 30,000 in advance',
    {},
    { eligible: true, inWindow: true, amounts: { estimate: '6000000', advance: '3000000' } },
  ),
  example(
    '名册中每人占用培训期间',
    'each person on the roster takes the days of training',
    { apprentices: apprentices(1) },
    {
      keys: ['training-subsidy apprentice-1'],
    },
  ),
  example('不上浮：5万元', 'without the uplift: 50,000', { apprentices: apprentices(10) }, { amounts: { estimate: '5000000' } }),
  example(
    '既成本高又紧缺，只上浮一次：6万元',
    'costly and scarce: raised once, 60,000',
    { apprentices: apprentices(10, { highCost: true, scarce: true }) },
    { amounts: { estimate: '6000000' } },
  ),
  example(
    '主管部门不实行上浮：5万元',
    'where the uplift is not used: 50,000',
    {},
    { amounts: { estimate: '5000000' } },
    { set: { upliftEnabled: false } },
  ),
  example(
    '高级：7.2万元',
    'the high level: 72,000',
    { apprentices: apprentices(10, { level: '高级', scarce: true }) },
    { amounts: { estimate: '7200000' } },
  ),
  example(
    '其他证书：4.8万元',
    'another certificate: 48,000',
    { apprentices: apprentices(10, { level: '其他', scarce: true }) },
    { amounts: { estimate: '4800000' } },
  ),
  example(
    '培养18个月：按月折算9万元',
    '18 months: 90,000 by months',
    { plannedMonths: 18, trainingEndsOn: '2022-05-31' },
    { eligible: true, amounts: { estimate: '9000000' } },
  ),
  example(
    '培养18个月、只计满一年：6万元',
    '18 months, full years only: 60,000',
    { plannedMonths: 18, trainingEndsOn: '2022-05-31' },
    { amounts: { estimate: '6000000' } },
    { set: { durationBasis: 'FULL_YEARS' } },
  ),
  settled('全部合格：余款3万元', 'all qualified: a remainder of 30,000', 10, '3000000', '0'),
  settled('6人合格：余款6000元', '6 qualified: a remainder of 6,000', 6, '600000', '0'),
  settled('恰好一半合格：不补不退', 'exactly half qualified: nothing more, nothing back', 5, '0', '0'),
  settled('4人合格：退还6000元', '4 qualified: 6,000 come back', 4, '0', '600000'),
  example(
    '未完成培养任务（无人合格）：预拨3万元全部退还',
    'training not completed, nobody qualified: the whole advance of 30,000 comes back',
    { qualified: [] },
    { amounts: { assessed: '0' }, remainderFen: '0', recoverFen: '3000000' },
  ),
  example(
    '不实行预拨：一次拨付6万元',
    'without advances: 60,000 at once',
    { qualified: passed(10) },
    { conditions: { advancing: false }, remainderFen: '6000000', recoverFen: '0' },
    { set: { advanceEnabled: false } },
  ),
  example(
    '按实际取得等级结算：高级1人、计7200元',
    'settled at the level reached: one at the high level, 7,200',
    { qualified: passed(1, '高级') },
    { amounts: { assessed: '720000' } },
  ),
  example(
    '不在名册的人不能结算',
    'somebody not on the roster cannot be settled',
    { qualified: [{ person: 'stranger', level: '中级' }] },
    {
      amounts: { assessed: null },
    },
  ),
  example('2020年1月1日开班：在期内', 'begun on 1 January 2020: inside', { trainingStartsOn: '2020-01-01' }, { inWindow: true }),
  example('2020年1月2日开班：在期内', 'begun on 2 January 2020: inside', { trainingStartsOn: '2020-01-02' }, { inWindow: true }),
  example('2019年12月31日开班：不在期内', 'begun on 31 December 2019: outside', { trainingStartsOn: '2019-12-31' }, { inWindow: false }),
  example(
    '2021年12月31日开班：在期内',
    'begun on 31 December 2021: inside',
    { trainingStartsOn: '2021-12-31', trainingEndsOn: '2022-12-30' },
    { eligible: true, inWindow: true },
  ),
  example(
    '2022年1月1日开班：不在期内',
    'begun on 1 January 2022: outside',
    { trainingStartsOn: '2022-01-01', trainingEndsOn: '2022-12-31' },
    { eligible: true, inWindow: false },
  ),
  refused('培养11个月：不补', '11 months: nothing', { plannedMonths: 11 }, 'long-enough'),
  example('培养12个月：可以', '12 months: yes', {}, { eligible: true }),
  example('培养13个月：可以', '13 months: yes', { plannedMonths: 13, trainingEndsOn: '2021-12-31' }, { eligible: true }),
  refused('起止日期差一天不满12个月', 'a day short of twelve months', { trainingEndsOn: '2021-11-29' }, 'dates-agree'),
  refused('个人不是企业', 'a person is no enterprise', { payeeKind: 'citizen' }, 'enterprise'),
  refused('计划未备案', 'the plan is not listed', { planListed: false }, 'plan-listed'),
  refused('同一人列了两次', 'one person twice', { apprentices: [...apprentices(1), ...apprentices(1)] }, 'apprentices-present'),
  refused('名册为空', 'nobody on the roster', { apprentices: [] }, 'apprentices-present'),
  refused('对象不符', 'somebody else', { apprentices: apprentices(1, { kind: 'retired' }) }, 'apprentices-eligible'),
  example(
    '主管部门增列的对象：可以',
    'a kind the authority added: yes',
    { apprentices: apprentices(1, { kind: 'other' }) },
    { eligible: true },
    { set: { apprenticeKinds: ['newGraduate', 'youngStaff', 'other'] } },
  ),
  refused('等级没有标准', 'a level without a standard', { apprentices: apprentices(1, { level: '特级' }) }, 'levels-listed'),
];
