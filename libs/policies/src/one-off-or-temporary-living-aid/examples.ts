import { text } from '../documents/document.js';
import type { Facts, WorkedExample } from '../policy.js';

const person = (form: string, change: Facts = {}): Facts => ({
  payeeKind: 'citizen',
  payeeKey: 'person-1',
  form,
  unemployedPerson: true,
  meetsCriteria: true,
  ...(form === 'ONE_OFF' ? { aidFrom: '2020-12-01', aidUntil: '2020-12-31' } : {}),
  ...change,
});

const month = (id: string, unemployed = true) => ({ id, claim: 'temporaryAid', facts: { unemployed } });
const refused = (zh: string, en: string, facts: Facts, unmet: string, period?: WorkedExample['period']): WorkedExample => ({
  name: text(zh, en),
  facts,
  ...(period ? { period } : {}),
  expect: { eligible: false, unmet: [unmet] },
});

/** The amounts are samples: the document gives none. */
export const examples: readonly WorkedExample[] = [
  {
    name: text('一次性：按标准发放一笔', 'one-off: one payment at the set amount'),
    facts: person('ONE_OFF'),
    set: { oneOffFen: '150000' },
    expect: {
      eligible: true,
      inWindow: true,
      unmet: [],
      conditions: { temporary: false },
      amounts: { oneOffAid: '150000' },
      remainderFen: '150000',
      recoverFen: '0',
      keys: ['assistance-or-living-aid person-1', 'living-aid person-1'],
    },
  },
  {
    name: text('临时：按月发放', 'temporary: by month'),
    facts: person('TEMPORARY'),
    set: { monthlyFen: '60000' },
    period: month('2020-12'),
    expect: {
      eligible: true,
      unmet: [],
      conditions: { temporary: true },
      amounts: { monthlyAid: '60000' },
      counts: { 'temporaryAid.term': 6 },
      keys: ['assistance-or-living-aid person-1'],
    },
  },
  {
    name: text('临时：本人的一次性名额也随之用去', 'temporary: it uses the person’s turn too'),
    facts: person('TEMPORARY'),
    expect: { keys: ['living-aid person-1'] },
  },
  refused('不符合当地条件', 'the criteria of the place are not met', person('ONE_OFF', { meetsCriteria: false }), 'criteria'),
  refused('两种方式并用', 'both forms at once', person('BOTH'), 'one-form'),
  refused(
    '一次性补助未限于一个月',
    'the one-off aid names more than a month',
    person('ONE_OFF', { aidUntil: '2021-01-01' }),
    'month-of-one-off',
  ),
  refused('不是失业人员', 'not unemployed', person('ONE_OFF', { unemployedPerson: false }), 'person'),
  refused('当月已就业', 'found work in the month', person('TEMPORARY'), 'still-unemployed', month('2021-01', false)),
];
