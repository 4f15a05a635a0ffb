import { external, text } from '../documents/document.js';
import type { Cite, Parameter, Until } from '../policy.js';

const silent: Cite = external(
  '大人社发〔2020〕38号《关于做好疫情防控期间有关就业工作的通知》',
  '结尾',
  text(
    '文件未写明疫情防控期间的起止日期，由管理机关据公告登记。',
    'The document gives no first or last day; the authority records them from the announcements.',
  ),
);

/** The time of epidemic control: its first day, its last day and the day the epidemic ended; the last two are recorded when they come. */
export const epidemic: readonly Parameter[] = [
  {
    key: 'epidemicFrom',
    label: text('疫情防控期间起始日', 'first day of epidemic control'),
    value: '2020-01-24',
    from: '2020-01-01',
    cite: silent,
    shared: 'epidemic',
  },
  {
    key: 'epidemicTo',
    label: text('疫情防控期间截止日', 'last day of epidemic control'),
    value: '',
    from: '2020-01-01',
    landmark: true,
    cite: silent,
    shared: 'epidemic',
  },
  {
    key: 'epidemicEndedOn',
    label: text('疫情结束日', 'day the epidemic ended'),
    value: '',
    from: '2020-01-01',
    landmark: true,
    cite: silent,
    shared: 'epidemic',
  },
];

/** The end of a window "during epidemic control". */
export const untilControlEnds: Until = { landmark: 'epidemicTo' };
/** The end of what holds until so many months after the epidemic. */
export const untilMonthsAfterEpidemic = (plusMonths: number): Until => ({ landmark: 'epidemicEndedOn', plusMonths });
