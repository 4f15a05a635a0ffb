import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const ranked = (zh: string, en: string, change: Facts, expect: Expectation, more: Partial<WorkedExample> = {}): WorkedExample => ({
  name: text(zh, en),
  on: '2021-03-01',
  facts: {
    payeeKind: 'government',
    payeeKey: 'city-1',
    assessedYear: '2020',
    assessed: true,
    rank: 1,
    tied: false,
    tieDecided: false,
    ...change,
  },
  expect,
  ...more,
});
const paid = (reward: string): Expectation => ({
  eligible: true,
  inWindow: true,
  amounts: { reward },
  remainderFen: reward,
  recoverFen: '0',
});
const refusal = (...unmet: readonly string[]): Expectation => ({ eligible: false, unmet });

export const examples: readonly WorkedExample[] = [
  ranked(
    '第一名：500万元',
    'first: 5,000,000 yuan',
    {},
    {
      ...paid('500000000'),
      keys: ['assessment-reward city-1:2020', 'assessment-reward-rank first:2020'],
    },
  ),
  ranked(
    '第二名：300万元',
    'second: 3,000,000',
    { rank: 2 },
    {
      ...paid('300000000'),
      keys: ['assessment-reward city-1:2020', 'assessment-reward-rank second:2020'],
    },
  ),
  ranked(
    '第三名：100万元',
    'third: 1,000,000',
    { rank: 3 },
    {
      ...paid('100000000'),
      keys: ['assessment-reward city-1:2020', 'assessment-reward-rank third:2020'],
    },
  ),
  ranked('第四名：不奖励', 'fourth: nothing', { rank: 4 }, { ...refusal('top-three'), amounts: { reward: '0' } }),
  ranked('没有第零名', 'no rank at all: nothing', { rank: 0 }, refusal('top-three')),
  ranked('并列未决定：不下达', 'a tie not decided: nothing yet', { rank: 2, tied: true }, refusal('tie-decided')),
  ranked('并列已决定为第二名：300万元', 'a tie decided as second: 3,000,000', { rank: 2, tied: true, tieDecided: true }, paid('300000000')),
  ranked('其他年度：不奖励', 'another year: nothing', { assessedYear: '2021' }, refusal('year-assessed')),
  ranked('不在考核的市之内：不奖励', 'not among the cities assessed: nothing', { assessed: false }, refusal('assessed-city')),
  ranked('企业不是市', 'an enterprise is no city', { payeeKind: 'enterprise' }, refusal('a-city')),
  ranked('印发当日收到：在期内', 'received on the day of issue: inside', {}, { inWindow: true }, { on: '2020-11-01' }),
];
