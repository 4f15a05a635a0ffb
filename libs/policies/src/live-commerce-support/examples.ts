import { text } from '../documents/document.js';
import type { Expectation, Facts, WorkedExample } from '../policy.js';

const asked = (zh: string, en: string, change: Facts, expect: Expectation, more: Partial<WorkedExample> = {}): WorkedExample => ({
  name: text(zh, en),
  facts: { payeeKind: 'enterprise', payeeKey: 'payee-1', role: 'FIRM', support: 'SUBSIDY', recognised: true, ...change },
  set: { enabled: true },
  expect,
  ...more,
});
const paid = (total: string): Expectation => ({ eligible: true, inWindow: true, amounts: { total }, remainderFen: total, recoverFen: '0' });
const refusal = (...unmet: readonly string[]): Expectation => ({ eligible: false, unmet });

/** Every amount is a sample: the documents give none. */
export const examples: readonly WorkedExample[] = [
  asked(
    '直播企业就业创业补贴：样例1万元',
    'a firm, subsidy: 10,000 yuan as sampled',
    {},
    {
      ...paid('1000000'),
      conditions: { enterpriseFirst: true },
      keys: ['live-commerce-support payee-1:SUBSIDY'],
    },
  ),
  asked(
    '示范基地服务补助：样例2万元',
    'a base, service grant: 20,000 as sampled',
    { role: 'BASE', support: 'SERVICE', payeeKind: 'unit' },
    {
      ...paid('2000000'),
      conditions: { enterpriseFirst: false },
    },
  ),
  asked(
    '从业人员就业创业补贴：样例1000元',
    'a worker, subsidy: 1,000 as sampled',
    { role: 'WORKER', payeeKind: 'citizen' },
    {
      ...paid('100000'),
      conditions: { enterpriseFirst: false },
    },
  ),
  asked('主管部门设定后按设定发放：300元', 'what the authority sets is paid: 300', {}, paid('30000'), {
    set: { enabled: true, amounts: { FIRM: { SUBSIDY: '30000' } } },
  }),
  asked('默认未开办：不办理', 'off by default: no', {}, refusal('offered'), { set: {} }),
  asked('从业人员以单位名义申报：不符合', 'a worker applies as a firm: no', { role: 'WORKER' }, refusal('role-fits')),
  asked('企业以个人名义申报：不符合', 'a firm applies as a person: no', { payeeKind: 'citizen' }, refusal('role-fits')),
  asked('其他类别：不符合', 'another role: no', { role: 'OTHER' }, refusal('role-fits')),
  asked('未经认定：不符合', 'not recognised: no', { recognised: false }, refusal('recognised')),
  asked(
    '没有此种支持的标准：不办理',
    'no amount set for this kind: no',
    { support: 'OTHER' },
    { ...refusal('kind-set'), amounts: { total: null } },
  ),
];
