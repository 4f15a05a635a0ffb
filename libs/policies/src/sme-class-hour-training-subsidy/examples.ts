import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const sessions = (count: number, minutes = 45): Facts[] => Array.from({ length: count }, () => ({ heldOn: '2020-03-10', minutes }));
const trainee = (change: Facts = {}): Facts => ({
  person: 'trainee-1',
  employee: true,
  completed: true,
  missedHours: 0,
  paidThisYearFen: '0',
  ...change,
});
const project: Facts = {
  payeeKind: 'enterprise',
  firmSize: 'SMALL',
  project: 'project-1',
  topic: 'postSkills',
  mode: 'online',
  epidemicSafe: true,
  traceable: true,
  startsOn: '2020-03-01',
  endsOn: '2020-03-31',
  sessions: sessions(60),
  trainees: [trainee()],
};
const example = (zh: string, en: string, change: Facts, expect: Expectation, more: Partial<WorkedExample> = {}): WorkedExample => ({
  name: text(zh, en),
  facts: { ...project, ...change },
  expect,
  ...more,
});
const paid = (zh: string, en: string, change: Facts, total: string, set?: WorkedExample['set']): WorkedExample =>
  example(zh, en, change, { eligible: true, amounts: { total } }, set ? { set } : {});
const refused = (zh: string, en: string, change: Facts, unmet: string, more: Partial<WorkedExample> = {}): WorkedExample =>
  example(zh, en, change, { eligible: false, unmet: [unmet] }, more);
const on = (day: string): Facts => ({ startsOn: day, endsOn: day, sessions: [{ heldOn: day, minutes: 45 }] });
const ended = { set: { epidemicTo: '2020-06-30' } };

export const examples: readonly WorkedExample[] = [
  paid('60课时：600元', '60 class hours: 600 yuan', {}, '60000'),
  paid('99课时：990元', '99 class hours: 990', { sessions: sessions(99) }, '99000'),
  paid('100课时：1000元', '100 class hours: 1,000', { sessions: sessions(100) }, '100000'),
  paid('101课时：仍1000元', '101 class hours: still 1,000', { sessions: sessions(101) }, '100000'),
  paid('120课时：封顶1000元', '120 class hours: capped at 1,000', { sessions: sessions(120) }, '100000'),
  paid(
    '本年已补600元，另一项目60课时：400元',
    '600 already paid this year, another project of 60: 400',
    { project: 'project-2', trainees: [trainee({ paidThisYearFen: '60000' })] },
    '40000',
  ),
  paid(
    '账上本年已补600元：另一项目60课时400元',
    '600 on our books this year: 400 for 60 more',
    { project: 'project-2', trainees: [trainee({ paidBookedFen: '60000' })] },
    '40000',
  ),
  paid(
    '账上300元、系统外300元：400元',
    '300 on our books and 300 elsewhere: 400',
    { trainees: [trainee({ paidThisYearFen: '30000', paidBookedFen: '30000' })] },
    '40000',
  ),
  paid('账上本年已补1000元：0元', '1,000 on our books this year: nothing', { trainees: [trainee({ paidBookedFen: '100000' })] }, '0'),
  paid('本年已补1000元：0元', '1,000 already paid this year: nothing', { trainees: [trainee({ paidThisYearFen: '100000' })] }, '0'),
  paid('本年已补999.99元：0.01元', '999.99 already paid this year: one fen', { trainees: [trainee({ paidThisYearFen: '99999' })] }, '1'),
  paid('本年已补400元：60课时600元', '400 already paid: 600 for 60', { trainees: [trainee({ paidThisYearFen: '40000' })] }, '60000'),
  paid('本年已补400.01元：599.99元', '400.01 already paid: 599.99', { trainees: [trainee({ paidThisYearFen: '40001' })] }, '59999'),
  example(
    '同一人同一项目只补一次',
    'one person and project count once',
    {},
    {
      keys: ['class-hour-project trainee-1:project-1', 'class-hour-year trainee-1', 'training-subsidy trainee-1'],
    },
  ),
  paid('44分钟：不计课时', '44 minutes: no class hour', { sessions: sessions(1, 44) }, '0'),
  paid('45分钟：1课时', '45 minutes: one', { sessions: sessions(1, 45) }, '1000'),
  paid('46分钟：1课时', '46 minutes: one', { sessions: sessions(1, 46) }, '1000'),
  paid('89分钟：1课时', '89 minutes: one', { sessions: sessions(1, 89) }, '1000'),
  paid('90分钟：2课时', '90 minutes: two', { sessions: sessions(1, 90) }, '2000'),
  paid('91分钟：2课时', '91 minutes: two', { sessions: sessions(1, 91) }, '2000'),
  paid('按场计：90分钟也只1课时', 'by session: 90 minutes are one', { sessions: sessions(1, 90) }, '1000', {
    sessionRounding: 'ONE_A_SESSION',
  }),
  paid('两场44分钟不能合并', 'two sessions of 44 minutes are not added up', { sessions: sessions(2, 44) }, '0'),
  paid(
    '两人、其中一人缺10课时：1100元',
    'two people, one missed 10 hours: 1,100',
    { trainees: [trainee(), trainee({ person: 'trainee-2', missedHours: 10 })] },
    '110000',
  ),
  ...['postSkills', 'safety', 'injuryPrevention', 'health', 'general'].map((topic) =>
    paid(`培训内容 ${topic}：可以`, `topic ${topic}: yes`, { topic }, '60000'),
  ),
  ...['MEDIUM', 'SMALL', 'MICRO'].map((firmSize) => paid(`企业规模 ${firmSize}：可以`, `size ${firmSize}: yes`, { firmSize }, '60000')),
  paid('线下培训：可以', 'offline: yes', { mode: 'offline' }, '60000'),
  paid('主管部门增列的内容：可以', 'a topic the authority added: yes', { topic: 'languages' }, '60000', { extraTopics: ['languages'] }),
  refused('未列的内容：不补', 'a topic not listed: nothing', { topic: 'languages' }, 'topic-listed'),
  refused('大型企业：不补', 'a large firm: nothing', { firmSize: 'LARGE' }, 'small-or-medium'),
  refused('其他方式：不补', 'another mode: nothing', { mode: 'other' }, 'mode-listed'),
  refused('不符合防疫安全', 'not safe', { epidemicSafe: false }, 'epidemic-safe'),
  refused('没有签到或学习记录', 'nothing on record', { traceable: false }, 'traceable'),
  refused('不是本企业职工', 'not on the staff', { trainees: [trainee({ employee: false })] }, 'on-the-staff'),
  refused('未完成培训', 'not completed', { trainees: [trainee({ completed: false })] }, 'completed'),
  refused('缺课多于课时', 'more hours missed than held', { trainees: [trainee({ missedHours: 61 })] }, 'hours-missed'),
  paid('只上1课时：10元', 'one hour attended: 10', { trainees: [trainee({ missedHours: 59 })] }, '1000'),
  paid('全部缺课：0元', 'every hour missed: nothing', { trainees: [trainee({ missedHours: 60 })] }, '0'),
  refused('同一人列了两次', 'one person twice', { trainees: [trainee(), trainee()] }, 'trainees-listed-once'),
  refused('没有场次', 'no sessions', { sessions: [] }, 'sessions-within'),
  refused('场次在末次之后', 'a session after the last day', { endsOn: '2020-03-09' }, 'sessions-within'),
  paid('2020年1月24日培训：可以', 'trained on 24 January 2020: yes', on('2020-01-24'), '1000'),
  refused('2020年1月23日培训：不补', 'trained on 23 January 2020: nothing', on('2020-01-23'), 'during-control'),
  example('防控截止当日培训：可以', 'trained on the last day of control: yes', on('2020-06-30'), { eligible: true }, ended),
  refused('防控截止次日培训：不补', 'trained the day after: nothing', on('2020-07-01'), 'during-control', ended),
  example('防控截止当日申报：在期内', 'applied on the last day of control: inside', {}, { inWindow: true }, { ...ended, on: '2020-06-30' }),
  example('防控截止次日申报：不在期内', 'applied the day after: outside', {}, { inWindow: false }, { ...ended, on: '2020-07-01' }),
  example(
    '2020年11月23日申报：内部时限',
    'applied on 23 November 2020: the office’s own limit',
    {},
    { conditions: { enterpriseFirst: false } },
    { on: '2020-11-23' },
  ),
  example(
    '2020年11月24日申报：5个工作日',
    'applied on 24 November 2020: five working days',
    {},
    { conditions: { enterpriseFirst: true } },
    { on: '2020-11-24' },
  ),
];
