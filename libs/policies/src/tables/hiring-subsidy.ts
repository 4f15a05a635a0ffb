import { type Grounds, text } from '../documents/document.js';
import type { Cel, KeyExclusion, Parameter } from '../policy.js';
import { switched } from './exclusion-switches.js';

/** What is paid once for each person hired: the same in every subsidy for hiring, and in none of the documents. */
export const hiringStandard = ({ open }: Grounds): Parameter[] => [
  {
    key: 'hiringStandardFen',
    label: text('一次性吸纳就业补贴标准（每人，样例）', 'subsidy for each person hired (sample)'),
    value: '100000',
    from: '2020-01-01',
    sample: true,
    shared: 'hiringStandard',
    cite: open(
      text(
        '文件写“按规定给予”，未载数额；1000元为演示样例，正式使用前须由主管部门设定。',
        'The document says "as laid down" and gives no amount; 1,000 yuan is a sample and must be set before real use.',
      ),
    ),
  },
];

/** One person's hiring is subsidised once, by whichever subsidy for hiring. */
export const hireOnce = ({ open }: Grounds, key: Cel): KeyExclusion => ({
  ...switched('hire'),
  key,
  per: 'once',
  limit: 1,
  reason: text('吸纳同一人员就业只补贴一次', 'the hiring of one person is subsidised once'),
  cite: open(
    text(
      '补贴为“一次性”；文件未写明与其他吸纳补贴的关系，默认同一人只补一次。',
      'The subsidy is given once; how it goes with other hiring subsidies is not said, by default once for a person.',
    ),
  ),
});
