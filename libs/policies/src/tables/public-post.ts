import { type Grounds, text } from '../documents/document.js';
import type { Cel, Fact, Parameter, Plan, Rule } from '../policy.js';

/** What both subsidies for temporary public posts stand on. */
export const publicPostQuotes = {
  who: '合理安置就业困难人员',
  posts: '新开发的城镇公益性岗位以短期性、临时性岗位为主',
  sixMonths: '临时性公益性岗位在岗时间不超过6个月',
} as const;

/** One case: people who took up temporary posts on the same day. */
export const postFacts: Readonly<Record<'temporaryPost' | 'startedOn', Fact>> = {
  temporaryPost: {
    type: 'bool',
    label: text('岗位为新开发的临时性城镇公益性岗位', 'the posts are newly created temporary public posts'),
    from: 'data',
  },
  startedOn: { type: 'date', label: text('上岗日期', 'day the posts were taken up'), from: 'form' },
};

export const postParameters = ({ stated }: Grounds): Parameter[] => [
  {
    key: 'maxMonths',
    label: text('最长在岗月数', 'most months on a post'),
    value: 6,
    range: { least: 1, most: 24 },
    cite: stated(publicPostQuotes.sixMonths),
  },
];

/** The day on which a person's time on the post is over, that day not counted. */
export const postEndsOn: Cel = 'addMonths(startedOn, p.maxMonths - w.monthsBefore)';
/** Six calendar months, or the parts of seven where the post begins inside a month. */
const touchedMonths: Cel = 'p.maxMonths + (startedOn == monthStart(startedOn) ? 0 : 1)';

export const postTerm = ({ inferred }: Grounds): NonNullable<NonNullable<Plan['claims']>[number]['term']> => ({
  periods: touchedMonths,
  cite: inferred(
    publicPostQuotes.sixMonths,
    text(
      '满6个月即止，不得续期；月中上岗的，首尾两个月按实际在岗日计，合计仍为6个月。',
      'It ends for good after six months; where a post begins inside a month, the first and the last month count by days, six months together.',
    ),
  ),
});

/** Rules of both subsidies; the rows of `workers` have `person`, `certified`, `monthsBefore`. */
export const postRules = ({ stated, inferred }: Grounds): Rule[] => [
  {
    id: 'temporary-post',
    when: 'temporaryPost',
    reason: text('岗位应为临时性城镇公益性岗位', 'the posts must be temporary public posts'),
    cite: stated(publicPostQuotes.posts),
  },
  {
    id: 'certified',
    when: 'workers.all(w, w.certified)',
    reason: text('在岗人员均应认定为就业困难人员', 'everybody on the posts must be certified as hard to employ'),
    cite: stated(publicPostQuotes.who),
    per: 'period',
  },
  {
    id: 'within-six-months',
    when: `periodTo >= startedOn && workers.all(w, periodFrom < ${postEndsOn})`,
    reason: text(
      '每人在临时性公益性岗位累计不超过6个月，满期即止',
      'nobody stays on temporary public posts beyond six months in all; it ends there',
    ),
    cite: inferred(publicPostQuotes.sixMonths, text('同一人各次临时岗位的时间累计。', 'The times of one person on such posts add up.')),
    per: 'period',
  },
];

/** What ends a post before its time. */
export const postStops = ({ inferred }: Grounds): NonNullable<Plan['claims']>[number]['stops'] => [
  {
    id: 'postEnded',
    label: text('离岗', 'the posts ended'),
    cite: inferred(publicPostQuotes.sixMonths, text('离岗后不再在岗，停止补贴。', 'Who left is no longer on the post.')),
  },
];
