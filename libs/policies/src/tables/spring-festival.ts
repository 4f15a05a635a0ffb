import { type Grounds, text } from '../documents/document.js';
import type { Parameter, Rule } from '../policy.js';

/** The Spring Festival of 2020 in which firms made or carried what the epidemic called for; `quote` says until when. */
export const springFestival = (grounds: Grounds, quote: string): Parameter[] => [
  {
    key: 'festivalFrom',
    label: text('春节期间起始日', 'first day of the Spring Festival'),
    value: '2020-01-24',
    cite: grounds.inferred(
      quote,
      text('文件只写截止日；起始日按春节假期首日。', 'The document gives the last day only; the first is that of the holiday.'),
    ),
  },
  { key: 'festivalTo', label: text('春节期间截止日', 'last day of the Spring Festival'), value: '2020-02-09', cite: grounds.stated(quote) },
];

/** The firm was at work on a day of it. Needs `springFestival` and the fact `operatedOn`. */
export const overTheFestival = (grounds: Grounds, quote: string): Rule => ({
  id: 'over-the-festival',
  when: 'p.festivalFrom <= operatedOn && operatedOn <= p.festivalTo',
  reason: text('应在春节期间（截至2020年2月9日）开工', 'the firm must have been at work over the Spring Festival, up to 9 February 2020'),
  cite: grounds.stated(quote),
});
