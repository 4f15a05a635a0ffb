import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const intern = (change: Facts = {}): Facts => ({
  person: 'intern-1',
  kind: 'graduate',
  graduationYear: 2020,
  monthsSinceLeaving: 6,
  age: 22,
  unemployed: true,
  plannedMonths: 4,
  ...change,
});
const four = Array.from({ length: 4 }, (_, at) => intern({ person: `intern-${at + 1}` }));
const kept = (count: number, months = 4): Facts[] => four.map(({ person }, at) => ({ person, months, retained: at < count }));
const plan: Facts = {
  payeeKind: 'enterprise',
  approvedBase: true,
  startsOn: '2020-12-01',
  endsOn: '2021-03-31',
  claimsInsurance: false,
  interns: four,
  endedOn: '2021-03-31',
  interruptedDays: 0,
};
/** A wage and rate that make round figures: one intern for four months is 8,000 yuan. */
const round = { minimumWageFen: '200000', lowRate: '100%' };
const dalian: Partial<WorkedExample> = { place: 'CN-2102' };

const example = (zh: string, en: string, change: Facts, expect: Expectation, more: Partial<WorkedExample> = dalian): WorkedExample => ({
  name: text(zh, en),
  facts: { ...plan, ...change },
  expect,
  ...more,
});
const one = { interns: [intern()] };
const of = (change: Facts): Facts => ({ interns: [intern(change)] });
const ofYear = (change: Facts): Facts => ({ ...of(change), startsOn: '2020-12-01', endsOn: '2021-12-31' });
const refused = (zh: string, en: string, change: Facts, unmet: string, more: Partial<WorkedExample> = dalian): WorkedExample =>
  example(zh, en, change, { eligible: false, unmet: [unmet] }, more);
const immersion = { kind: 'immersion', graduationYear: 2021, monthsSinceLeaving: 30 };

export const examples: readonly WorkedExample[] = [
  example(
    '预计8000元：预拨至多4000元',
    'an estimate of 8,000 yuan: at most 4,000 in advance',
    one,
    { eligible: true, amounts: { estimate: '800000', advance: '400000' } },
    { place: 'CN-210211', set: round },
  ),
  example(
    '预拨30%：2400元',
    '30 % in advance: 2,400',
    one,
    { amounts: { advance: '240000' } },
    { place: 'CN-210211', set: { ...round, advanceRate: '30%' } },
  ),
  example(
    '预拨比例设为60%：仍不超过50%',
    'set to 60 %: still no more than 50 %',
    one,
    { amounts: { advance: '400000' } },
    { place: 'CN-210211', set: { ...round, advanceRate: '60%' } },
  ),
  example('大连最低工资1810元的三分之二：每人每月1206.67元', 'two thirds of Dalian’s 1,810: 1,206.67 a month', one, {
    amounts: { estimate: '482668' },
  }),
  example(
    '另加保险500元',
    'and 500 for insurance',
    { ...one, claimsInsurance: true },
    { amounts: { estimate: '532668' }, keys: ['internship-accident-insurance intern-1'] },
  ),
  example('不申请保险补贴：不占用', 'no insurance claimed: nothing taken', one, { keys: [] }),
  example(
    '4人留用2人＝50%：按三分之二',
    '2 of 4 kept = 50 %: two thirds',
    { results: kept(2) },
    { amounts: { actual: '1930672' }, remainderFen: '965336', recoverFen: '0' },
  ),
  example(
    '4人留用3人：按全额，另加指导费每人每月100元',
    '3 of 4 kept: in full, with 100 a month for guidance',
    { results: kept(3) },
    { amounts: { actual: '3056000' } },
  ),
  example('4人留用1人：按三分之二', '1 of 4 kept: two thirds', { results: kept(1) }, { amounts: { actual: '1930672' } }),
  example(
    '各见习2个月：不补不退',
    '2 months each: nothing more, nothing back',
    { results: kept(0, 2) },
    { amounts: { actual: '965336' }, remainderFen: '0', recoverFen: '0' },
  ),
  example(
    '各见习1个月提前结束：收回一半预拨',
    'over after 1 month each: half of the advance comes back',
    { results: kept(0, 1) },
    { amounts: { actual: '482668' }, remainderFen: '0', recoverFen: '482668' },
  ),
  example(
    '无人见习：预拨全部收回',
    'nobody served: the whole advance comes back',
    { results: [] },
    { amounts: { actual: '0' }, recoverFen: '965336' },
  ),
  example(
    '不实行预拨：结束后一次拨付',
    'without advances: all of it at the end',
    { results: kept(2) },
    { conditions: { advancing: false }, remainderFen: '1930672' },
    { place: 'CN-2102', set: { advanceEnabled: false } },
  ),
  example(
    '中断45天：顺延45天结束，可以',
    'interrupted for 45 days: ended 45 days later, yes',
    { results: kept(2), interruptedDays: 45, endedOn: '2021-05-15' },
    { amounts: { actual: '1930672' } },
  ),
  example(
    '中断45天：顺延44天结束，可以',
    'interrupted for 45 days: ended 44 days later, yes',
    { results: kept(2), interruptedDays: 45, endedOn: '2021-05-14' },
    { amounts: { actual: '1930672' } },
  ),
  example(
    '中断45天：第46天才结束，不能核定',
    'interrupted for 45 days: ended 46 days later, cannot be settled',
    { results: kept(2), interruptedDays: 45, endedOn: '2021-05-16' },
    { amounts: { actual: null } },
  ),
  example(
    '见习月数多于计划：不能核定',
    'more months than planned: cannot be settled',
    { results: kept(2, 5) },
    { amounts: { actual: null } },
  ),
  example(
    '含中断不超过24个月：可以',
    'up to 24 months with interruptions: yes',
    { results: kept(2), interruptedDays: 700, endedOn: '2022-12-01' },
    { amounts: { actual: '1930672' } },
  ),
  example(
    '含中断超过24个月：不能核定',
    'more than 24 months with interruptions: cannot be settled',
    { results: kept(2), interruptedDays: 700, endedOn: '2022-12-02' },
    { amounts: { actual: null } },
  ),
  refused('见习2个月：不补', '2 months: nothing', of({ plannedMonths: 2 }), 'term-in-bounds'),
  example('见习3个月：可以', '3 months: yes', of({ plannedMonths: 3 }), { eligible: true }),
  example('见习11个月：可以', '11 months: yes', ofYear({ plannedMonths: 11 }), { eligible: true }),
  example('见习12个月：可以', '12 months: yes', ofYear({ plannedMonths: 12 }), { eligible: true }),
  refused('见习13个月：不补', '13 months: nothing', ofYear({ plannedMonths: 13 }), 'term-in-bounds'),
  example('离校23个月的毕业生：可以', 'a graduate of 23 months ago: yes', of({ monthsSinceLeaving: 23 }), { eligible: true }),
  example('离校24个月的毕业生：可以', 'a graduate of 24 months ago: yes', of({ monthsSinceLeaving: 24 }), { eligible: true }),
  refused('离校25个月的毕业生：不可', 'a graduate of 25 months ago: no', of({ monthsSinceLeaving: 25 }), 'interns-eligible'),
  refused('15岁：不可', 'aged 15: no', of({ kind: 'youth', age: 15 }), 'interns-eligible'),
  example('16岁失业青年：可以', 'unemployed and aged 16: yes', of({ kind: 'youth', age: 16 }), { eligible: true }),
  example('17岁失业青年：可以', 'unemployed and aged 17: yes', of({ kind: 'youth', age: 17 }), { eligible: true }),
  example('23岁失业青年：可以', 'unemployed and aged 23: yes', of({ kind: 'youth', age: 23 }), { eligible: true }),
  example('24岁失业青年：可以', 'unemployed and aged 24: yes', of({ kind: 'youth', age: 24 }), { eligible: true }),
  refused('25岁：不可', 'aged 25: no', of({ kind: 'youth', age: 25 }), 'interns-eligible'),
  refused('未失业的青年：不可', 'a young person at work: no', of({ kind: 'youth', unemployed: false }), 'interns-eligible'),
  refused('“浸润行动”默认未纳入', 'teaching in village schools: not taken in by default', of(immersion), 'interns-eligible'),
  example(
    '省里纳入后，2021届可以',
    'once the province takes them in: the class of 2021, yes',
    of(immersion),
    { eligible: true },
    { jurisdiction: 'CN-21', set: { immersionEnabled: true } },
  ),
  refused('2020届不可', 'the class of 2020: no', of({ ...immersion, graduationYear: 2020 }), 'interns-eligible', {
    jurisdiction: 'CN-21',
    set: { immersionEnabled: true },
  }),
  refused('2022届不可', 'the class of 2022: no', of({ ...immersion, graduationYear: 2022 }), 'interns-eligible', {
    jurisdiction: 'CN-21',
    set: { immersionEnabled: true },
  }),
  refused('不在见习基地', 'a host not on the list', { approvedBase: false }, 'internship-host'),
  example(
    '不要求列入基地时：可以',
    'where no list is asked for: yes',
    { approvedBase: false },
    { eligible: true },
    { set: { baseRequired: false } },
  ),
  refused('起止日期差一天不满4个月', 'a day short of four months', { endsOn: '2021-03-30' }, 'dates-agree'),
  refused('同一人列了两次', 'one person twice', { interns: [intern(), intern()] }, 'interns-listed-once'),
  refused('个人不是见习单位', 'a person is no host', { payeeKind: 'citizen' }, 'employing-unit'),
];
