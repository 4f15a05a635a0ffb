import { type Grounds, text } from '../documents/document.js';
import type { Cite, Exclusion, Fact, Parameter, Plan, Policy, Rule, Text } from '../policy.js';
import { caseFacts } from './case-facts.js';
import { MET_BY } from './met-by.js';
import { officeLimit } from './office-limit.js';
import { recovery, recoveryParameters } from './recovery.js';

/** What money moved from the province to a city has in common: no bank, the city as payee, one payment after the joint confirmation. */
export type Allocation = {
  readonly facts: Readonly<Record<'payeeKind' | 'payeeKey', Fact>>;
  readonly parameters: readonly Parameter[];
  readonly city: Rule;
  readonly plan: Plan;
  readonly policy: Pick<Policy, 'payee' | 'means' | 'office' | 'officeCite' | 'timeLimit' | 'timeLimitCite'>;
};

/** `id` names the payment, `amount` the amount; `who` are the words that name the city. */
export function allocationOf(
  grounds: Grounds,
  {
    id,
    amount,
    label,
    cite,
    who,
  }: { readonly id: string; readonly amount: string; readonly label: Text; readonly cite: Cite; readonly who: string },
): Allocation {
  const limit = officeLimit(grounds, 10);
  return {
    facts: { payeeKind: caseFacts.payeeKind, payeeKey: caseFacts.payeeKey },
    // no bank, so no day on which one was given it
    parameters: [...limit.parameters.filter(({ key }) => key !== MET_BY), ...recoveryParameters(grounds)],
    city: {
      id: 'a-city',
      when: "payeeKind == 'government'",
      reason: text('支持对象应为市', 'the support goes to a city'),
      cite: grounds.stated(who),
    },
    plan: {
      entry: 'government',
      milestones: [],
      advances: [],
      remainder: { id, label, projection: amount, cite },
      entitlement: [{ opens: ['approved'], amount, due: limit.due('approved'), cite }],
      recovery: recovery(
        grounds,
        grounds.open(text('文件未规定；多下达的据实收回。', 'The document is silent; what was moved too much comes back.')),
      ),
    },
    policy: {
      payee: ['government'],
      means: 'allocation',
      office: text('辽宁省人力资源和社会保障厅、辽宁省财政厅', 'human resources and finance departments of Liaoning'),
      officeCite: grounds.inferred(
        '（责任单位：省人力资源社会保障厅、省财政厅）',
        text('受理机构由责任单位推定。', 'The accepting office is inferred from the bodies made responsible.'),
      ),
      timeLimit: text(
        '会签确定后10个工作日内下达（内部时限）',
        'allocated within 10 working days of the joint confirmation (internal limit)',
      ),
      timeLimitCite: limit.timeLimitCite,
    },
  };
}

/** A city is supported once for a year: the documents do not say how often. */
export const supportedOnceAYear = ({ open }: Grounds, group: string): Exclusion => ({
  group,
  key: "payeeKey + ':' + year",
  per: 'once',
  limit: 1,
  reason: text('一市一年度只支持一次', 'a city is supported once for a year'),
  cite: open(text('文件未规定次数；默认一市一年度一次。', 'The document does not say how often; by default once for a city and year.')),
});
