import { text } from '../documents/document.js';
import type { Facts, WorkedExample } from '../policy.js';

const person = (change: Facts = {}): Facts => ({
  payeeKind: 'citizen',
  payeeKey: 'person-1',
  unemployed: true,
  cannotReturn: true,
  monthsWithoutIncome: 3,
  livingDifficulty: true,
  insured: false,
  coveredByInsurance: false,
  onMinimumAllowance: false,
  appliedInPerson: true,
  residesHere: true,
  ...change,
});

const refused = (zh: string, en: string, change: Facts, unmet: string): WorkedExample => ({
  name: text(zh, en),
  facts: person(change),
  expect: { eligible: false, unmet: [unmet] },
});

/** The amount is a sample; every test is the document's own. */
export const examples: readonly WorkedExample[] = [
  {
    name: text('各项条件具备：发放一次', 'all tests met: paid once'),
    facts: person(),
    set: { reliefFen: '120000' },
    expect: {
      eligible: true,
      inWindow: true,
      unmet: [],
      amounts: { relief: '120000' },
      remainderFen: '120000',
      recoverFen: '0',
      keys: ['one-off-temporary-relief person-1'],
    },
  },
  {
    name: text('大连市申请人适用省文件', 'an applicant in Dalian comes under the provincial document'),
    facts: person(),
    place: 'CN-210211',
    expect: { eligible: true },
  },
  refused('连续2个月无收入', 'two months without income', { monthsWithoutIncome: 2 }, 'without-income'),
  {
    name: text('连续4个月无收入', 'four months without income'),
    facts: person({ monthsWithoutIncome: 4 }),
    expect: { eligible: true },
  },
  refused('已就业', 'in work', { unemployed: false }, 'unemployed'),
  refused('并非因疫情无法返岗', 'not kept from work by the epidemic', { cannotReturn: false }, 'cannot-return'),
  refused('生活并不困难', 'not in difficulty', { livingDifficulty: false }, 'in-difficulty'),
  refused('已参保', 'insured', { insured: true }, 'uninsured'),
  refused('失业保险政策能够覆盖', 'covered by unemployment insurance', { coveredByInsurance: true }, 'not-covered'),
  refused('已纳入低保', 'on minimum living allowance', { onMinimumAllowance: true }, 'no-minimum-allowance'),
  refused('他人代为申请', 'somebody else applies', { appliedInPerson: false }, 'applied-in-person'),
  refused('经常居住地在别处', 'habitually resides elsewhere', { residesHere: false }, 'habitual-residence'),
];
