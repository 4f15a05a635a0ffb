import { type Grounds, text } from '../documents/document.js';
import type { Parameter, Plan } from '../policy.js';

const silent = text(
  '文件未规定公示；默认拨付后公示，以免与5个工作日拨付时限冲突。',
  'The document demands no public notice; by default the list is published after payment, so that the five-day limit can be kept.',
);

/** How long a list stays public after payment. */
export const noticeAfterParameters = ({ open }: Grounds, workingDays = 5): Parameter[] => [
  {
    key: 'noticeAfterDays',
    label: text('拨付后公示期（工作日）', 'public notice after payment (working days)'),
    value: workingDays,
    range: { least: 1, most: 60 },
    cite: open(silent),
  },
];

/** The list is published once the money is out. Needs `noticeAfterParameters`; a correction needs the plan's `recovery`. */
export const noticeAfter = ({ open }: Grounds): NonNullable<Plan['notice']> => ({
  when: 'afterPayment',
  days: { count: { parameter: 'noticeAfterDays' }, unit: 'workingDays', from: 'posted', kind: 'service', cite: open(silent) },
  cite: open(silent),
});
