import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  approveBatch,
  type BatchAnswer,
  type BatchResult,
  contentHash,
  createBatch,
  decidePayeeAccount,
  decideStatus,
  linesOf,
  proposeParameter,
  proposePayeeAccount,
  proposeStatus,
  rejectBatch,
  sha256Of,
  unparkFunded,
} from '@tranche/casework';
import type { Actor } from '@tranche/database';
import type { ParameterValue, Role } from '@tranche/policies';
import { v7 } from 'uuid';
import { CaseStory, collect, runAll, submit, waitingDisbursements } from '../../../test/support/story.js';
import { draftCase, openWorld, setHouse, type World } from '../../../test/support/world.js';

let world: World;
let second: Actor;
beforeAll(async () => {
  world = await openWorld();
  second = { ...world.by('checker'), userId: world.by('supervisor').userId };
});
afterAll(() => world?.close());

const request = (role: Role) => ({ actor: world.by(role), key: v7(), requestSha256: sha256Of({ key: v7() }) });

async function due(): Promise<CaseStory> {
  const story = await CaseStory.inTraining(world);
  await runAll(world);
  return story;
}

/** `database`: only a control behind the use-case refused. */
const signAs = (
  actor: Actor,
  { batchId, contentHash }: BatchAnswer,
): Promise<BatchResult | { readonly ok: false; readonly code: 'database' }> =>
  world.database
    .transaction(actor, async (tx) => approveBatch(tx, world.house, actor, { batchId, contentHash, legalToday: await world.today() }))
    .catch(() => ({ ok: false as const, code: 'database' as const }));

describe('a batch that two must sign', () => {
  it('stays open after the first signature, moves no budget, and is approved by the second', async () => {
    await setHouse(world, 'payment.approval-bands', { 0: 1, 20000000: 2 });
    await due();
    const one = await submit(world, (await collect(world, await waitingDisbursements(world))).batchId);
    expect(one).toMatchObject({ signatures: 0, signaturesNeeded: 1 });
    expect(await signAs(world.by('checker'), one)).toMatchObject({ ok: true, state: 'approved', signatures: 1 });

    const [gone] = [await due(), await due()];
    const two = await submit(world, (await collect(world, await waitingDisbursements(world))).batchId);
    expect(await signAs(world.by('checker'), two)).toMatchObject({ state: 'pending_approval', signatures: 1, signaturesNeeded: 2 });
    expect(await signAs(world.by('checker'), two)).toMatchObject({ ok: false, code: 'already-decided' });
    expect(await world.rows("SELECT 1 FROM postings WHERE event_type = 'batch.approved' AND batch_id = $1", [two.batchId])).toEqual([]);

    // a line that leaves voids what was signed, and takes the batch into the band of one
    await gone.hear('inspector', 'delivery.aborted', { reason: '停办' });
    expect(await signAs(second, two)).toMatchObject({ ok: false, code: 'batch-content-changed' });
    await setHouse(world, 'payment.approval-bands', { 0: 2 });
    const now = await world.database.transaction(world.by('checker'), (tx) => shown(tx, two));
    expect(await signAs(second, now)).toMatchObject({ state: 'pending_approval', signatures: 1, signaturesNeeded: 2 });
    expect(await signAs(world.by('checker'), now)).toMatchObject({ state: 'approved', signatures: 2, lines: 1 });
    await setHouse(world, 'payment.approval-bands', { 0: 1 });
  });

  it('says so when the same person signs again', async () => {
    await setHouse(world, 'payment.approval-bands', { 0: 2 });
    await due();
    const batch = await submit(world, (await collect(world, await waitingDisbursements(world))).batchId);
    await signAs(world.by('checker'), batch);
    expect(await signAs(world.by('checker'), batch)).toMatchObject({ ok: false, code: 'already-decided' });
    await setHouse(world, 'payment.approval-bands', { 0: 1 });
  });

  it('may still be rejected by who signed first', async () => {
    await setHouse(world, 'payment.approval-bands', { 0: 2 });
    await due();
    const batch = await submit(world, (await collect(world, await waitingDisbursements(world))).batchId);
    expect(await signAs(world.by('checker'), batch)).toMatchObject({ state: 'pending_approval' });
    const rejected = await world.database.transaction(world.by('checker'), (tx) =>
      rejectBatch(tx, world.house, world.by('checker'), { batchId: batch.batchId, reason: '金额有误' }),
    );
    expect(rejected).toMatchObject({ ok: true, state: 'rejected' });
    await setHouse(world, 'payment.approval-bands', { 0: 1 });
  });
});

/** The content as it is now. */
async function shown(tx: Parameters<typeof approveBatch>[0], batch: BatchAnswer): Promise<BatchAnswer> {
  const { rows } = await tx.query<{ fund: string }>('SELECT fund_id AS fund FROM batches WHERE id = $1', [batch.batchId]);
  return { ...batch, contentHash: contentHash({ fundId: rows[0]?.fund ?? '', contentForm: 2 }, await linesOf(tx, batch.batchId)) };
}

describe('a rule of the house', () => {
  it.each<[string, ParameterValue]>([
    ['payment.approval-bands', { 1: 1 }],
    ['payment.approval-bands', { 0: 2, 100: 1 }],
    ['payment.approval-bands', { 0: 6 }],
    ['payment.approval-bands', '1'],
    ['payee.cooling-hours', -1],
    ['payee.cooling-hours', 721],
    ['payee.cooling-hours', 1.5],
    ['payee.nothing', 1],
  ])('is not %s = %j', async (key, value) => {
    const cite = { doc: '内部控制制度', clause: '第一条', basis: 'external' as const };
    const given = { policyId: 'house', key, scope: '*', effectiveFrom: '2020-11-25', value, cite, reason: '测试' };
    expect(await proposeParameter(world.house, request('supervisor'), given)).toMatchObject({ ok: false, code: 'data-invalid' });
  });
});

describe('a changed account', () => {
  it('is not paid before its pause is over; the reason says until when, and the time passes by itself', async () => {
    await setHouse(world, 'payee.cooling-hours', 48);
    const organisationId = world.seed.institutionId;
    const given = { organisationId, holderName: '示例', accountNo: '6222020000000004242', bankNo: '102100099996', bankName: '示例银行' };
    const proposed = await proposePayeeAccount(world.house, request('institution'), given);
    if (!proposed.ok) throw new Error(proposed.code);
    const decision = { organisationId, accountId: proposed.answer.id, decision: 'approved' as const };
    expect(await decidePayeeAccount(world.house, request('approver'), decision)).toMatchObject({ ok: true });
    Object.assign(world.seed, { payeeAccountId: proposed.answer.id });
    await due();
    const disbursementIds = await waitingDisbursements(world);
    const maker = world.by('maker');
    const attempted = await world.database.transaction(maker, async (tx) =>
      createBatch(tx, world.house, maker, { disbursementIds, rail: 'http', legalToday: await world.today() }),
    );
    expect(attempted).toMatchObject({ ok: false, code: 'data-invalid' });
    expect(JSON.stringify(attempted)).toContain('payee-account-cooling');
    await world.goTo('2020-11-28');
    expect(await collect(world, await waitingDisbursements(world))).toMatchObject({ state: 'draft' });
    await setHouse(world, 'payee.cooling-hours', 0);
  });
});

describe('a suspended organisation', () => {
  const set = async (status: 'active' | 'suspended', decider: Role = 'approver') => {
    const organisationId = world.seed.institutionId;
    const proposed = await proposeStatus(world.house, request('officer'), { organisationId, status, reason: '群众举报核查' });
    if (!proposed.ok) return proposed;
    const decision = { organisationId, changeId: proposed.answer.id, decision: 'approved' as const, on: await world.today() };
    return decideStatus(world.house, request(decider), decision);
  };

  it('opens no case and is promised no payment until it is admitted again', async () => {
    const story = await CaseStory.inTraining(world);
    expect(await set('active')).toMatchObject({ ok: false, code: 'already-exists' });
    expect(await set('suspended')).toMatchObject({ ok: true });
    await expect(draftCase(world)).rejects.toThrow('suspended');
    await runAll(world);
    expect(await story.tranche('s1')).toMatchObject({ state: 'due' });
    expect(await world.rows("SELECT state, reason FROM outbox WHERE case_id = $1 AND kind = 'payment.request'", [story.id])).toEqual([
      { state: 'parked', reason: 'organisation-suspended' },
    ]);
    expect(await unparkFunded(world.house)).toBe(0);
    expect(await set('active')).toMatchObject({ ok: true });
    expect(await unparkFunded(world.house)).toBe(1);
    await runAll(world);
    expect(await story.tranche('s1')).toMatchObject({ state: 'requested' });
  });
});
