import { type Grounds, text } from '../documents/document.js';
import type { Cite, Parameter, Plan } from '../policy.js';

/** The two limits of a recovery, which no document sets. */
export const recoveryParameters = ({ open }: Grounds): Parameter[] => [
  {
    key: 'demandSla',
    label: text('发出收回通知内部时限（工作日）', 'internal limit for demanding repayment (working days)'),
    value: 5,
    range: { least: 1, most: 60 },
    cite: open(text('文件未规定收回的时限。', 'The document sets no limit for recovery.')),
  },
  {
    key: 'repayDays',
    label: text('退还期限（日历日）', 'time for repayment (calendar days)'),
    value: 30,
    range: { least: 1, most: 365 },
    cite: open(text('文件未规定退还期限。', 'The document sets no time for repayment.')),
  },
];

/** How an excess comes back; `cite` says why it does. Needs `recoveryParameters`. */
export const recovery = ({ open }: Grounds, cite: Cite): NonNullable<Plan['recovery']> => ({
  demand: {
    count: { parameter: 'demandSla' },
    unit: 'workingDays',
    from: 'overpaid',
    kind: 'service',
    cite: open(text('文件未规定收回的时限。', 'The document sets no limit for recovery.')),
  },
  repay: {
    count: { parameter: 'repayDays' },
    unit: 'calendarDays',
    from: 'demanded',
    kind: 'service',
    cite: open(text('文件未规定退还期限。', 'The document sets no time for repayment.')),
  },
  cite,
});
