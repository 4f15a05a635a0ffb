import type { Cite, ConditionRef, Policy, Text } from '@tranche/policies';
import { dueText, marksText } from './words.js';

/** One line of what is paid. */
export type Payment = {
  readonly key: string;
  readonly label: Text;
  readonly amount: string;
  readonly how: string;
  readonly when: string;
  readonly limit: string;
  readonly cite: Cite;
};

/** Advances, claims and what is paid at the end, in the order of the plan. */
export const paymentsOf = (policy: Policy): Payment[] => [...advances(policy), ...claims(policy), ...entitlements(policy)];

function advances(policy: Policy): Payment[] {
  return policy.plan.advances.map(({ id, label, amount, opens, due, when, cite }) => ({
    key: id,
    label,
    ...amountOf(policy, amount),
    when: `预拨 advance：${marksText(policy.plan, opens)}${branch(when)}`,
    limit: dueText(policy, due),
    cite,
  }));
}

function claims(policy: Policy): Payment[] {
  return (policy.plan.claims ?? []).map(({ id, label, amount, every, opens, due, when, term, extension, cite }) => ({
    key: id,
    label,
    ...amountOf(policy, amount),
    when: [
      `${every === 'month' ? '每月 each month' : '每季 each quarter'}：${marksText(policy.plan, opens)}${branch(when)}`,
      ...(term ? [`至多 at most \`${term.periods}\``] : []),
      ...(extension ? [`可延长 extension \`${extension.periods}\` × ${extension.times}${branch(extension.when)}`] : []),
    ].join('；'),
    limit: dueText(policy, due),
    cite,
  }));
}

function entitlements(policy: Policy): Payment[] {
  const { remainder, entitlement } = policy.plan;
  return entitlement
    .filter(({ amount }) => remainder !== undefined || amount !== 'earned')
    .map(({ opens, amount, due, when, cite }, at) => ({
      key: `${remainder?.id ?? 'remainder'} ${at}`,
      label: remainder?.label ?? { zh: '余款', en: 'remainder' },
      ...(amount === 'earned' ? { amount: '已核定各期合计 the periods granted', how: '' } : amountOf(policy, amount)),
      when: `${marksText(policy.plan, opens)}${branch(when)}`,
      limit: dueText(policy, due),
      cite,
    }));
}

const branch = (when: ConditionRef | undefined): string => (when === undefined ? '' : `（\`${when}\`）`);

function amountOf({ amounts }: Policy, name: string): Pick<Payment, 'amount' | 'how'> {
  const found = amounts[name];
  return { amount: found ? `${found.label.zh} ${found.label.en}` : name, how: found ? `\`${found.fen}\`` : '' };
}
