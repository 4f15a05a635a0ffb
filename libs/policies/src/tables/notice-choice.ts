import { type Grounds, text } from '../documents/document.js';
import type { Parameter, Plan } from '../policy.js';

/** Who is published: a firm or unit, or a natural person, of whom nothing is published unless the place decides so. */
export type Published = 'firms' | 'people';
const silent = {
  firms: text(
    '文件未规定公示；是否公示、何时公示由各地决定。默认拨付后公示：拨付前公示与收到申报5个工作日内拨付不能同时满足。',
    'The document demands no public notice; whether there is one, and when, is for the jurisdiction. After payment by default: one before payment and payment within five working days of the application cannot both be kept.',
  ),
  people: text(
    '文件未规定公示；申报人多为自然人，是否公示、何时公示由各地决定。默认不公示。',
    'The document demands no public notice; most applicants are natural persons, and whether they are published, and when, is for the jurisdiction. By default they are not.',
  ),
};
const clock = text(
  '文件未说明公示期间是否计入5个工作日拨付时限，二者不能同时满足；默认时限照常计算，选择拨付前公示的地区须写明时限停止计算。',
  'Whether the days of a notice count towards the five-day limit is not said, and both cannot be kept: by default the clock runs on, and a jurisdiction that publishes before payment has to say that it stands still.',
);
const days = text(
  '公示天数和异议核查天数由各地决定；默认5个工作日。',
  'How long both take is for the jurisdiction; 5 working days by default.',
);
const range = { least: 1, most: 60 };

/** Where the notice stands, how long it takes, and whether clocks of payments stand still during one before payment. */
export const noticeChoiceParameters = ({ open }: Grounds, published: Published = 'firms'): Parameter[] => [
  {
    key: 'noticeMode',
    label: text('公示方式', 'public notice'),
    value: published === 'firms' ? 'after' : 'none',
    from: '2020-01-01',
    oneOf: [
      { value: 'before', label: text('拨付前公示', 'before payment') },
      { value: 'after', label: text('拨付后公示', 'after payment') },
      { value: 'none', label: text('不公示', 'none') },
    ],
    cite: open(silent[published]),
  },
  {
    key: 'clockPausesDuringNotice',
    label: text('拨付前公示期间拨付时限停止计算', 'the clocks of payments stand still during a notice before payment'),
    value: false,
    from: '2020-01-01',
    oneOf: [
      { value: true, label: text('停止计算', 'they stand still') },
      { value: false, label: text('照常计算', 'they run on') },
    ],
    cite: open(clock),
  },
  {
    key: 'noticeDays',
    label: text('公示期（工作日）', 'public notice (working days)'),
    value: 5,
    from: '2020-01-01',
    range,
    cite: open(days),
  },
  {
    key: 'objectionDays',
    label: text('异议核查时限（工作日）', 'time to decide an objection (working days)'),
    value: 5,
    from: '2020-01-01',
    range,
    cite: open(days),
  },
];

/** The approved result is published where the jurisdiction says so. Needs `noticeChoiceParameters`. */
export const noticeByChoice = ({ open }: Grounds, published: Published = 'firms'): NonNullable<Plan['notice']> => ({
  when: 'chosen',
  mode: 'noticeMode',
  pauses: 'clockPausesDuringNotice',
  days: { count: { parameter: 'noticeDays' }, unit: 'workingDays', from: 'posted', kind: 'service', cite: open(silent[published]) },
  objectionDecision: { count: { parameter: 'objectionDays' }, unit: 'workingDays', from: 'raised', kind: 'service', cite: open(days) },
  cite: open(silent[published]),
});
