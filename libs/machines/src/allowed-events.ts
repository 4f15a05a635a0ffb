import type { Policy, Stamp } from '@tranche/policies';
import type { CaseSnapshot } from './advance.js';
import type { CaseMachine } from './case-machine.js';
import { type CaseContext, type Heard, paymentIdsIn, paymentOf } from './context.js';
import { probedInstalments, probedOn } from './regions/instalments.js';
import { probedSetOffs } from './regions/set-off.js';
import { rescindable } from './rescindable.js';
import { contextOf, hears } from './snapshot.js';
import { excessFen } from './sums.js';

/**
 * The event types this case would accept now, some payload granted: a friendly stamp, a late enough date, another person.
 * System types are included; the caller leaves out what an actor may not send.
 */
export function allowedEvents(machine: CaseMachine, snapshot: CaseSnapshot): readonly string[] {
  return machine.types.filter((type) => probes(machine, snapshot, type).some((event) => hears(machine, snapshot, event)));
}

/** Friendly events of a type, one for each payload worth trying. */
export function probes(machine: CaseMachine, snapshot: CaseSnapshot, type: string): readonly Heard[] {
  const stamp = friendlyStamp(machine);
  return payloads(machine, contextOf(snapshot), type).map((data) => probe(type, data, stamp));
}

const probe = (type: string, data: Heard['data'], stamp: Stamp): Heard => ({
  type,
  seq: 0,
  at: `${probedOn}T00:00:00+08:00`,
  on: probedOn,
  actor: 'probe',
  data,
  stamp,
  probe: true,
});

/** Everything known and favourable; one for each policy. */
function friendlyStamp({ policy }: CaseMachine): Stamp {
  const known = friendly.get(policy) ?? friendlyOf(policy);
  friendly.set(policy, known);
  return known;
}

const friendly = new WeakMap<Policy, Stamp>();

function friendlyOf(policy: Policy): Stamp {
  return {
    amounts: Object.fromEntries(Object.keys(policy.amounts).map((name) => [name, '1'])),
    conditions: Object.fromEntries(Object.keys(policy.plan.conditions ?? {}).map((name) => [name, true])),
    eligible: true,
    inWindow: true,
    unmet: [],
  };
}

/** Payloads worth trying for a type: whatever the context knows by name. */
function payloads(machine: CaseMachine, context: CaseContext, type: string): readonly Heard['data'][] {
  const family = type.split('.')[0];
  if (type === 'deadline.passed') return Object.keys(context.clocks).map((key) => ({ key }));
  if (type === 'decision.rescinded') return rescindable(context, machine.policy);
  if (type === 'recovery.setOff')
    return probedSetOffs(context).flatMap((data) => [data, { ...data, amountFen: String(excessFen(context)) }]);
  if (type === 'recovery.instalmentsAgreed') return [{ instalments: probedInstalments(context) }];
  if (type === 'objection.raised') return [{ objection: 'probe' }];
  if (type === 'objection.upheld') return context.objections.map((objection) => ({ objection, consequence: 'recompute' }));
  if (family === 'objection') return context.objections.map((objection) => ({ objection }));
  if (family === 'payment' || family === 'disbursement')
    return paymentIdsIn(machine.policy, context).flatMap((id) => paymentPayloads(context, id));
  return family === 'recovery' ? [{ amountFen: '1' }, { amountFen: String(excessFen(context)) }] : [{}];
}

function paymentPayloads(context: CaseContext, payment: string): readonly Heard['data'][] {
  const { disbursement, settled } = paymentOf(context, payment);
  return [{ payment, fund: 'any', disbursement }, ...settled.map((part) => ({ payment, disbursement: part.disbursement }))];
}
