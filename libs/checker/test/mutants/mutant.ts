import { type CaseMachine, caseMachine, type Rules, type Variation } from '@tranche/machines';
import { type Policy, policies } from '@tranche/policies';
import { shapes } from '../../../machines/test/shapes.js';
import { type Bounds, type RuleId, scopes, scopesOf } from '../../src/index.js';
import type { Edit } from './variations.js';

export const truth = policies().find(({ id, jurisdiction }) => id === 'training-subsidy-staged' && jurisdiction === 'CN-2102') as Policy;
export const published = policies().find(
  ({ id, jurisdiction }) => id === 'job-stabilisation-refund' && jurisdiction === 'CN-2102',
) as Policy;
/** Published before payment where the jurisdiction chose that. */
export const choosing = policies().find(({ id }) => id === 'sme-class-hour-training-subsidy') as Policy;
/** The only plan that permits a set-off: no subsidy of the registry does. */
export const offset = shapes.find(({ id }) => id === 'shape-offset') as Policy;
export const keptBack = scopesOf(offset).find(({ setOffs }) => setOffs) as Bounds;
export type Mutant = {
  readonly name: string;
  /** what it is judged by: the plan it should have followed */
  readonly truth: Policy;
  /** the rule that must notice it */
  readonly rule: RuleId;
  /** no other rule notices it */
  readonly alone?: true;
  readonly scope: Bounds;
  readonly machine: CaseMachine;
};

export const quick: Bounds = {
  ...scopes.money,
  id: 'quick',
  label: { zh: '基本', en: 'the basics' },
  finals: [0, 2, 4],
  receipts: ['all', 'beyond'],
  overdue: 0,
  bounces: false,
  returns: false,
};
export const returning: Bounds = { ...quick, id: 'returning', label: { zh: '退票', en: 'returns' }, finals: [2], returns: true };
export const bouncing: Bounds = { ...quick, id: 'bouncing', label: { zh: '支付失败', en: 'bounces' }, finals: [2], bounces: true };
export const byParts: Bounds = {
  ...quick,
  id: 'by parts',
  label: { zh: '分次退回', en: 'repaid in parts' },
  finals: [2],
  receipts: ['part'],
};
export const holding: Bounds = { ...quick, id: 'holding', label: { zh: '暂停', en: 'held' }, finals: [4], holds: true };
export const contested: Bounds = { ...quick, id: 'contested', label: { zh: '异议', en: 'an objection' }, finals: [4], objections: 1 };
export const keeping: Bounds = { ...quick, id: 'keeping', label: { zh: '保留部分', en: 'something kept' }, finals: [4], keeps: [1] };
export const pausing: Bounds = { ...quick, id: 'pausing', label: { zh: '中止', en: 'interrupted' }, finals: [4], interruptions: true };
export const announcing: Bounds = {
  ...quick,
  id: 'announcing',
  label: { zh: '拨付前公示', en: 'published before payment' },
  finals: [2],
  objections: 1,
  notice: { mode: 'before', pauses: true },
};
export const mutantScopes = [quick, returning, bouncing, byParts, holding, contested, keeping, pausing];

export const mutant = (
  name: string,
  rule: RuleId,
  scope: Bounds,
  variation: Omit<Variation, 'name'>,
  alone?: true,
  of = truth,
): Mutant => ({
  name,
  truth: of,
  rule,
  scope,
  machine: caseMachine(of, { name, ...variation }),
  ...(alone ? { alone } : {}),
});
export const edited = (name: string, rule: RuleId, scope: Bounds, edit: Edit, alone?: true): Mutant =>
  mutant(name, rule, scope, { regions: (regions) => edit(regions) }, alone);
/** A machine whose arrows are as they should be, while XState was given others. */
export const drifted = (name: string, scope: Bounds, edit: Edit): Mutant => {
  const right = caseMachine(truth);
  const { states, hash } = caseMachine(truth, { name, regions: (regions) => edit(regions) });
  return { name, truth, rule: 'replay-differs', scope, machine: { ...right, states, hash } };
};
export const ruled = (name: string, rule: RuleId, scope: Bounds, rules: (rules: Rules) => Rules, alone?: true, of = truth): Mutant =>
  mutant(name, rule, scope, { rules }, alone, of);
export const planned = (name: string, rule: RuleId, scope: Bounds, plan: Partial<Policy['plan']>, alone?: true): Mutant => ({
  name,
  truth,
  rule,
  scope,
  machine: caseMachine({ ...truth, plan: { ...truth.plan, ...plan } }),
  ...(alone ? { alone } : {}),
});
