import { describe, expect, it } from '@jest/globals';
import { type Facts, resolveTerms, stamp, workedExamples } from '@tranche/policies';
import { advance, caseView, openCase } from '../src/index.js';
import { dalian, liaoning, machineOf } from './story.js';

/** A case lived with the policy's own rules: every event carries what they say of the facts. */
function lived(policy: typeof dalian, example: ReturnType<typeof workedExamples>[number]) {
  const machine = machineOf(policy);
  const on = '2020-11-25';
  const overrides = Object.entries(example.set ?? {}).map(([key, value]) => ({ key, value, from: on, cite: policy.cite }));
  const terms = resolveTerms(policy, { on, scopes: [policy.jurisdiction], overrides });
  let seq = 0;
  const event = (type: string, data: Record<string, unknown>, facts: Facts) => {
    seq += 1;
    return { type, seq, at: `${on}T09:00:00+08:00`, on, actor: type.split('.')[0] ?? '', data, stamp: stamp(policy, { facts, terms, on }) };
  };
  const { qualified, completedHours, ...filed } = example.facts;
  let { snapshot } = openCase(machine, { terms, event: event('case.opened', {}, filed) });
  const hear = (type: string, data: Record<string, unknown> = {}, facts: Facts = example.facts) => {
    const step = advance(machine, snapshot, event(type, data, facts));
    if (!step.ok) throw new Error(`${type} refused in ${step.state}: ${JSON.stringify(step.unmet)}`);
    snapshot = JSON.parse(JSON.stringify(step.snapshot));
  };
  const pay = (payment: string) => {
    const disbursement = `${payment}#1`;
    hear('payment.requested', { payment, fund: 'f' });
    hear('disbursement.submitted', { payment, disbursement });
    hear('disbursement.settled', { payment, disbursement, paidOn: on });
  };
  for (const type of ['submitted', 'accepted', 'reviewed', 'approved']) hear(`application.${type}`, {}, filed);
  hear('milestone.started');
  if (example.paid?.includes('s1')) pay('s1');
  if (example.paid?.includes('s2')) {
    hear('milestone.halfway');
    pay('s2');
  }
  hear('milestone.ended');
  if (example.outcome === 'failed') {
    hear('acceptance.failed', { reason: 'r' });
    hear('acceptance.failed', { reason: 'r' });
  } else {
    hear('acceptance.passed');
    hear('notice.posted');
    hear('deadline.passed', { key: 'notice:1' });
  }
  return caseView(machine, snapshot);
}

describe.each([dalian, liaoning])('$id in $jurisdiction, by its own rules', (policy) => {
  it.each(workedExamples(policy.id).map((example) => [example.name.en, example] as const))('%s', (_, example) => {
    const view = lived(policy, example);
    const remainder = view.tranches.find(({ id }) => id === 's3');
    expect(view.estimateFen).toBe(example.expect.amounts?.['estimate']);
    expect(remainder?.state === 'due' ? remainder.amountFen : '0').toBe(example.expect.remainderFen);
    expect(view.recovery?.outstandingFen ?? '0').toBe(example.expect.recoverFen);
  });
});
