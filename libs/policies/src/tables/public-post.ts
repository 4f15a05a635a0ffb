import { type Grounds, text } from '../documents/document.js';
import type { Booked, Cel, Fact, KeyExclusion, Parameter, Plan, Rule } from '../policy.js';

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
export const postEndsOn: Cel = 'addMonths(startedOn, p.maxMonths - w.monthsBefore - w.monthsBooked)';
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

const GROUP = 'temporary-public-post-months';
/** Months on such posts before this one, whichever of the two subsidies counted them, are looked up; `workers` gets the column. */
export const postMonthsBooked: Booked = { group: GROUP, person: 'person', column: 'monthsBooked', since: 'startedOn' };
export const countPostMonths = ({ inferred }: Grounds): KeyExclusion => ({
  group: GROUP,
  key: 'workers.map(w, w.person)',
  per: 'period',
  limit: 'counted',
  reason: text('同一人在临时性公益性岗位的月数累计', 'the months of a person on temporary public posts add up'),
  cite: inferred(
    publicPostQuotes.sixMonths,
    text(
      '岗位补贴与社会保险补贴对应同一在岗时间，同月只计一次。',
      'Both subsidies are for the same time on the post; a month counts once.',
    ),
  ),
});

/** Rules of both subsidies; the rows of `workers` have `person`, `certified`, `monthsBefore` (told, elsewhere), `monthsBooked` (ours). */
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
    cite: inferred(
      publicPostQuotes.sixMonths,
      text(
        '同一人各次临时岗位的时间累计：本系统记账的月数与申报的系统外月数相加，有补贴的日历月各计一个月。',
        'The times of one person on such posts add up: months on our books and months told from elsewhere; each calendar month that was subsidised is one.',
      ),
    ),
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
