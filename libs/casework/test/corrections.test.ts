import { afterEach, describe, expect, it } from '@jest/globals';
import { addDays } from '@tranche/calendar';
import { verifyCase } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import type { Role } from '@tranche/policies';
import { v7 } from 'uuid';
import { useBankWorld } from '../../../test/support/bank-world.js';
import { ledgerFaults } from '../../../test/support/ledger.js';
import { CaseStory, payWhatIsDue } from '../../../test/support/story.js';

const { world } = useBankWorld();
let story: CaseStory;
afterEach(async () => {
  expect(await ledgerFaults(world)).toEqual([]);
  expect(await verifyCase(world.house, systemActor('test'), story.id)).toMatchObject({ ok: true });
});

async function underNotice(): Promise<void> {
  story = await CaseStory.inTraining(world);
  await payWhatIsDue(world);
  await story.ended();
  await story.accepted(100);
  await story.hear('officer', 'notice.posted');
}

/** One proposes, another decides; the number of the proposal. */
async function proposed(by: Role, type: string, data: Record<string, unknown>): Promise<number> {
  await story.hear(by, 'correction.proposed', { correction: { type, data }, reason: '核对后更正', cite: '办理规程' });
  return (await story.view()).proposals.at(-1)?.proposal ?? 0;
}

const notices = () => world.rows('SELECT notice_no AS no, state FROM notices WHERE case_id = $1 ORDER BY notice_no', [story.id]);
const openTasks = async () =>
  (await world.rows<{ kind: string }>("SELECT kind FROM tasks WHERE case_id = $1 AND state = 'open' ORDER BY kind", [story.id])).map(
    ({ kind }) => kind,
  );

describe('people make mistakes, and two of them correct one', () => {
  it('a notice is withdrawn and posted again under its own number', async () => {
    await underNotice();
    const proposal = await proposed('officer', 'notice.withdrawn', {});
    await story.hear('approver', 'notice.withdrawn', { proposal });
    expect(await notices()).toEqual([{ no: 1, state: 'withdrawn' }]);
    expect(await story.deadline('notice:1')).toBe('cancelled');
    await story.hear('officer', 'notice.posted');
    expect(await notices()).toEqual([
      { no: 1, state: 'withdrawn' },
      { no: 2, state: 'posted' },
    ]);
    expect(await story.deadline('notice:2')).toBe('running');
  });

  it('never by the one who proposed it, never otherwise than proposed, never twice', async () => {
    await underNotice();
    const data = { facts: { qualified: [{ occupation: '电工', level: '中级', count: 90 }] } };
    const proposal = await proposed('approver', 'fact.corrected', data);
    expect(await story.tell('approver', 'fact.corrected', { proposal, ...data })).toMatchObject({ ok: false });
    expect(
      await story.tell('supervisor', 'fact.corrected', {
        proposal,
        facts: { qualified: [{ occupation: '电工', level: '中级', count: 91 }] },
      }),
    ).toMatchObject({ ok: false });
    expect(await story.tell('supervisor', 'fact.corrected', { proposal: proposal + 1, ...data })).toMatchObject({ ok: false });
    await story.hear('supervisor', 'fact.corrected', { proposal, ...data });
    expect(await story.tell('supervisor', 'fact.corrected', { proposal, ...data })).toMatchObject({ ok: false });
    expect(await notices()).toEqual([{ no: 1, state: 'withdrawn' }]);
    await story.hear('officer', 'notice.posted');
    await world.goTo(await inDays(14));
    await payWhatIsDue(world);
    expect(await story.view()).toMatchObject({ entitledFen: '27000000', paidFen: '27000000', standing: 'closed' });
  });

  it('a rescinded acceptance leads back to the inspection, with its task', async () => {
    await underNotice();
    const proposal = await proposed('reviewer', 'decision.rescinded', { decision: 'acceptance' });
    await story.hear('approver', 'decision.rescinded', { proposal, decision: 'acceptance' });
    expect(await openTasks()).toEqual(['inspect']);
    expect(await notices()).toEqual([{ no: 1, state: 'withdrawn' }]);
    await story.hear('inspector', 'acceptance.failed', { reason: '复核不合格' });
    expect(await openTasks()).toEqual(['inspect']);
  });

  it('a dismissed proposal changes nothing', async () => {
    await underNotice();
    const before = await story.view();
    const proposal = await proposed('officer', 'notice.withdrawn', {});
    await story.hear('supervisor', 'correction.dismissed', { proposal });
    expect({ ...(await story.view()) }).toEqual(before);
    expect(await notices()).toEqual([{ no: 1, state: 'posted' }]);
  });
});

describe('an objection', () => {
  it('keeps the notice open until it is decided; rejected after its end, the case settles on the day of the decision', async () => {
    await underNotice();
    const objection = v7();
    await story.hear('officer', 'objection.raised', { objection, ground: '名单不实' });
    await world.goTo(await inDays(12));
    expect(await notices()).toEqual([{ no: 1, state: 'posted' }]);
    await story.hear('reviewer', 'objection.rejected', { objection, decision: '经核查名单属实' });
    expect(await notices()).toEqual([{ no: 1, state: 'clear' }]);
    expect((await story.view()).marks['settled']).toBe(await world.today());
    expect(await world.rows('SELECT state, decision FROM objections WHERE id = $1', [objection])).toEqual([
      { state: 'rejected', decision: '经核查名单属实' },
    ]);
    await payWhatIsDue(world);
    expect(await story.tranche('s3')).toMatchObject({ state: 'paid', amountFen: '15000000' });
  });

  it('upheld leads to a new assessment, a new notice, and the difference comes back', async () => {
    await underNotice();
    const objection = v7();
    await story.hear('officer', 'objection.raised', { objection, ground: '名单不实' });
    await story.hear('reviewer', 'objection.upheld', { objection, decision: '核减', consequence: 'recompute' });
    expect(await notices()).toEqual([{ no: 1, state: 'withdrawn' }]);
    await story.hear('inspector', 'results.imported', {
      fileSha256: 'cd'.repeat(32),
      facts: { qualified: [{ occupation: '电工', level: '中级', count: 40 }] },
    });
    await story.hear('officer', 'notice.posted');
    await world.goTo(await inDays(14));
    expect((await story.view()).recovery).toMatchObject({ outstandingFen: '3000000' });
    await story.hear('cashier', 'recovery.received', { amountFen: '3000000', reference: 'HK' });
    expect(await story.view()).toMatchObject({ standing: 'closed', entitledFen: '12000000' });
  });
});

const inDays = async (days: number): Promise<string> => addDays(await world.today(), days);
