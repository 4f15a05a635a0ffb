import type { Parameter } from '../policy.js';
import { metBy } from '../tables/met-by.js';
import type { Grounds } from './sources.js';
import { sampleStandards } from './standards.sample.js';

/** The policy's adjustable values. What the document states is fixed; what it leaves open has a default that can be set. */
export const parametersOf = (grounds: Grounds): Parameter[] => [...shares(grounds), ...readings(grounds), ...clocks(grounds)];

const shares = ({ stated, inferred, open }: Grounds): Parameter[] => [
  { key: 'firstShare', label: { zh: '首笔预拨比例', en: 'share of the first advance' }, value: '50%', cite: stated('first') },
  { key: 'secondShare', label: { zh: '第二笔拨付比例', en: 'share of the second payment' }, value: '25%', cite: stated('second') },
  {
    key: 'halfProgress',
    label: { zh: '第二笔拨付所需进度', en: 'progress needed for the second payment' },
    value: '1/2',
    cite: inferred('second', {
      zh: '“一半”读作已完成课时不少于经备案计划课时的二分之一。',
      en: '"Half" is read as completed class hours of at least one half of the filed planned hours.',
    }),
  },
  {
    key: 'standards',
    label: { zh: '补贴标准（样例，非公布标准）', en: 'subsidy standards (sample, not the published figures)' },
    value: sampleStandards,
    sample: true,
    cite: open({
      zh: '文件未载明人均标准；此表为演示样例，正式使用前须由主管部门设定。',
      en: 'The document gives no amount per person; this table is a sample for trials and must be set by the authority before real use.',
    }),
  },
];

const readings = ({ open }: Grounds): Parameter[] => [
  {
    key: 'progressBasis',
    label: { zh: '进度计算口径', en: 'measure of progress' },
    value: 'HOURS',
    oneOf: [
      { value: 'HOURS', label: { zh: '课时', en: 'class hours' } },
      { value: 'DAYS', label: { zh: '天数', en: 'days' }, unsupported: notRecorded },
      { value: 'MODULES', label: { zh: '模块', en: 'modules' }, unsupported: notRecorded },
    ],
    cite: open({ zh: '文件未规定“正常进度”的计算口径。', en: 'The document does not say how "normal progress" is measured.' }),
  },
  {
    key: 'clawbackBasis',
    label: { zh: '收回口径', en: 'extent of recovery' },
    value: 'PAID_IN_FULL',
    oneOf: [
      { value: 'PAID_IN_FULL', label: { zh: '实际已拨资金全部收回', en: 'everything actually paid' } },
      { value: 'FAILED_SHARE', label: { zh: '按未合格部分比例收回', en: 'only the share of those who did not qualify' } },
    ],
    cite: open({
      zh: '“据实收回”默认读作收回实际已拨的全部资金（含第二笔）；另一读法为按未合格部分比例收回。',
      en: '"Recover according to fact" is read as everything actually paid, the second payment included; the other reading is pro rata to the failed part.',
    }),
  },
  {
    key: 'abortAsFail',
    label: { zh: '中途终止视同未通过验收', en: 'aborted training counts as failed' },
    value: true,
    oneOf: [
      { value: true, label: { zh: '视同未通过', en: 'counts as failed' } },
      {
        value: false,
        label: { zh: '不视同未通过', en: 'does not count as failed' },
        unsupported: {
          zh: '尚未规定终止培训可保留的金额，不能改设。',
          en: 'What an aborted class may keep is not laid down; this cannot be set.',
        },
      },
    ],
    cite: open({ zh: '文件未规定中途终止的处理。', en: 'The document does not say what follows when training is aborted.' }),
  },
  {
    key: 'maxReinspections',
    label: { zh: '允许复验次数', en: 're-inspections allowed' },
    value: 1,
    range: { least: 0, most: 5 },
    cite: open({ zh: '文件未规定能否复验。', en: 'The document does not say whether a failed class may be inspected again.' }),
  },
];

const notRecorded = {
  zh: '考勤表只记录课时，无法按此口径计算进度，不能改设。',
  en: 'Attendance lists record class hours only; progress cannot be measured so, and this cannot be set.',
};

const clocks = ({ open }: Grounds): Parameter[] => [
  {
    key: 's2Sla',
    label: { zh: '第二笔内部时限（工作日）', en: 'internal limit of the second payment (working days)' },
    value: 5,
    range: { least: 1, most: 60 },
    cite: open({
      zh: '文件未规定第二笔的拨付时限；此为内部时限。',
      en: 'The document sets no limit for the second payment; this is an internal one.',
    }),
  },
  {
    key: 'demandSla',
    label: { zh: '发出收回通知内部时限（工作日）', en: 'internal limit for demanding repayment (working days)' },
    value: 5,
    range: { least: 1, most: 60 },
    cite: open({ zh: '文件未规定收回的时限。', en: 'The document sets no limit for recovery.' }),
  },
  {
    key: 'repayDays',
    label: { zh: '退还期限（日历日）', en: 'time for repayment (calendar days)' },
    value: 30,
    range: { least: 1, most: 365 },
    cite: open({ zh: '文件未规定退还期限。', en: 'The document sets no time for repayment.' }),
  },
  {
    key: 'notice.days',
    label: { zh: '公示期（工作日）', en: 'public notice (working days)' },
    value: 5,
    range: { least: 1, most: 60 },
    cite: open({ zh: '文件要求公示，未规定期限。', en: 'The document demands a public notice but not its length.' }),
  },
  {
    key: 'notice.countPostingDay',
    label: { zh: '公示发布当日是否计入', en: 'does the posting day count' },
    value: false,
    oneOf: [
      { value: false, label: { zh: '不计入', en: 'not counted' } },
      {
        value: true,
        label: { zh: '计入', en: 'counted' },
        unsupported: {
          zh: '公示期自发布次日起算，不能改设；需要时可缩短公示期天数。',
          en: 'The notice runs from the day after posting; this cannot be set, shorten the notice instead.',
        },
      },
    ],
    cite: open({
      zh: '文件未规定起算日；按期间开始之日不计入的一般规则。',
      en: 'The document is silent; by the general rule the first day of a period is not counted.',
    }),
  },
  {
    key: 'objection.handleDays',
    label: { zh: '异议处理内部时限（工作日）', en: 'internal limit for deciding an objection (working days)' },
    value: 5,
    range: { least: 1, most: 60 },
    cite: open({ zh: '文件未规定异议处理时限。', en: 'The document sets no limit for deciding objections.' }),
  },
  metBy({ open }),
];
