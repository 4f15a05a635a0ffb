import type { Cite, Policy, Text } from '@tranche/policies';
import { text } from '../../terminal/language.js';

/** One citation of a policy and what stands on it. */
export type Cited = { readonly kind: Text; readonly name: string; readonly cite: Cite };

/** Parts of a policy that carry citations. */
export const kinds = {
  cite: text('政策', 'policy'),
  officeCite: text('受理机构', 'office'),
  timeLimitCite: text('办结时限', 'time limit'),
  funds: text('资金', 'fund'),
  parameters: text('参数', 'parameter'),
  rules: text('规则', 'rule'),
  amounts: text('数额', 'amount'),
  exclusions: text('不重复', 'not twice'),
  evidence: text('材料', 'paper'),
  beneficiaries: text('发放对象', 'beneficiaries'),
  plan: text('拨付', 'plan'),
} as const satisfies Record<string, Text>;

type Part = keyof typeof kinds;
const isPart = (name: string): name is Part => Object.hasOwn(kinds, name);

/** Every citation of a policy, wherever it stands in its data. Throws for one in a part nobody named: a bug of this list. */
export const citedBy = (policy: Policy): Cited[] => walk(policy, []).map(({ path, cite }) => ({ ...placeOf(policy, path), cite }));

type Found = { readonly path: readonly string[]; readonly cite: Cite };

function walk(value: unknown, path: readonly string[]): Found[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('basis' in value && 'clause' in value) return [{ path, cite: value as Cite }];
  return Object.entries(value).flatMap(([name, inner]) => walk(inner, [...path, name]));
}

function placeOf(policy: Policy, [part = '', ...rest]: readonly string[]): Omit<Cited, 'cite'> {
  if (!isPart(part)) throw new Error(`${policy.id}: a citation in ${part}, which has no name`);
  return { kind: kinds[part], name: part === 'plan' ? planName(policy, rest) : nameOf(policy, part, rest) };
}

function nameOf(policy: Policy, part: Part, [at = '']: readonly string[]): string {
  if (part === 'funds') return policy.funds[Number(at)]?.code ?? at;
  if (part === 'parameters') return policy.parameters[Number(at)]?.key ?? at;
  if (part === 'rules') return policy.rules[Number(at)]?.id ?? at;
  if (part === 'exclusions') return policy.exclusions[Number(at)]?.group ?? at;
  if (part === 'evidence') return policy.evidence[Number(at)]?.id ?? at;
  return part === 'amounts' ? at : '';
}

/** `claims.benefit`, `milestones.ended`, `recovery` … */
function planName({ plan }: Policy, [field = '', at = '']: readonly string[]): string {
  const lists: Readonly<Record<string, readonly { readonly id: string }[] | undefined>> = {
    advances: plan.advances,
    claims: plan.claims,
    milestones: plan.milestones,
  };
  const id = lists[field]?.[Number(at)]?.id;
  return id === undefined ? field : `${field}.${id}`;
}
