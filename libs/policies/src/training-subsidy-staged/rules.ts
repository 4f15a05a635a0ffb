import type { AmountRule, Fact, Rule } from '../policy.js';
import type { Grounds } from './sources.js';

const people = { list: { occupation: 'string', level: 'string', count: 'int' } } as const;

/** Totals only: who the trainees are never reaches a policy. */
export const facts: Record<string, Fact> = {
  enrolled: {
    type: people,
    label: { zh: '备案学员（职业、等级、人数）', en: 'enrolled trainees (occupation, level, number)' },
    from: 'upload',
  },
  plannedHours: { type: 'int', label: { zh: '计划课时', en: 'planned class hours' }, from: 'form' },
  completedHours: { type: 'int', label: { zh: '已完成课时', en: 'completed class hours' }, from: 'upload' },
  qualified: {
    type: people,
    label: { zh: '验收合格学员（职业、等级、人数）', en: 'qualified trainees (occupation, level, number)' },
    from: 'upload',
  },
  classFiled: { type: 'bool', label: { zh: '已办理开班备案', en: 'class filed' }, from: 'form' },
  providerApproved: { type: 'bool', label: { zh: '机构在培训机构目录内', en: 'institution on the approved list' }, from: 'data' },
  traineesEligible: { type: 'bool', label: { zh: '学员属于补贴对象', en: 'trainees belong to a subsidised group' }, from: 'form' },
  startsOn: { type: 'date', label: { zh: '备案开班日期', en: 'filed first day of the class' }, from: 'form' },
  endsOn: { type: 'date', label: { zh: '备案结班日期', en: 'filed last day of the class' }, from: 'form' },
};

const filing = { doc: '大人社发〔2022〕105号', clause: '开班备案', basis: 'external' } as const;

/** Who may be paid at all. */
export const rulesOf = ({ inferred, open }: Grounds): Rule[] => [
  {
    id: 'provider-approved',
    when: 'providerApproved',
    reason: { zh: '培训机构应在本地培训机构目录内', en: 'the institution must be on the approved list' },
    cite: open({
      zh: '文件未规定机构条件，默认要求列入目录。',
      en: 'The document sets no condition; being on the list is required by default.',
    }),
  },
  {
    id: 'class-filed',
    when: 'classFiled',
    reason: { zh: '应已办理开班备案', en: 'the class must have been filed' },
    cite: {
      ...filing,
      note: { zh: '文件未提备案；取自后来的大连通知的用语。', en: 'Not in the document; taken from the wording of a later Dalian notice.' },
    },
  },
  {
    id: 'trainees-eligible',
    when: 'traineesEligible',
    reason: { zh: '学员应属于培训补贴对象', en: 'the trainees must belong to a subsidised group' },
    cite: open({ zh: '文件未列举补贴对象。', en: 'The document does not list the subsidised groups.' }),
  },
  {
    id: 'occupations-listed',
    when: 'enrolled.all(t, listed(p.standards, t.occupation, t.level))',
    reason: { zh: '每一职业（工种）和等级都应在补贴目录内', en: 'every occupation and level must be in the subsidy catalogue' },
    cite: open({ zh: '文件未附补贴目录。', en: 'The document contains no catalogue.' }),
  },
  {
    id: 'class-not-empty',
    when: 'sum(enrolled.map(t, t.count)) > 0',
    reason: { zh: '备案学员不能为零', en: 'at least one trainee must be enrolled' },
    cite: inferred('first', { zh: '预计补贴数额按备案学员计算。', en: 'The estimate is computed from the enrolled trainees.' }),
  },
  {
    id: 'progress-plan-filed',
    when: 'plannedHours > 0 && startsOn <= endsOn',
    reason: { zh: '应备案课时计划和起止日期', en: 'class hours and dates must be filed' },
    cite: inferred('second', { zh: '“正常进度”以备案计划为准。', en: '"Normal progress" is measured against the filed plan.' }),
  },
];

const total = (list: string): string => `sum(${list}.map(t, t.count * standard(p.standards, t.occupation, t.level)))`;
const same = (list: string): string => `sum(${list}.filter(x, x.occupation == t.occupation && x.level == t.level).map(x, x.count))`;

/** What is paid. Fen; shares are rounded down and the last payment takes the rest. */
export const amountsOf = ({ stated, inferred, open }: Grounds): Record<string, AmountRule> => ({
  estimate: {
    fen: total('enrolled'),
    label: { zh: '预计补贴数额', en: 'estimated subsidy' },
    cite: inferred('first', {
      zh: '预计补贴数额 = 各职业等级备案人数 × 标准之和。',
      en: 'The estimate is the sum of enrolled trainees times their standard.',
    }),
  },
  first: { fen: 'share(estimate, p.firstShare)', label: { zh: '首笔预拨', en: 'first advance' }, cite: stated('first') },
  second: {
    fen: 'share(estimate, p.secondShare)',
    label: { zh: '第二笔', en: 'second payment' },
    cite: inferred('second', { zh: '25% 的基数承前，为预计补贴数额。', en: 'The 25 % is of the estimate, the base named just before.' }),
  },
  assessed: {
    fen: total('qualified'),
    label: { zh: '核定补贴数额', en: 'assessed subsidy' },
    valid: {
      when: `qualified.all(t, ${same('qualified')} <= ${same('enrolled')})`,
      reason: {
        zh: '某职业等级的合格人数多于备案人数，请核对验收结果。',
        en: 'More trainees qualified in an occupation and level than were enrolled; check the results.',
      },
    },
    cite: inferred('remainder', {
      zh: '“剩余补贴资金”以验收合格学员按标准核定的数额为准。',
      en: 'The remaining subsidy is measured against the amount of those who qualified.',
    }),
  },
  onFailure: {
    fen: "p.clawbackBasis == 'PAID_IN_FULL' ? 0 : share(assessed, p.firstShare) + (halfReached ? share(assessed, p.secondShare) : 0)",
    label: { zh: '未通过验收时可保留的数额', en: 'what may be kept when acceptance fails' },
    cite: open({
      zh: '默认全部收回，保留为零；按比例读法保留合格学员部分的预拨数额。',
      en: 'By default nothing is kept; in the pro rata reading the advances for those who qualified are kept.',
    }),
  },
});

/** Named branches of the plan. Half reached means at least one half, exactly. */
export const conditions = { halfReached: 'plannedHours > 0 && !below(completedHours, plannedHours, p.halfProgress)' };
export const conditionLabels = {
  halfReached: { zh: '已完成课时不少于计划课时的一半', en: 'completed class hours are at least half of those planned' },
};
