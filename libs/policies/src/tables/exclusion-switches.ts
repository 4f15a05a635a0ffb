import { type Grounds, text } from '../documents/document.js';
import type { Parameter } from '../policy.js';

/** Exclusions between policies that no document states, each with the words for what is not taken together. */
const between = {
  hire: text('同一人员的两种一次性吸纳就业补贴', 'two one-off subsidies for hiring the same person'),
  'post-subsidy': text('同一人同一月份的两项岗位补贴', 'two post subsidies for a person and month'),
  'social-insurance-month': text('同一人同一月份的两项社会保险补贴', 'two social insurance subsidies for a person and month'),
  'stabilisation-refund': text('同一企业同一年度的两种稳岗返还', 'two kinds of refund for a firm and year'),
  'training-subsidy': text('同一人同一期间的两种培训补贴', 'two kinds of training subsidy for a person on the same days'),
  'internship-accident-insurance': text(
    '同一人同一期间的见习保险与农民工意外伤害保险补贴',
    'internship insurance and migrant workers’ accident insurance for a person on the same days',
  ),
  'venue-rent': text('同一期间的创业场地补贴与减租补助', 'venue subsidy and rent relief for the same days'),
  'assistance-or-living-aid': text('同一人同一月份的失业补助金与生活补助', 'unemployment assistance and living aid for a person and month'),
  'startup-loan-interest': text('同一笔贷款同一计息期的两种贴息', 'two kinds of interest subsidy for a loan and period'),
} as const;

/** A group whose exclusion between policies may be switched off. */
export type SwitchedGroup = keyof typeof between;

const keyOf = (group: SwitchedGroup): string => `exclusion.${group.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;

/** The group of an exclusion with the parameter that switches it off. */
export const switched = <G extends SwitchedGroup>(group: G): { readonly group: G; readonly switch: string } => ({
  group,
  switch: keyOf(group),
});

/** The switches of these groups: set once in a place, they hold for every policy of the group. */
export const exclusionSwitches = ({ open }: Pick<Grounds, 'open'>, ...groups: readonly SwitchedGroup[]): Parameter[] =>
  groups.map((group) => ({
    key: keyOf(group),
    label: text(`不得并享：${between[group].zh}`, `not taken together: ${between[group].en}`),
    value: true,
    from: '2020-01-01',
    oneOf: [
      { value: true, label: text('不得并享', 'excluded') },
      { value: false, label: text('允许并享', 'permitted together') },
    ],
    shared: 'exclusions',
    cite: open(
      text(
        '文件未规定能否并享；默认不得并享，本地区允许的，依据其规定设定。',
        'The document does not say; excluded by default. A place that permits it sets so, with its ground.',
      ),
    ),
  }));
