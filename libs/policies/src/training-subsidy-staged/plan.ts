import type { Due, Plan } from '../policy.js';
import { conditionLabels, conditions } from './rules.js';
import type { Grounds } from './sources.js';

/** 50 % after the start, 25 % at half progress, the rest after the notice; back what was not earned. */
export const planOf = (grounds: Grounds): Plan => ({
  entry: 'standard',
  conditions,
  conditionLabels,
  milestones: milestonesOf(grounds),
  interruption: {
    cite: grounds.inferred('second', {
      zh: '中断期间不计进度，恢复后继续。',
      en: 'An interruption pauses progress and does not advance it.',
    }),
  },
  acceptance: {
    attempts: { parameter: 'maxReinspections', plus: 1 },
    cite: grounds.stated('remainder'),
    onFailure: 'onFailure',
    onFailureCite: grounds.inferred('recovery', {
      zh: '收回实际已拨的全部资金，含“再拨付”的第二笔；未拨的不再拨付。',
      en: 'Everything actually paid comes back, the second payment included; what is unpaid is not paid.',
    }),
  },
  notice: noticeOf(grounds),
  advances: advancesOf(grounds),
  remainder: {
    id: 's3',
    label: { zh: '剩余补贴资金', en: 'remaining subsidy' },
    projection: 'estimate',
    cite: grounds.stated('remainder'),
  },
  entitlement: [
    {
      opens: ['approved', 'settled'],
      amount: 'assessed',
      due: { count: 5, unit: 'workingDays', from: 'settled', kind: 'statutory', cite: grounds.stated('remainder') },
      cite: grounds.stated('remainder'),
    },
  ],
  recovery: recoveryOf(grounds),
});

const milestonesOf = ({ stated, inferred }: Grounds): Plan['milestones'] => [
  { id: 'started', label: { zh: '开展培训', en: 'training started' }, by: ['institution', 'inspector'], cite: stated('first') },
  {
    id: 'halfway',
    label: { zh: '达到正常进度一半', en: 'half of normal progress reached' },
    by: ['inspector'],
    requires: 'halfReached',
    cite: inferred('second', { zh: '由人社部门依考勤核验。', en: 'Verified by the authority from attendance.' }),
  },
  { id: 'ended', label: { zh: '培训结束', en: 'training ended' }, by: ['institution', 'inspector'], cite: stated('remainder') },
];

const advancesOf = (grounds: Grounds): Plan['advances'] => [
  {
    id: 's1',
    label: { zh: '首笔预拨', en: 'first advance' },
    amount: 'first',
    opens: ['approved', 'started'],
    due: { count: 10, unit: 'workingDays', from: 'started', kind: 'statutory', cite: grounds.stated('first') },
    cite: grounds.stated('first'),
  },
  {
    id: 's2',
    label: { zh: '第二笔', en: 'second payment' },
    amount: 'second',
    opens: ['approved', 'started', 'halfway'],
    lapsesOn: 'ended',
    due: service(grounds, 's2Sla', 'halfway', { zh: '文件未规定第二笔的时限。', en: 'The document sets no limit for the second payment.' }),
    cite: grounds.stated('second'),
  },
];

const noticeOf = (grounds: Grounds): NonNullable<Plan['notice']> => ({
  when: 'beforeRemainder',
  days: service(grounds, 'notice.days', 'posted', { zh: '文件未规定公示期。', en: 'The document does not set the length of the notice.' }),
  objectionDecision: service(grounds, 'objection.handleDays', 'raised', {
    zh: '文件未规定异议处理时限。',
    en: 'The document sets no limit for deciding objections.',
  }),
  cite: grounds.stated('remainder'),
});

const recoveryOf = (grounds: Grounds): NonNullable<Plan['recovery']> => ({
  demand: service(grounds, 'demandSla', 'overpaid', { zh: '文件未规定收回的时限。', en: 'The document sets no limit for recovery.' }),
  repay: {
    ...service(grounds, 'repayDays', 'demanded', { zh: '文件未规定退还期限。', en: 'The document sets no time for repayment.' }),
    unit: 'calendarDays',
  },
  cite: grounds.stated('recovery'),
});

const service = ({ open }: Grounds, parameter: string, from: string, note: { zh: string; en: string }): Due => ({
  count: { parameter },
  unit: 'workingDays',
  from,
  kind: 'service',
  cite: open(note),
});
