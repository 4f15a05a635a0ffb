import { afterEach, describe, expect, it } from '@jest/globals';
import { contentHash, decideAppropriation, linesOf, prepareFiles, proposeAppropriation, sha256Of, unparkFunded } from '@tranche/casework';
import { v7 } from 'uuid';
import { useBankWorld } from '../../../test/support/bank-world.js';
import { ledgerFaults, trialBalance } from '../../../test/support/ledger.js';
import { CaseStory, collect, payWhatIsDue, runAll, sign, signBatch, submit, waitingDisbursements } from '../../../test/support/story.js';
import { asOwner } from '../../../test/support/world.js';

const { world } = useBankWorld();
afterEach(async () => {
  expect(await ledgerFaults(world)).toEqual([]);
});

const inTraining = (facts?: Readonly<Record<string, unknown>>) => CaseStory.inTraining(world, facts);
const transferStates = async (story: CaseStory): Promise<string[]> =>
  (
    await world.rows<{ state: string }>(
      'SELECT t.state FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE d.case_id = $1 ORDER BY t.id',
      [story.id],
    )
  ).map(({ state }) => state);

describe('a held case', () => {
  it('is not requested; released, it is paid', async () => {
    const story = await inTraining();
    await story.hear('supervisor', 'case.held', { reason: '举报核查' });
    await payWhatIsDue(world);
    expect(await story.tranche('s1')).toMatchObject({ state: 'due' });
    expect((await story.view()).standing).toBe('held');
    await story.hear('supervisor', 'case.released', { reason: '查无问题' });
    await payWhatIsDue(world);
    expect(await story.tranche('s1')).toMatchObject({ state: 'paid' });
    expect(await world.rows('SELECT reason, released_on IS NOT NULL AS released FROM holds WHERE case_id = $1', [story.id])).toEqual([
      { reason: '举报核查', released: true },
    ]);
  });

  it('loses its line of a signed batch, the other lines are paid, and the line can be collected again', async () => {
    const [held, other] = [await inTraining(), await inTraining()];
    await runAll(world);
    await signBatch(world);
    await held.hear('approver', 'case.held', { reason: '举报核查' });
    await runAll(world);
    expect(await transferStates(held)).toEqual(['cancelled']);
    expect(await held.tranche('s1')).toMatchObject({ state: 'requested' });
    expect(await other.tranche('s1')).toMatchObject({ state: 'paid' });
    const reserved = (await trialBalance(world))['B3'];
    expect(reserved).toBe(15_000_000n);

    await held.hear('approver', 'case.released', { reason: '查无问题' });
    await payWhatIsDue(world);
    expect(await transferStates(held)).toEqual(['cancelled', 'settled']);
    expect(await trialBalance(world)).toMatchObject({ B3: 0n, B4: 0n });
  });
});

describe('a signed bank file that lost every line', () => {
  it('is over: there is nothing to hand over, and nothing to wait for', async () => {
    const story = await inTraining();
    await runAll(world);
    const { batchId } = await signBatch(world, 'file');
    await story.hear('approver', 'case.held', { reason: '举报核查' });
    expect(await prepareFiles(world.house, world.by('cashier'), { batchId })).toMatchObject({ ok: false, code: 'batch-state' });
    expect(await world.rows('SELECT state FROM batches WHERE id = $1', [batchId])).toEqual([{ state: 'done' }]);
    await story.hear('approver', 'case.released', { reason: '查无问题' });
    await payWhatIsDue(world);
    expect(await transferStates(story)).toEqual(['cancelled', 'settled']);
  });
});

describe('a request that is called back', () => {
  it('leaves a signed batch before it is sent, and its budget is free', async () => {
    const before = (await trialBalance(world))['B2'];
    const story = await inTraining();
    await runAll(world);
    await signBatch(world);
    await story.hear('inspector', 'delivery.aborted', { reason: '停办' });
    expect(await transferStates(story)).toEqual(['cancelled']);
    await runAll(world);
    expect(await story.view()).toMatchObject({ standing: 'closed', paidFen: '0' });
    expect(await trialBalance(world)).toMatchObject({ B2: before, B3: 0n, B4: 0n });
  });

  it('leaves a submitted batch, which can be signed only as it now is', async () => {
    const [gone, kept] = [await inTraining(), await inTraining()];
    await runAll(world);
    const draft = await collect(world, await waitingDisbursements(world));
    const submitted = await submit(world, draft.batchId);
    await gone.hear('inspector', 'delivery.aborted', { reason: '停办' });
    const stale = await sign(world, submitted);
    expect(stale).toMatchObject({ ok: false, code: 'batch-content-changed' });
    const [{ hash = '' } = {}] = await world.rows<{ hash: string }>('SELECT content_hash AS hash FROM batches WHERE id = $1', [
      draft.batchId,
    ]);
    const now = await shown(draft.batchId);
    expect(now.contentHash).not.toBe(hash);
    expect(await sign(world, { ...submitted, contentHash: now.contentHash })).toMatchObject({ ok: true, lines: 1, totalFen: '15000000' });
    await runAll(world);
    expect(await kept.tranche('s1')).toMatchObject({ state: 'paid' });
    expect(await trialBalance(world)).toMatchObject({ B3: 0n, B4: 0n });
  });
});

/** The content as it is now: what the checker would see when looking again. */
async function shown(batchId: string): Promise<{ contentHash: string }> {
  const [{ fund = '' } = {}] = await world.rows<{ fund: string }>('SELECT fund_id AS fund FROM batches WHERE id = $1', [batchId]);
  return world.database.transaction(world.by('checker'), async (tx) => ({
    contentHash: contentHash({ fundId: fund, contentForm: 2 }, await linesOf(tx, batchId)),
  }));
}

describe('payments that fall due together', () => {
  it('are requested in one transaction; a case that nobody can read keeps none of the others', async () => {
    const stories = [await inTraining(), await inTraining(), await inTraining()];
    const unreadable = await inTraining();
    await asOwner(world, 'ALTER TABLE cases DISABLE TRIGGER USER');
    const broken = JSON.stringify({ status: 'active', value: '?', context: {} });
    const [kept] = await world.rows<{ snapshot: unknown }>('SELECT snapshot FROM cases WHERE id = $1', [unreadable.id]);
    const put = (text: string) => asOwner(world, 'UPDATE cases SET snapshot = $2 WHERE id = $1', [unreadable.id, text]);
    await put(broken);
    await runAll(world);
    const rows = await world.rows<{ state: string; tx: string }>(
      'SELECT state, xmin::text AS tx FROM disbursements WHERE case_id = ANY($1::uuid[])',
      [stories.map(({ id }) => id)],
    );
    expect(rows.map(({ state }) => state)).toEqual(['requested', 'requested', 'requested']);
    expect(new Set(rows.map(({ tx }) => tx)).size).toBe(1);
    expect(await world.rows('SELECT state FROM outbox WHERE case_id = $1', [unreadable.id])).toEqual([{ state: 'pending' }]);
    await put(JSON.stringify(kept?.snapshot));
    await asOwner(world, 'ALTER TABLE cases ENABLE TRIGGER USER');
    // paid now: tried again at an hour of its own, it would come between what the next tests pay
    await asOwner(world, "UPDATE outbox SET due_at = now() WHERE state = 'pending'");
    await payWhatIsDue(world);
    expect(await unreadable.tranche('s1')).toMatchObject({ state: 'paid' });
  });
});

describe('a fund that is short', () => {
  /** 12,000 trainees: an advance of 18 million yuan, more than all sandbox funds of the year have left together. */
  const huge = {
    enrolled: [{ occupation: '电工', level: '中级', count: 12_000 }],
    plannedHours: 80,
    classFiled: true,
    traineesEligible: true,
    startsOn: '2020-11-25',
    endsOn: '2020-12-20',
  };

  it('parks the payment with a task for finance while its legal clock runs, and any new budget wakes it', async () => {
    const story = await inTraining(huge);
    await payWhatIsDue(world);
    expect(await story.tranche('s1')).toMatchObject({ state: 'due', amountFen: '1800000000' });
    expect(await world.rows("SELECT state, reason FROM outbox WHERE case_id = $1 AND kind = 'payment.request'", [story.id])).toEqual([
      { state: 'parked', reason: 'fund-short' },
    ]);
    expect(
      await world.rows("SELECT role, kind FROM tasks WHERE case_id = $1 AND state = 'open' AND kind LIKE 'fund-short:%'", [story.id]),
    ).toEqual([{ role: 'maker', kind: 'fund-short:s1' }]);
    expect(await story.deadline('payment:s1')).toBe('running');
    expect(await unparkFunded(world.house)).toBe(0);

    await appropriate(world.seed.funds['F1/2020'] ?? '', 2_000_000_000n);
    expect(await unparkFunded(world.house)).toBe(1);
    await payWhatIsDue(world);
    expect(await story.tranche('s1')).toMatchObject({ state: 'paid', fund: world.seed.funds['F1/2020'] });
    expect(
      await world.rows("SELECT kind FROM tasks WHERE case_id = $1 AND state = 'open' AND kind LIKE 'fund-short:%'", [story.id]),
    ).toEqual([]);
  });

  it('is forgotten with its task when the payment lapses meanwhile', async () => {
    const story = await inTraining(huge);
    await payWhatIsDue(world);
    expect(await story.tranche('s1')).toMatchObject({ state: 'due' });
    await story.hear('inspector', 'delivery.aborted', { reason: '停办' });
    expect(await unparkFunded(world.house)).toBe(1);
    await runAll(world);
    expect(await world.rows("SELECT state FROM outbox WHERE case_id = $1 AND kind = 'payment.request'", [story.id])).toEqual([
      { state: 'done' },
    ]);
    expect(await world.rows("SELECT state FROM tasks WHERE case_id = $1 AND kind LIKE 'fund-short:%'", [story.id])).toEqual([
      { state: 'cancelled' },
    ]);
  });

  it('never goes below zero, however many ask at once: who comes too late waits', async () => {
    const left = async () =>
      world.rows<{ fen: string }>(
        "SELECT posted_fen::text AS fen FROM account_balances b JOIN accounts a ON a.id = b.account_id WHERE a.code = 'B2' AND posted_fen < 0",
      );
    const stories = await Promise.all(
      Array.from({ length: 4 }, () => inTraining({ ...huge, enrolled: [{ occupation: '电工', level: '中级', count: 2_500 }] })),
    );
    await Promise.all([runAll(world, 'one'), runAll(world, 'two')]);
    const states = await Promise.all(stories.map(async (story) => (await story.tranche('s1')).state));
    expect(states.filter((state) => state === 'requested').length).toBeGreaterThan(0);
    expect(states.filter((state) => state === 'due').length).toBeGreaterThan(0);
    expect(await left()).toEqual([]);
  });
});

async function appropriate(fundId: string, amountFen: bigint): Promise<void> {
  const request = (role: 'maker' | 'checker') => ({ actor: world.by(role), key: v7(), requestSha256: sha256Of({ fundId }) });
  const proposed = await proposeAppropriation(world.house, request('maker'), { fundId, amountFen, documentNo: '追加指标' });
  if (!proposed.ok) throw new Error(proposed.code);
  const decided = await decideAppropriation(world.house, request('checker'), {
    fundId,
    appropriationId: proposed.answer.id,
    decision: 'approved',
    on: await world.today(),
  });
  if (!decided.ok) throw new Error(decided.code);
}
