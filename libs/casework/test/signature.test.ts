import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { approveBatch, type BatchAnswer, type BatchLine, contentHash, createBatch } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { v7 } from 'uuid';
import { CaseStory, collect, runAll, submit, waitingDisbursements } from '../../../test/support/story.js';
import { openWorld, type World } from '../../../test/support/world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

async function submitted(): Promise<BatchAnswer> {
  await (await (await CaseStory.open(world)).approved()).started();
  await runAll(world);
  return submit(world, (await collect(world, await waitingDisbursements(world), 'http')).batchId);
}

/** The code of the refusal by the use-case; `database` when only a control behind it refused. */
const signedBy = (actor: Actor, { batchId, contentHash: hash }: Pick<BatchAnswer, 'batchId' | 'contentHash'>): Promise<string> =>
  world.database
    .transaction(actor, (tx) => approveBatch(tx, world.house, actor, { batchId, contentHash: hash, legalToday: '2020-11-25' }))
    .then(
      (answer) => (answer.ok ? 'signed' : answer.code),
      () => 'database',
    );

describe('the signature of a batch', () => {
  it('is refused to the maker, with words, before the database has to refuse it', async () => {
    const batch = await submitted();
    expect(await signedBy({ ...world.by('checker'), userId: world.by('maker').userId }, batch)).toBe('self-approval');
    expect(await signedBy(world.by('checker'), batch)).toBe('signed');
  });

  it('is refused to whoever acted on a case in it', async () => {
    const batch = await submitted();
    expect(await signedBy({ ...world.by('checker'), userId: world.by('reviewer').userId }, batch)).toBe('duty-conflict');
    expect(await signedBy(world.by('checker'), batch)).toBe('signed');
  });

  it('has no maker who acted on a case in it', async () => {
    await (await (await CaseStory.open(world)).approved()).started();
    await runAll(world);
    const disbursementIds = await waitingDisbursements(world);
    const maker: Actor = { ...world.by('maker'), userId: world.by('officer').userId };
    const made = await world.database.transaction(maker, (tx) =>
      createBatch(tx, world.house, maker, { disbursementIds, rail: 'http', legalToday: '2020-11-25' }),
    );
    expect(made).toMatchObject({ ok: false, code: 'duty-conflict' });
    expect(await waitingDisbursements(world)).toEqual(disbursementIds);
    await collect(world, disbursementIds, 'http');
  });

  it('is refused under the hash of another content', async () => {
    const batch = await submitted();
    const other = `${batch.contentHash.slice(0, -4)}${batch.contentHash.endsWith('0000') ? '1111' : '0000'}`;
    expect(await signedBy(world.by('checker'), { ...batch, contentHash: other })).toBe('batch-content-changed');
    expect(await signedBy(world.by('checker'), batch)).toBe('signed');
  });
});

describe('the hash of a batch', () => {
  const line: BatchLine = {
    transferId: v7(),
    disbursementId: v7(),
    caseId: v7(),
    caseNo: 'C1',
    payment: 's1',
    lineNo: 1,
    state: 'pending_approval',
    endToEndId: 'T1',
    amountFen: '15000000',
    holderName: '培训学校',
    accountNo: '6222020000000000018',
    bankNo: '102100099996',
    remittance: '培训补贴',
    fundShares: null,
  };
  const hash = contentHash('fund', [line]);

  it.each<Partial<BatchLine>>([
    { lineNo: 2 },
    { endToEndId: 'T2' },
    { amountFen: '15000001' },
    { holderName: '培训学院' },
    { accountNo: '6222020000000000026' },
    { bankNo: '102100099997' },
    { remittance: '补贴' },
    { disbursementId: v7() },
    { state: 'cancelled' },
  ])('changes with everything that is signed: %j', (change) => {
    expect(contentHash('fund', [{ ...line, ...change }])).not.toBe(hash);
  });

  it('changes with the fund, and not with how far a line has come', () => {
    expect(contentHash('another', [line])).not.toBe(hash);
    expect(contentHash('fund', [{ ...line, state: 'settled' }])).toBe(hash);
  });
});
