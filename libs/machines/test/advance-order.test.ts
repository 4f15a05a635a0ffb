import { describe, expect, it } from '@jest/globals';
import { type Policy, policies, resolveTerms, type Stamp } from '@tranche/policies';
import { advance, type CaseEvent, type CaseSnapshot, caseView, openCase } from '../src/index.js';
import { machineOf } from './story.js';

describe('an advance that failed, and a month filed meanwhile', () => {
  const venue = policies().find(({ id, jurisdiction }) => id === 'startup-venue-subsidy' && jurisdiction === 'CN-2102') as Policy;
  const machine = machineOf(venue);
  const conditions = Object.fromEntries(Object.keys(venue.plan.conditions ?? {}).map((name) => [name, true]));
  const stamp: Stamp = {
    amounts: Object.fromEntries(
      Object.keys(venue.amounts).map((name) => [name, name === 'total' ? '1200000' : name === 'ahead' ? '600000' : '50000']),
    ),
    conditions,
    eligible: true,
    inWindow: true,
    unmet: [],
    counts: { 'rent.term': 24 },
    period: { id: '2020-12', claim: 'rent', amounts: { monthly: '50000' }, eligible: true, inWindow: true, unmet: [], keys: [] },
  };
  const day = '2020-12-01';
  const open = (): CaseSnapshot => {
    const terms = resolveTerms(venue, { on: day, scopes: ['CN-2102'] });
    return openCase(machine, { terms, event: eventOf('case.opened', {}, 1) }).snapshot;
  };
  const eventOf = (type: string, data: Record<string, unknown>, seq: number): CaseEvent => ({
    type,
    seq,
    at: `${day}T12:00:00+08:00`,
    on: day,
    actor: `person-${seq}`,
    data,
    stamp,
  });
  type Said = readonly (readonly [type: string, data?: Record<string, unknown>])[];
  /** Every event in turn; what was refused. */
  const live = (...said: Said) =>
    said.reduce<{ readonly snapshot: CaseSnapshot; readonly refused: readonly string[] }>(
      ({ snapshot, refused }, [type, data = {}], at) => {
        const answer = advance(machine, snapshot, eventOf(type, data, at + 2));
        const name = `${type} ${data['payment'] ?? ''}`.trim();
        return answer.ok ? { snapshot: answer.snapshot, refused } : { snapshot, refused: [...refused, name] };
      },
      { snapshot: open(), refused: [] },
    );
  const approved: Said = [['application.submitted'], ['application.accepted'], ['application.reviewed'], ['application.approved']];
  const request = (payment: string) => ['payment.requested', { payment, fund: 'F' }] as const;
  const sent = (disbursement: string) => ['disbursement.submitted', { payment: 'ahead', disbursement }] as const;
  const failed: Said = [request('ahead'), sent('d1'), ['disbursement.failed', { payment: 'ahead', disbursement: 'd1', reason: 'AC01' }]];
  const month: Said = [['claim.filed', { claim: 'rent', period: '2020-12', facts: {} }]];
  const amounts = (snapshot: CaseSnapshot) =>
    caseView(machine, snapshot).tranches.map(({ id, state, amountFen }) => [id, state, amountFen]);

  it.each([
    ['failed, then the month', [...failed, ...month]],
    ['the month while it is on its way, then failed', [request('ahead'), sent('d1'), ...month, failed[2]!]],
    ['not asked for at all yet', month],
  ] as const)('%s: the advance goes first, the month is set off, whoever is asked first', (_, meanwhile) => {
    const advanceFirst = live(...approved, ...meanwhile, request('ahead'), request('rent:2020-12'));
    const monthFirst = live(...approved, ...meanwhile, request('rent:2020-12'), request('ahead'));
    expect(monthFirst.refused).toEqual(['payment.requested rent:2020-12']);
    expect(amounts(monthFirst.snapshot)).toEqual(amounts(advanceFirst.snapshot));
    expect(amounts(monthFirst.snapshot)).toEqual([
      ['ahead', 'requested', '600000'],
      ['rent:2020-12', 'locked', '50000'],
      ['balance', 'locked', null],
    ]);
  });
});
