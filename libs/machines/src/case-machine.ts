import { createHash } from 'node:crypto';
import type { Policy, Terms } from '@tranche/policies';
import { type AnyStateMachine, assign, setup } from 'xstate';
import { type CaseContext, firstContext, type Heard } from './context.js';
import type { Arrow, Condition, Region, Rules } from './region.js';
import { describe } from './region.js';
import { claimRules } from './regions/claim-rules.js';
import { claims } from './regions/claims.js';
import { clearance, clearanceRules } from './regions/clearance.js';
import { continuity, continuityRules } from './regions/continuity.js';
import { correctionRules, corrections } from './regions/corrections.js';
import { delivery } from './regions/delivery.js';
import { deliveryRules } from './regions/delivery-rules.js';
import { entitlement, entitlementRules } from './regions/entitlement.js';
import { expiry, expiryRules } from './regions/expiry.js';
import { incidentRules, incidents } from './regions/incidents.js';
import { intake, intakeRules } from './regions/intake.js';
import { noticeRules } from './regions/notice.js';
import { payments } from './regions/payment.js';
import { paymentRules } from './regions/payment-rules.js';
import { publicity, publicityRules } from './regions/publicity.js';
import { recovery } from './regions/recovery.js';
import { recoveryRules } from './regions/recovery-rules.js';
import { setOffRules } from './regions/set-off.js';
import { standing, standingRules } from './regions/standing.js';
import { taskRules } from './regions/tasks.js';

/** Raised whenever the meaning of a named rule changes, so that the hash of every machine changes with it. */
const rulesRevision = 2;
/** More microsteps than any event needs: each region may decide a few times after one event. */
const maxIterations = 100;

/** A policy's machine. Opaque: use it through `openCase`, `advance`, `caseView` and the tables. */
export type CaseMachine = {
  readonly policy: Policy;
  readonly hash: string;
  readonly regions: readonly Region[];
  /** what the names in its arrows mean */
  readonly rules: Rules;
  /** every event type some arrow listens to, in the order of the regions */
  readonly types: readonly string[];
  readonly states: AnyStateMachine;
};

/**
 * A deliberately changed machine: other arrows, or other meanings of their names. Only for showing that a check notices the
 * change; its name goes into the machine's hash, so that no case can ever run on it by mistake.
 */
export type Variation = {
  readonly name: string;
  readonly regions?: (regions: readonly Region[]) => readonly Region[];
  readonly rules?: (rules: Rules) => Rules;
};

/** What every name in an arrow means, for all policies. */
const rules: Rules = merge([
  intakeRules,
  deliveryRules,
  noticeRules,
  continuityRules,
  entitlementRules,
  paymentRules,
  recoveryRules,
  setOffRules,
  standingRules,
  correctionRules,
  claimRules,
  publicityRules,
  clearanceRules,
  expiryRules,
  incidentRules,
  taskRules,
]);

/**
 * Builds the machine of a policy from the regions its plan needs; nothing in it knows a subsidy by name.
 * Throws when the plan cannot be built (a name collides, a rule is missing): such a policy must not be published.
 */
export function caseMachine(policy: Policy, variation?: Variation): CaseMachine {
  const regions = variation?.regions?.(regionsOf(policy)) ?? regionsOf(policy);
  const meanings = variation?.rules?.(rules) ?? rules;
  checkNames(policy, regions, meanings);
  const config = {
    id: `${policy.id}@${policy.version}/${policy.jurisdiction}`,
    type: 'parallel',
    context: ({ input }: { input: { terms: Terms } }) => firstContext(policy, input.terms),
    states: Object.fromEntries(regions.map((region) => [region.id, regionConfig(region)])),
    options: { maxIterations },
  };
  const hash = hashOf(policy, variation ? { ...config, variation: variation.name } : config);
  return { policy, hash, regions, rules: meanings, types: typesOf(regions), states: build(policy, config, meanings) };
}

function regionsOf(policy: Policy): readonly Region[] {
  const all = [
    intake(policy),
    delivery(policy),
    continuity(policy),
    ...incidents(policy),
    expiry(policy),
    entitlement(policy),
    clearance(policy),
    ...payments(policy),
    ...claims(policy),
    publicity(policy),
    recovery(policy),
    corrections(policy),
    standing(),
  ];
  return all.filter((region) => region !== null);
}

/** SHA-256 over the machine's configuration, its plan and the revision of its rules: a case keeps the hash it was opened with. */
export const machineHash = (machine: CaseMachine): string => machine.hash;

const hashOf = (policy: Policy, config: object): string =>
  createHash('sha256')
    .update(JSON.stringify([rulesRevision, policy.plan, config]))
    .digest('hex');

function build(policy: Policy, config: object, { guards, updates, says }: Rules): AnyStateMachine {
  const base = setup({
    types: {} as { context: CaseContext; events: Heard; input: { terms: Terms } },
    guards: {
      ...map(
        guards,
        ({ holds }) =>
          ({ context, event }: Scope, params: unknown) =>
            holds(context, event, paramsOf(params), policy),
      ),
      all: ({ context, event }: Scope, params: unknown) =>
        (params as { of: readonly Condition[] }).of.every((condition) => holds({ policy, guards }, condition, context, event)),
    },
    actions: {
      ...map(updates, (update) =>
        assign<CaseContext, Heard, unknown, Heard, never>(({ context, event }, params) => update(context, event, paramsOf(params), policy)),
      ),
      ...map(says, () => () => undefined),
    },
  });
  return base.createMachine(config as Parameters<typeof base.createMachine>[0]) as AnyStateMachine;
}

type Scope = { context: CaseContext; event: Heard };
const paramsOf = (params: unknown): Readonly<Record<string, string>> => (params ?? {}) as Readonly<Record<string, string>>;

/** Does the condition hold? Throws on an unknown name. */
export function holds(
  by: Pick<Rules, 'guards'> & { readonly policy: Policy },
  condition: Condition,
  context: CaseContext,
  event: Heard,
): boolean {
  const guard = by.guards[condition.type];
  if (!guard) throw new Error(`no guard ${condition.type}`);
  return guard.holds(context, event, condition.params ?? {}, by.policy) !== (condition.not ?? false);
}

function regionConfig(region: Region): object {
  const states = map(region.states, (state) => ({
    ...(state.on ? { on: map(state.on, (arrows) => arrows.map(arrowConfig)) } : {}),
    ...(state.always ? { always: state.always.map(arrowConfig) } : {}),
    meta: { label: state.label },
  }));
  return {
    initial: region.initial,
    states,
    meta: { label: region.label },
    ...(region.on ? { on: map(region.on, (arrows) => arrows.map(arrowConfig)) } : {}),
  };
}

function arrowConfig(arrow: Arrow): object {
  return {
    ...(arrow.to ? { target: arrow.to } : {}),
    ...(arrow.when?.length ? { guard: guardConfig(arrow.when) } : {}),
    actions: arrow.does ?? [],
    description: describe(arrow),
  };
}

function guardConfig(conditions: readonly Condition[]): object {
  const [first, ...others] = conditions;
  return first && others.length === 0 && !first.not ? first : { type: 'all', params: { of: conditions } };
}

function checkNames(policy: Policy, regions: readonly Region[], meanings: Rules): void {
  const ids = regions.map((region) => region.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) throw new Error(`${policy.id}: two regions are called ${twice}`);
  const reserved = [
    'received',
    'approved',
    'claimsEnded',
    'expired',
    'published',
    'cleared',
    'accepted',
    'settled',
    'failed',
    'rejected',
    'withdrawn',
    'pending',
    'noticed',
    'objected',
    'recomputing',
  ];
  const taken = policy.plan.milestones.find((milestone) => reserved.includes(milestone.id));
  if (taken) throw new Error(`${policy.id}: a milestone cannot be called ${taken.id}`);
  for (const region of regions) for (const arrow of arrowsOf(region)) checkArrow(policy, region, arrow, meanings);
}

const typesOf = (regions: readonly Region[]): readonly string[] => [
  ...new Set(regions.flatMap((region) => [region, ...Object.values(region.states)].flatMap((listener) => Object.keys(listener.on ?? {})))),
];

const arrowsOf = (region: Region): readonly Arrow[] => [
  ...Object.values(region.on ?? {}).flat(),
  ...Object.values(region.states).flatMap((state) => [...Object.values(state.on ?? {}).flat(), ...(state.always ?? [])]),
];

function checkArrow(policy: Policy, region: Region, arrow: Arrow, { guards, updates, says }: Rules): void {
  const where = `${policy.id} ${region.id} “${arrow.why.en}”`;
  if (arrow.to && !region.states[arrow.to]) throw new Error(`${where}: no state ${arrow.to}`);
  for (const condition of arrow.when ?? []) if (!guards[condition.type]) throw new Error(`${where}: no guard ${condition.type}`);
  for (const deed of arrow.does ?? []) if (!updates[deed.type] && !says[deed.type]) throw new Error(`${where}: no deed ${deed.type}`);
}

function merge(all: readonly Rules[]): Rules {
  const merged: Rules = {
    guards: Object.assign({}, ...all.map((one) => one.guards)),
    updates: Object.assign({}, ...all.map((one) => one.updates)),
    says: Object.assign({}, ...all.map((one) => one.says)),
  };
  const named = all.flatMap((one) => [
    ...Object.keys(one.guards).map((name) => `guard ${name}`),
    ...Object.keys(one.updates),
    ...Object.keys(one.says),
  ]);
  const twice = named.find((name, index) => named.indexOf(name) !== index);
  if (twice) throw new Error(`two rules are called ${twice}`);
  return merged;
}

const map = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
