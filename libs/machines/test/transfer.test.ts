import { describe, expect, it } from '@jest/globals';
import { advanceTransfer, liveTransferStates, type TransferState, transferArrows, transferEventsFrom } from '../src/index.js';

const states = [...new Set(transferArrows.flatMap(({ from, to }) => [from, to]))];
const events = [...new Set(transferArrows.map(({ event }) => event))];

describe('the life of a transfer', () => {
  it.each([
    [
      'answered at every step',
      ['batch.submitted', 'batch.approved', 'sending.started', 'bank.received', 'bank.accepted', 'bank.settled'],
      'settled',
    ],
    [
      'the answer is lost and found by inquiry',
      ['batch.submitted', 'batch.approved', 'sending.started', 'answer.missing', 'bank.settled'],
      'settled',
    ],
    ['refused', ['batch.submitted', 'batch.approved', 'sending.started', 'bank.refused'], 'failed'],
    ['returned', ['batch.submitted', 'batch.approved', 'sending.started', 'bank.settled', 'bank.returned'], 'returned'],
    ['the checker refuses', ['batch.submitted', 'batch.rejected'], 'rejected'],
    ['called back before sending', ['batch.submitted', 'batch.approved', 'line.cancelled'], 'cancelled'],
  ] as const)('%s', (_, told, end) => {
    const last = told.reduce<TransferState>((state, event) => {
      const step = advanceTransfer(state, event);
      if (!step.ok) throw new Error(`${state} ${event}: ${step.code}`);
      return step.state;
    }, 'draft');
    expect(last).toBe(end);
  });

  it.each([
    ['settled', 'bank.received'],
    ['settled', 'bank.accepted'],
    ['settled', 'bank.settled'],
    ['accepted', 'bank.received'],
    ['submitted', 'bank.received'],
    ['failed', 'bank.received'],
    ['failed', 'bank.refused'],
    ['returned', 'bank.settled'],
    ['returned', 'bank.returned'],
    ['settled', 'answer.missing'],
    ['unknown', 'answer.missing'],
  ] as const)('%s, told %s: late or repeated news is kept and moves nothing', (state, event) => {
    expect(advanceTransfer(state, event)).toMatchObject({ ok: true, kind: 'known', state });
  });

  it.each([
    ['settled', 'bank.refused'],
    ['failed', 'bank.settled'],
    ['failed', 'bank.returned'],
    ['returned', 'bank.refused'],
  ] as const)('%s, told %s: a contradiction is for a person', (state, event) => {
    expect(advanceTransfer(state, event)).toMatchObject({ ok: false, code: 'transfer-contradiction', state });
  });

  it.each([
    ['draft', 'batch.approved'],
    ['draft', 'sending.started'],
    ['pending_approval', 'sending.started'],
    ['submitting', 'sending.started'],
    ['unknown', 'sending.started'],
    ['submitting', 'line.cancelled'],
    ['submitted', 'line.cancelled'],
    ['submitting', 'bank.returned'],
    ['rejected', 'batch.approved'],
    ['cancelled', 'sending.started'],
    ['approved', 'bank.settled'],
  ] as const)('%s does not hear %s', (state, event) => {
    expect(advanceTransfer(state, event)).toEqual({
      ok: false,
      code: 'transfer-event-not-allowed',
      state,
      allowed: transferEventsFrom(state),
    });
  });

  it('is a closed table: one target per state and event, a reason in both languages, every state reachable', () => {
    const keys = transferArrows.map(({ from, event }) => `${from} ${event}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { why } of transferArrows) expect(why.zh.length * why.en.length).toBeGreaterThan(0);
    expect(states.sort()).toEqual(
      [
        'accepted',
        'approved',
        'cancelled',
        'draft',
        'failed',
        'pending_approval',
        'rejected',
        'returned',
        'settled',
        'submitted',
        'submitting',
        'unknown',
      ].sort(),
    );
  });

  it('can be called back only before a byte has left', () => {
    expect(transferArrows.filter(({ event }) => event === 'line.cancelled').map(({ from }) => from)).toEqual([
      'draft',
      'pending_approval',
      'approved',
    ]);
  });

  it('never moves backwards and never leaves an end, whatever is told', () => {
    const rank: Record<TransferState, number> = {
      draft: 0,
      pending_approval: 1,
      approved: 2,
      submitting: 3,
      unknown: 4,
      submitted: 4,
      accepted: 5,
      settled: 6,
      failed: 7,
      returned: 7,
      rejected: 7,
      cancelled: 7,
    };
    // a step looks at nothing but its state, so all pairs are all lives
    for (const state of Object.keys(rank) as TransferState[])
      for (const event of events) {
        const next = advanceTransfer(state, event).state;
        if (next !== 'unknown') expect([state, event, rank[next] >= rank[state]]).toEqual([state, event, true]);
        if (!liveTransferStates.includes(state)) expect([state, event, next]).toEqual([state, event, state]);
      }
  });
});
