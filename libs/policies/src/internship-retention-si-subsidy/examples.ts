import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const person = (change: Facts = {}): Facts => ({
  person: 'graduate-1',
  collegeGraduate: true,
  internshipCompleted: true,
  contract: true,
  monthlyContributionFen: '80000',
  ...change,
});
const paid = (months: number, employerPaidFen: string, who = 'graduate-1'): Facts => ({ person: who, months, employerPaidFen });
const kept: Facts = { payeeKind: 'enterprise', retained: [person()], retainedOn: '2020-12-01', termEndsOn: '2021-11-30' };

const example = (zh: string, en: string, change: Facts, expect: Expectation, set?: WorkedExample['set']): WorkedExample => ({
  name: text(zh, en),
  facts: { ...kept, ...change },
  expect,
  ...(set ? { set } : {}),
});
const refused = (zh: string, en: string, change: Facts, unmet: string): WorkedExample =>
  example(zh, en, change, { eligible: false, unmet: [unmet] });

export const examples: readonly WorkedExample[] = [
  example(
    '预计9600元：预拨至多4800元',
    'an estimate of 9,600 yuan: at most 4,800 in advance',
    {},
    {
      eligible: true,
      amounts: { estimate: '960000', advance: '480000' },
      keys: ['social-insurance-month graduate-1'],
    },
  ),
  example('预拨30%：2880元', '30 % in advance: 2,880', {}, { amounts: { advance: '288000' } }, { advanceRate: '30%' }),
  ...[
    ['49%', '470400'],
    ['50%', '480000'],
    ['51%', '480000'],
  ].map(([rate = '', fen = '']) =>
    example(
      `预拨比例设为${rate}：${Number(fen) / 100}元`,
      `set to ${rate}: ${Number(fen) / 100}`,
      {},
      { amounts: { advance: fen } },
      { advanceRate: rate },
    ),
  ),
  example(
    '预拨比例设为60%：仍不超过50%',
    'set to 60 %: still no more than 50 %',
    {},
    { amounts: { advance: '480000' } },
    { advanceRate: '60%' },
  ),
  example(
    '预计9600.01元：预拨4800.00元',
    'an estimate of 9,600.01: 4,800.00',
    { retained: [person({ monthlyContributionFen: '960001' })] },
    { amounts: { estimate: '960001', advance: '480000' } },
    { subsidyMonths: 1 },
  ),
  example(
    '实缴12个月9600元：余款4800元',
    '9,600 paid in 12 months: a remainder of 4,800',
    { contributions: [paid(12, '960000')] },
    { amounts: { actual: '960000' }, remainderFen: '480000', recoverFen: '0' },
  ),
  example(
    '实缴11个月8800元：余款4000元',
    '8,800 paid in 11 months: a remainder of 4,000',
    { contributions: [paid(11, '880000')] },
    { amounts: { actual: '880000' }, remainderFen: '400000', recoverFen: '0' },
  ),
  example(
    '实缴6个月4800元：不补不退',
    '4,800 paid in 6 months: nothing more, nothing back',
    { contributions: [paid(6, '480000')] },
    { remainderFen: '0', recoverFen: '0' },
  ),
  example(
    '留用5个月离职，实缴4000元：收回800元',
    'left after 5 months, 4,000 paid: 800 come back',
    { contributions: [paid(5, '400000')] },
    { remainderFen: '0', recoverFen: '80000' },
  ),
  example(
    '没有缴费：预拨4800元全部收回',
    'nothing paid: the whole advance comes back',
    { contributions: [] },
    { amounts: { actual: '0' }, recoverFen: '480000' },
  ),
  example(
    '不实行预拨：期满一次拨付',
    'without advances: all of it at the end',
    { contributions: [paid(12, '960000')] },
    { conditions: { advancing: false }, remainderFen: '960000' },
    { advanceEnabled: false },
  ),
  example('补贴三分之二：6400元', 'two thirds: 6,400', {}, { amounts: { estimate: '640000' } }, { subsidyRate: '2/3' }),
  example(
    '实缴13个月：超过补贴月数，不能核定',
    '13 months paid: more than are subsidised',
    { contributions: [paid(13, '1040000')] },
    { amounts: { actual: null } },
  ),
  example(
    '实缴人员不在名单：不能核定',
    'somebody who was not kept: cannot be settled',
    { contributions: [paid(1, '80000', 'stranger')] },
    { amounts: { actual: null } },
  ),
  example(
    '社会团体：适用内部时限',
    'an association: the office’s own limit',
    { payeeKind: 'unit' },
    { eligible: true, conditions: { enterpriseFirst: false } },
  ),
  refused('个人不是用人单位', 'a person is no employer', { payeeKind: 'citizen' }, 'employing-unit'),
  refused('不是高校毕业生', 'no college graduate', { retained: [person({ collegeGraduate: false })] }, 'college-graduates'),
  refused('见习未期满', 'the internship was not completed', { retained: [person({ internshipCompleted: false })] }, 'internship-completed'),
  refused('没有劳动合同', 'no contract', { retained: [person({ contract: false })] }, 'kept-by-contract'),
  refused('同一人列了两次', 'one person twice', { retained: [person(), person()] }, 'retained-listed-once'),
  refused('名单为空', 'nobody on the list', { retained: [] }, 'retained-listed-once'),
  example('补贴期至对应日：可以', 'a term up to the corresponding day: yes', { termEndsOn: '2021-12-01' }, { eligible: true }),
  refused('补贴期多一天：不可', 'a day longer: no', { termEndsOn: '2021-12-02' }, 'term-agrees'),
  refused('补贴期先于留用', 'a term that ends before it begins', { termEndsOn: '2020-11-30' }, 'term-agrees'),
];
