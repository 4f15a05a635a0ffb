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
    remittedInFull: true,
    deficitFen: '900000000',
    usableBalanceFen: '0',
    policyImpaired: true,
    decidedFen: '600000000',
    ...change,
  },
  expect,
});
const refusal = (...unmet: readonly string[]): Expectation => ({ eligible: false, unmet });

export const examples: readonly WorkedExample[] = [
  asked(
    '核定支持600万元',
    'support of 6,000,000 yuan decided',
    {},
    {
      eligible: true,
      inWindow: true,
      amounts: { support: '600000000' },
      remainderFen: '600000000',
      recoverFen: '0',
      keys: ['ui-adjustment-fund-support city-1:2020'],
    },
  ),
  asked('赤字1分：符合', 'a deficit of one fen: yes', { deficitFen: '1' }, { eligible: true }),
  asked('没有赤字：不支持', 'no deficit: nothing', { deficitFen: '0' }, refusal('deficit')),
  asked('可动用结余1分：不支持', 'one fen of usable balance: nothing', { usableBalanceFen: '1' }, refusal('no-usable-balance')),
  asked('效果不显著：不支持', 'the policies did not work well: nothing', { effectSignificant: false }, refusal('effect-significant')),
  asked('未足额上解：不支持', 'not remitted in full: nothing', { remittedInFull: false }, refusal('remitted-in-full')),
  asked('未影响政策落实：不支持', 'nothing is held up: nothing', { policyImpaired: false }, refusal('policy-impaired')),
  asked('金额未核定：不下达', 'no amount decided: nothing yet', { decidedFen: '0' }, refusal('support-decided')),
  asked('为次年申请：不受理', 'for the next year: no', { year: '2021' }, refusal('year-begun')),
  asked('企业不是市', 'an enterprise is no city', { payeeKind: 'enterprise' }, refusal('a-city')),
];
