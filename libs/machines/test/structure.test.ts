import { describe, expect, it } from '@jest/globals';
import type { Policy } from '@tranche/policies';
import { advance, advanceByXState, caseMachine, machineHash, transitionTable } from '../src/index.js';
import { dalian, liaoning, machineOf, Story } from './story.js';

const machine = machineOf(dalian);
const config = JSON.parse(JSON.stringify(machine.states.config)) as Record<string, unknown>;

/** Every object inside a value, with the keys that lead to it. */
function* objects(value: unknown, path: readonly string[] = []): Generator<[readonly string[], Record<string, unknown>]> {
  if (value === null || typeof value !== 'object') return;
  yield [path, value as Record<string, unknown>];
  for (const [key, inner] of Object.entries(value)) yield* objects(inner, [...path, key]);
}

describe('what no case machine may contain', () => {
  it('timers, invoked or spawned actors, entry or exit actions, final states, history, wildcards', () => {
    for (const [path, node] of objects(config)) {
      for (const key of ['after', 'invoke', 'entry', 'exit', '*'])
        expect([path, key in node && path.at(-1) !== 'params']).toEqual([path, false]);
      expect([path, node['type'] === 'final' || node['type'] === 'history']).toEqual([path, false]);
    }
  });

  it('guards or deeds that are code in the configuration: all are names with plain parameters', () => {
    for (const [path, node] of objects(machine.states.config)) {
      for (const [key, value] of Object.entries(node)) if (typeof value === 'function') expect([path, key]).toEqual([[], 'context']);
    }
  });

  it('money asked for except when a payment is requested', () => {
    const asking = transitionTable(machine).filter((row) => row.effects.some((effect) => effect.startsWith('requestDisbursement')));
    expect(asking.map((row) => row.event)).toEqual(['payment.requested', 'payment.requested', 'payment.requested', 'payment.requested']);
  });

  it('more iterations than it may need', () => {
    expect(machine.states.config).toMatchObject({ options: { maxIterations: expect.any(Number) } });
  });
});

describe('the hash of a machine', () => {
  it('is the same for the same policy and differs between versions', () => {
    expect(machineHash(caseMachine(dalian))).toBe(machineHash(machine));
    expect(machineHash(caseMachine(liaoning))).not.toBe(machineHash(machine));
    expect(machineHash(machine)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('changes with a time limit', () => {
    const [first, ...others] = dalian.plan.advances;
    if (!first) throw new Error('no advance');
    const other = { ...dalian, plan: { ...dalian.plan, advances: [{ ...first, due: { ...first.due, count: 11 } }, ...others] } };
    expect(machineHash(caseMachine(other))).not.toBe(machineHash(machine));
  });
});

const [milestone] = dalian.plan.milestones;
if (!milestone) throw new Error('no milestone');

describe('plans that cannot be built are refused', () => {
  const plan = (change: Partial<Policy['plan']>): Policy => ({ ...dalian, plan: { ...dalian.plan, ...change } });
  it.each([
    ['a milestone named like a state', plan({ milestones: [{ ...milestone, id: 'settled' }] }), 'settled'],
    ['a payment named like a region', plan({ remainder: { ...dalian.plan.remainder!, id: 'intake' } }), 'intake'],
    ['a notice without an acceptance', plan({ acceptance: undefined }), 'acceptance'],
  ])('%s', (_, policy, why) => {
    expect(() => caseMachine(policy)).toThrow(why);
  });
});

describe('smaller plans of the same vocabulary', () => {
  it('one payment after one milestone, nothing else', () => {
    const { acceptance, notice, interruption, recovery, ...rest } = dalian.plan;
    const [row] = rest.entitlement;
    if (!row) throw new Error('no entitlement');
    const policy: Policy = {
      ...dalian,
      id: 'one-off',
      plan: {
        ...rest,
        advances: [],
        milestones: [milestone],
        entitlement: [{ ...row, opens: ['approved', 'started'], amount: 'estimate', due: { ...row.due!, from: 'started' } }],
      },
    };
    const story = new Story(policy);
    story.hear('milestone.started').approve();
    expect(story.money).toEqual({ s3: 'due 30000000' });
    expect(story.pay('s3').view.state).toBe('closed');
  });

  it('accepted without a notice: the remainder is due on acceptance', () => {
    const { notice, ...rest } = dalian.plan;
    const story = new Story({ ...dalian, id: 'without-notice', plan: rest })
      .approve()
      .hear('milestone.started')
      .pay('s1')
      .hear('milestone.ended');
    story.world = { assessed: '20000000' };
    expect(story.hear('acceptance.passed').money['s3']).toBe('due 5000000');
    expect(story.pay('s3').view.state).toBe('closed');
  });
});

it('terms that a plan counts by must be there', () => {
  expect(() => new Story(dalian, {})).toThrow('is not a whole number');
});

it('an advance is frozen through and through', () => {
  const story = new Story();
  const answer = story.tell('application.submitted');
  for (const [, node] of objects(answer)) expect(Object.isFrozen(node)).toBe(true);
});

it('a snapshot that does not fit the machine throws', () => {
  const story = new Story();
  story.snapshot = { ...story.snapshot, value: { ...(story.snapshot.value as object), intake: 'nowhere' } };
  expect(() => story.tell('application.submitted')).toThrow();
});

it('a snapshot whose keys come back in another order, as from jsonb, is decided on in the same way', () => {
  const story = new Story().approve().hear('milestone.started').request('s1').submit('s1').hear('milestone.ended');
  story.world = { assessed: '0' };
  story.hear('acceptance.passed').hear('notice.posted').clear();
  const { disbursement } = (story.snapshot.context['payments'] as Record<string, { disbursement: string }>)['s1']!;
  const bounced = story.eventOf('disbursement.failed', { payment: 's1', disbursement, reason: 'AC04' }, {});
  const value = Object.fromEntries(Object.entries(story.snapshot.value).reverse());
  const stored = advanceByXState(machine, { ...story.snapshot, value }, bounced);
  expect(stored).toEqual(advance(machine, story.snapshot, bounced));
  expect(stored.ok && stored.effects.map(({ kind }) => kind)).toEqual(['closeCase', 'cancelDeadline']);
});
