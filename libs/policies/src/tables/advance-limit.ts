import { type Grounds, text } from '../documents/document.js';
import type { Due, Parameter } from '../policy.js';

const silent = text('文件未规定预拨的时限；此为内部时限。', 'The document sets no limit for the advance; this is an internal one.');

/** The office's own limit for an advance that no document limits. */
export const advanceLimitParameters = ({ open }: Grounds): Parameter[] => [
  {
    key: 'advanceSla',
    label: text('预拨内部时限（工作日）', 'internal limit of the advance (working days)'),
    value: 5,
    range: { least: 1, most: 60 },
    cite: open(silent),
  },
];

/** Counted from a mark such as `approved`. Needs `advanceLimitParameters`. */
export const advanceLimit = ({ open }: Grounds, from: string): Due => ({
  count: { parameter: 'advanceSla' },
  unit: 'workingDays',
  from,
  kind: 'service',
  cite: open(silent),
});
