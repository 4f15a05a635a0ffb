import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const asked = (zh: string, en: string, change: Facts, expect: Expectation): WorkedExample => ({
  name: text(zh, en),
  on: '2020-12-01',
  facts: {
    payeeKind: 'government',
    payeeKey: 'city-1',
    year: '2020',
    effectSignificant: true,
    neededFen: '900000000',
    availableFen: '500000000',
    decidedFen: '300000000',
    ...change,
  },
  expect,
});
const refusal = (...unmet: readonly string[]): Expectation => ({ eligible: false, unmet });

export const examples: readonly WorkedExample[] = [
  asked(
    '核定支持300万元',
    'support of 3,000,000 yuan decided',
    {},
    {
      eligible: true,
      inWindow: true,
      amounts: { support: '300000000' },
      remainderFen: '300000000',
      recoverFen: '0',
      keys: ['skills-adjustment-fund-support city-1:2020'],
    },
  ),
  asked('缺口1分：符合', 'one fen short: yes', { availableFen: '899999999' }, { eligible: true }),
  asked('恰好满足：不支持', 'just enough: nothing', { availableFen: '900000000' }, refusal('funds-insufficient')),
  asked('有余：不支持', 'more than enough: nothing', { availableFen: '900000001' }, refusal('funds-insufficient')),
  asked('效果不显著：不支持', 'the action did not work well: nothing', { effectSignificant: false }, refusal('effect-significant')),
  asked('金额未核定：不下达', 'no amount decided: nothing yet', { decidedFen: '0' }, refusal('support-decided')),
  asked('企业不是市', 'an enterprise is no city', { payeeKind: 'enterprise' }, refusal('a-city')),
];
