import { describe, expect, it } from '@jest/globals';
import { calendarOfYears, due, stateCouncilYears } from '@tranche/calendar';
import { type Policy, policies, resolveTerms, type Stamp } from '@tranche/policies';
import { advance, type CaseEvent, type CaseSnapshot, caseMachine, caseView, type Effect, noticeStanding, openCase } from '../src/index.js';

const policy = policies().find(({ id }) => id === 'sme-class-hour-training-subsidy') as Policy;
const machine = caseMachine(policy);
const calendar = calendarOfYears(stateCouncilYears);
const cite = { doc: '示例公告', clause: '一', basis: 'external' } as const;
const [amount = ''] = policy.plan.entitlement.map((row) => row.amount);
const stamp: Stamp = {
  amounts: { ...Object.fromEntries(Object.keys(policy.amounts).map((name) => [name, '90000'])), [amount]: '90000' },
  conditions: { enterpriseFirst: true },
  eligible: true,
  inWindow: true,
  unmet: [],
};

type Choice = { readonly noticeMode?: string; readonly clockPausesDuringNotice?: boolean; readonly deadlineMetBy?: string };

/** An enterprise's application under what its city chose. */
class Application {
  snapshot: CaseSnapshot;
  effects: readonly Effect[] = [];
  private seq = 1;

  constructor(choice: Choice = { noticeMode: 'before', clockPausesDuringNotice: true }) {
    const overrides = Object.entries(choice).map(([key, value]) => ({ key, value, scope: 'CN-2102', from: '2020-11-01', cite }));
    const terms = resolveTerms(policy, { on: '2020-12-01', scopes: ['CN-2102'], overrides });
    this.snapshot = openCase(machine, { terms, event: this.event('case.opened', '2020-12-01', {}) }).snapshot;
  }

  tell(type: string, on: string, data: Record<string, unknown> = {}): boolean {
    const answer = advance(machine, this.snapshot, this.event(type, on, data));
    if (!answer.ok) return false;
    this.effects = answer.effects;
    this.snapshot = JSON.parse(JSON.stringify(answer.snapshot));
    return true;
  }

  hear(type: string, on: string, data: Record<string, unknown> = {}): this {
    if (!this.tell(type, on, data)) throw new Error(`${type} is refused`);
    return this;
  }

  approved(received = '2020-12-07'): this {
    this.hear('application.submitted', received).hear('application.accepted', received);
    return this.hear('application.reviewed', received).hear('application.approved', received);
  }

  correct(type: string, on: string, data: Record<string, unknown> = {}): this {
    this.hear('correction.proposed', on, { correction: { type, data }, reason: 'x', cite: 'y' });
    return this.hear(type, on, { ...data, proposal: this.seq - 1 });
  }

  get view() {
    return caseView(machine, this.snapshot);
  }
  get tranche() {
    return this.view.tranches[0]?.state;
  }
  /** The last day of the payment's clock, if the last event set it. */
  get lastDay(): string | undefined {
    const set = this.effects.find((effect) => effect.kind === 'setDeadline' && effect.key.startsWith('payment:'));
    if (set?.kind !== 'setDeadline') return undefined;
    const end = due(calendar, set.from, set.count, set.unit, set.paused);
    return end.provisional ? 'provisional' : end.lastDay;
  }

  private event(type: string, on: string, data: Record<string, unknown>): CaseEvent {
    const event = { type, seq: this.seq, at: `${on}T12:00:00+08:00`, on, actor: `${type}-${this.seq}`, data, stamp };
    this.seq += 1;
    return event;
  }
}

const payment = policy.plan.remainder?.id ?? '';
const ends = (no = 1) => ({ key: `notice:${no}` });

describe('a notice before payment, where the clock stands still', () => {
  // received Monday 2020-12-07: five working days end on Monday 12-14
  it.each([
    ['2020-12-07', '2020-12-14', '2020-12-21', 'posted on the day of receipt: all five days are left'],
    ['2020-12-08', '2020-12-15', '2020-12-22', 'posted the next day, which is not counted: still five'],
    ['2020-12-09', '2020-12-16', '2020-12-22', 'one day had passed: four are left'],
    ['2020-12-11', '2020-12-18', '2020-12-22', 'three had passed: two are left'],
    ['2020-12-14', '2020-12-21', '2020-12-22', 'posted on the last day: one is left'],
  ])('posted %s and over on %s, payment is due by %s: %s', (posted, over, lastDay) => {
    const story = new Application().approved();
    expect(story.view.clocks).toEqual({ [`payment:${payment}`]: 'running' });
    story.hear('notice.posted', posted);
    expect(story.view.clocks).toEqual({ 'notice:1': 'running' });
    expect(story.effects).toContainEqual({ kind: 'cancelDeadline', key: `payment:${payment}` });
    expect(noticeStanding(machine, story.snapshot)).toMatchObject({ mode: 'before', pauses: true, stillSince: posted, paused: [] });
    story.hear('deadline.passed', over, ends());
    expect([story.lastDay, story.tranche, story.view.clocks]).toEqual([lastDay, 'due', { [`payment:${payment}`]: 'running' }]);
    expect(noticeStanding(machine, story.snapshot)).toMatchObject({ stillSince: null, paused: [{ from: posted, until: over }] });
  });

  it('pays nothing before it is over, and is told so by the state of the case', () => {
    const story = new Application().approved();
    expect([story.tranche, story.view.regions['clearance']?.state]).toEqual(['locked', 'ready']);
    expect(story.tell('payment.requested', '2020-12-07', { payment, fund: 'F' })).toBe(false);
    story.hear('notice.posted', '2020-12-08');
    expect([story.view.state, story.tell('payment.requested', '2020-12-08', { payment, fund: 'F' })]).toEqual(['noticed', false]);
  });

  it('an objection that is not upheld after the end holds the clock until the day of the decision', () => {
    const story = new Application().approved().hear('notice.posted', '2020-12-08');
    story.hear('objection.raised', '2020-12-10', { objection: 'o1', ground: 'g' }).hear('deadline.passed', '2020-12-15', ends());
    expect(story.tranche).toBe('locked');
    story.hear('objection.rejected', '2020-12-17', { objection: 'o1', decision: 'd' });
    expect([story.lastDay, story.tranche]).toEqual(['2020-12-24', 'due']);
  });

  it('an objection upheld takes the approval back: decided again, published again, and only the days of both notices left out', () => {
    const story = new Application().approved().hear('notice.posted', '2020-12-08');
    story.hear('objection.raised', '2020-12-09', { objection: 'o1', ground: 'g' });
    story.hear('objection.upheld', '2020-12-10', { objection: 'o1', decision: 'd', consequence: 'recompute' });
    expect([story.view.state, story.lastDay, story.view.notice]).toEqual(['reviewed', '2020-12-17', null]);
    story.hear('application.approved', '2020-12-11').hear('notice.posted', '2020-12-14').hear('deadline.passed', '2020-12-21', ends(2));
    // counted: the 11th, then from the 22nd on
    expect(story.lastDay).toBe('2020-12-25');
  });

  it('an objection upheld as a refusal ends the application', () => {
    const story = new Application().approved().hear('notice.posted', '2020-12-08');
    story.hear('objection.raised', '2020-12-09', { objection: 'o1', ground: 'g' });
    story.hear('objection.upheld', '2020-12-10', { objection: 'o1', decision: 'd', consequence: 'failed' });
    expect([story.view.state, story.view.standing, story.view.clocks]).toEqual(['rejected', 'closed', {}]);
  });

  it('withdrawn and posted again, both spells are left out', () => {
    const story = new Application().approved().hear('notice.posted', '2020-12-08').correct('notice.withdrawn', '2020-12-09');
    expect(story.lastDay).toBe('2020-12-16');
    story.hear('notice.posted', '2020-12-10').hear('deadline.passed', '2020-12-17', ends(2));
    expect(story.lastDay).toBe('2020-12-24');
  });

  it('corrected facts are published again before what is not paid is paid', () => {
    const story = new Application().approved().hear('notice.posted', '2020-12-08').hear('deadline.passed', '2020-12-15', ends());
    story.hear('payment.requested', '2020-12-15', { payment, fund: 'F' }).correct('fact.corrected', '2020-12-16', { facts: {} });
    expect([story.tranche, story.view.regions['clearance']?.state]).toEqual(['locked', 'ready']);
    expect(story.effects).toContainEqual({ kind: 'cancelDisbursement', payment });
  });

  it('a clock whose last day had passed stays late: the notice does not bring it back to life', () => {
    const story = new Application().approved().hear('deadline.passed', '2020-12-14', { key: `payment:${payment}` });
    story.hear('notice.posted', '2020-12-15').hear('deadline.passed', '2020-12-22', ends());
    expect([story.view.clocks, story.lastDay]).toEqual([{ [`payment:${payment}`]: 'passed' }, undefined]);
  });
});

describe('what else a jurisdiction may choose', () => {
  it('before payment with the clock running on: nothing is moved, and the limit passes during the notice', () => {
    const story = new Application({ noticeMode: 'before', clockPausesDuringNotice: false }).approved().hear('notice.posted', '2020-12-08');
    expect(story.view.clocks).toEqual({ 'notice:1': 'running', [`payment:${payment}`]: 'running' });
    story.hear('deadline.passed', '2020-12-14', { key: `payment:${payment}` });
    expect(story.effects).toContainEqual({ kind: 'suspectBreach', key: `payment:${payment}` });
  });

  it.each([
    ['none', 'closed'],
    ['after', 'active'],
  ])('%s: paid at once; the case is then %s', (noticeMode, standing) => {
    const story = new Application({ noticeMode, clockPausesDuringNotice: true }).approved();
    expect([story.tranche, story.tell('notice.posted', '2020-12-07')]).toEqual(['due', false]);
    story.hear('payment.requested', '2020-12-07', { payment, fund: 'F' });
    story.hear('disbursement.submitted', '2020-12-07', { payment, disbursement: 'd1' });
    story.hear('disbursement.settled', '2020-12-08', { payment, disbursement: 'd1', paidOn: '2020-12-08' });
    expect(story.view.standing).toBe(standing);
    if (noticeMode === 'none') return;
    story.hear('notice.posted', '2020-12-09').hear('deadline.passed', '2020-12-16', ends());
    expect(story.view.standing).toBe('closed');
  });

  // received Monday 2020-12-07: five working days end on Monday 12-14
  it.each([
    ['credited', '2020-12-14', '2020-12-14'],
    ['credited', '2020-12-15', '2020-12-15'],
    ['sent', '2020-12-15', '2020-12-14'],
    ['sent', undefined, '2020-12-15'],
  ])('a limit is held against the day of a payment: %s (a bank that had it on the 14th)', (deadlineMetBy, paidOn = '2020-12-15', on) => {
    const story = new Application({ deadlineMetBy }).approved().hear('payment.requested', '2020-12-14', { payment, fund: 'F' });
    story.hear('disbursement.submitted', '2020-12-14', { payment, disbursement: 'd1' });
    expect(story.effects.filter(({ kind }) => kind === 'meetDeadline')).toEqual([]);
    const sentOn = on === '2020-12-15' && deadlineMetBy === 'sent' ? {} : { sentOn: '2020-12-14' };
    story.hear('disbursement.settled', paidOn, { payment, disbursement: 'd1', paidOn, ...sentOn });
    expect(story.effects).toContainEqual({ kind: 'meetDeadline', key: `payment:${payment}`, on });
  });
});
