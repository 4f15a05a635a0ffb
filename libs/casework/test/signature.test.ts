import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  approveBatch,
  type BatchAnswer,
  type BatchLine,
  contentHash,
  createBatch,
  leafOf,
  lineProofs,
  linesSigned,
  provesLine,
  totalOf,
} from '@tranche/casework';
import type { Actor } from '@tranche/database';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
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
  const forms = [1, 2] as const;
  const fund = (contentForm: 1 | 2) => ({ fundId: 'fund', contentForm });

  it.each<Partial<BatchLine>>([
    { lineNo: 2 },
    { endToEndId: 'T2' },
    { amountFen: '15000001' },
    { holderName: '培训学院' },
    { accountNo: '6222020000000000026' },
    { bankNo: '102100099997' },
    { remittance: '补贴' },
    { disbursementId: v7() },
    { fundShares: 'a:1' },
    { state: 'cancelled' },
  ])('changes with everything that is signed: %j', (change) => {
    for (const form of forms) expect(contentHash(fund(form), [{ ...line, ...change }])).not.toBe(contentHash(fund(form), [line]));
  });

  it.each(forms)('changes with the fund and the form, and not with how far a line has come (form %i)', (form) => {
    const hash = contentHash(fund(form), [line]);
    expect(contentHash({ ...fund(form), fundId: 'another' }, [line])).not.toBe(hash);
    expect(contentHash(fund(form === 1 ? 2 : 1), [line])).not.toBe(hash);
    expect(contentHash(fund(form), [{ ...line, state: 'settled' }])).toBe(hash);
  });

  it('is that of a line in canonical form (RFC 8785), whatever a name holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'binary' }),
        fc.option(fc.string()),
        (holderName, remittance, fundShares) => {
          const leaf = Buffer.from(leafOf({ ...line, holderName, remittance, fundShares })).toString();
          expect(leaf).toBe(canonicalize(JSON.parse(leaf)));
        },
      ),
    );
  });

  const lines = (count: number): BatchLine[] =>
    Array.from({ length: count }, (_, at) => ({
      ...line,
      transferId: v7(),
      lineNo: at + 1,
      endToEndId: `T${at}`,
      amountFen: `${100 + at}`,
    }));

  it.each([1, 2, 3, 7, 64, 65])(
    'of %i lines is reached from each line alone, and from no other line, place, path, count or sum',
    (count) => {
      const all = lines(count);
      const head = { ...fund(2), contentHash: contentHash(fund(2), all), lineCount: count, totalFen: totalOf(all).toString() };
      const proofs = lineProofs(all, () => true);
      expect(proofs.map((proof) => provesLine(head, proof))).toEqual(all.map(() => true));
      for (const proof of [proofs[0]!, proofs.at(-1)!]) {
        const changed = [
          { ...proof, line: { ...proof.line, amountFen: '99' } },
          { ...proof, index: proof.index + 1 },
          { ...proof, index: -1 },
          { ...proof, index: 0.5 },
          { ...proof, path: [...proof.path, '0'.repeat(64)] },
          ...proof.path.map((_, at) => ({ ...proof, path: proof.path.with(at, '0'.repeat(64)) })),
          ...(proof.path.length > 0 ? [{ ...proof, path: proof.path.slice(1) }] : []),
        ];
        expect(changed.filter((each) => provesLine(head, each))).toEqual([]);
        const heads = [
          { ...head, lineCount: count + 1 },
          { ...head, totalFen: '1' },
          { ...head, fundId: 'x' },
          { ...head, contentForm: 1 as const },
        ];
        expect(heads.filter((each) => provesLine(each, proof))).toEqual([]);
      }
    },
  );

  it.each(forms)('is of the lines that stood when it was signed: some may have left before, some after (form %i)', (form) => {
    const all = lines(5);
    const without = (...gone: number[]) => all.map((each) => (gone.includes(each.lineNo) ? { ...each, state: 'cancelled' } : each));
    const signed = { ...fund(form), contentHash: contentHash(fund(form), without(2)) };
    const found = (now: readonly BatchLine[]) => linesSigned(signed, now)?.map(({ lineNo }) => lineNo) ?? null;
    expect([found(without(2)), found(without(2, 4)), found(all)]).toEqual([[1, 3, 4, 5], [1, 3, 4, 5], null]);
    expect(linesSigned({ ...signed, contentHash: contentHash(fund(form), all) }, without(1, 2, 3))?.length).toBe(5);
  });
});
