import { createHash } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RailKind, RailProfile } from '@tranche/bank';
import {
  approveBatch,
  type BatchAnswer,
  confirmDay,
  createBatch,
  decideRailProfile,
  decideWithdrawal,
  expireLeases,
  failWithdrawn,
  handOverFile,
  inquireTransfers,
  prepareFiles,
  proposeRailProfile,
  proposeWithdrawal,
  recordAnswers,
  sha256Of,
  submitBatch,
  takeFile,
  unparkConfirmed,
  worker,
} from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { v7 } from 'uuid';
import { statementFile, statusFile } from '../../../../test/support/bank-files.js';
import { useBankWorld } from '../../../../test/support/bank-world.js';
import { ledgerFaults } from '../../../../test/support/ledger.js';
import { correctAccount } from '../../../../test/support/payee-account.js';
import {
  CaseStory,
  collect,
  handOver,
  inTransaction,
  runAll,
  signBatch,
  submit,
  waitingDisbursements,
} from '../../../../test/support/story.js';
import { asOwner, classFacts } from '../../../../test/support/world.js';
import { list, profiles } from '../../../bank/test/sample.js';
import { imported } from '../receipts/bank-day.js';

/** The same sentences for every way to the bank, in a real house: two people sign, the rail carries it, nothing is paid twice. */
const { bank, world } = useBankWorld();

/** Two lines of a file at most, 40,000 yuan a line, until half past four. */
const agreed: Record<RailKind, RailProfile> = {
  http: { ...profiles.http, maxItemFen: '4000000', hours: { businessDaysOnly: true, cutOff: '16:30' } },
  file: { ...profiles.file, maxItems: 2, maxItemFen: '4000000' },
  csv: { ...profiles.csv, maxItems: 2, maxItemFen: '4000000', hours: { businessDaysOnly: true, cutOff: '16:30' }, template: list },
};

const request = (role: 'maker' | 'checker' | 'cashier') => {
  const key = v7();
  return { actor: world.by(role), key, requestSha256: sha256Of({ key }) };
};

async function agree(profile: RailProfile): Promise<void> {
  const given = { bankCode: null, effectiveFrom: await world.today(), profile, reason: '与银行的协议' };
  const proposed = await proposeRailProfile(world.house, request('maker'), given);
  if (!proposed.ok) throw new Error(proposed.code);
  const { id } = proposed.answer;
  expect(
    await decideRailProfile(world.house, { ...request('checker'), actor: world.by('checker') }, { id, decision: 'approved' }),
  ).toMatchObject({ ok: true });
}

type Line = { id: string; state: string; reference: string; disbursement: string; payment: string; amountFen: string };
const linesOf = (batchId: string): Promise<Line[]> =>
  world.rows<Line>(
    `SELECT t.id, t.state, t.end_to_end_id AS reference, t.disbursement_id AS disbursement, d.payment, t.amount_fen::text AS "amountFen"
     FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE t.batch_id = $1 ORDER BY t.line_no`,
    [batchId],
  );
const statesOf = async (batchId: string): Promise<string[]> => (await linesOf(batchId)).map(({ state }) => state);

/** So many cases with an advance of 30,000 yuan that waits. */
async function waiting(count: number, people = 20): Promise<CaseStory[]> {
  const stories = [];
  for (let at = 0; at < count; at += 1) stories.push(await CaseStory.inTraining(world, classFacts(people)));
  await runAll(world);
  return stories;
}

/** What waits and may go by these rails. */
const payable = async (): Promise<string[]> =>
  (
    await world.rows<{ id: string }>(
      `SELECT id FROM disbursements WHERE state = 'requested' AND batch_id IS NULL AND amount_fen <= 4000000 ORDER BY id`,
    )
  ).map(({ id }) => id);
const signDue = async (rail: RailKind): Promise<BatchAnswer> => signBatch(world, rail, await payable());

/** Gives a signed batch to the bank by its rail; answers the bytes that left. */
async function carry(rail: RailKind, batchId: string): Promise<string[]> {
  if (rail !== 'http') return (await handOver(world, batchId)).map((bytes) => bytes.toString('latin1'));
  await runAll(world);
  const rows = await world.rows<{ request: Buffer }>(
    'SELECT a.request FROM attempts a JOIN transfers t ON t.id = a.transfer_id WHERE t.batch_id = $1 ORDER BY t.line_no',
    [batchId],
  );
  return rows.map(({ request: bytes }) => bytes.toString('latin1'));
}

/** With the bank, and not yet paid. */
const taken = (rail: RailKind): string => (rail === 'http' ? 'accepted' : 'submitted');
const days: Record<RailKind, string> = { http: '2020-11-26', file: '2020-11-30', csv: '2020-12-02' };

describe.each<RailKind>(['http', 'file', 'csv'])('the rail %s', (rail) => {
  beforeAll(async () => {
    await world.goTo(days[rail]);
    await agree(agreed[rail]);
  });
  beforeEach(async () => {
    await bank.call('DELETE', '/faults');
    await bank.call('POST', '/faults', { kind: 'pending-then-settle', times: null });
  });

  it('carries every line of a signed batch in exactly one piece, and the pieces make up the batch', async () => {
    await waiting(3);
    const { batchId, totalFen } = await signDue(rail);
    const pieces = await carry(rail, batchId);
    const lines = await linesOf(batchId);
    expect(lines.map(({ state }) => state)).toEqual(Array(3).fill(taken(rail)));
    expect(pieces).toHaveLength(rail === 'http' ? 3 : 2);
    for (const { reference } of lines) expect(pieces.filter((bytes) => bytes.includes(reference))).toHaveLength(1);
    expect(lines.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n).toString()).toBe(totalFen);
    expect(await statesOf(batchId)).toEqual(Array(3).fill(taken(rail)));
  });

  it('changes nothing when it is asked to carry the same batch again', async () => {
    await waiting(1);
    const { batchId } = await signDue(rail);
    const first = await carry(rail, batchId);
    await asOwner(world, "UPDATE outbox SET state = 'pending', due_at = now() WHERE subject = $1", [batchId]);
    const again = await carry(rail, batchId);
    expect(rail === 'http' ? again : [...first, ...again]).toEqual(first);
    expect(await statesOf(batchId)).toEqual(Array(1).fill(taken(rail)));
    const booked = (await bank.call('GET', '/book')).body['bookings'] as { endToEndId: string }[];
    const references = (await linesOf(batchId)).map(({ reference }) => reference);
    const known = booked.filter(({ endToEndId }) => references.includes(endToEndId));
    expect(known).toHaveLength(rail === 'http' ? 1 : 0);
  });

  it('leaves out a line whose case is held, and carries the others', async () => {
    const [, held] = await waiting(2);
    const { batchId } = await signDue(rail);
    await held!.hear('supervisor', 'case.held', { reason: '举报核查' });
    const pieces = (await carry(rail, batchId)).join('\n');
    const lines = await linesOf(batchId);
    expect(lines.map(({ state }) => state).sort()).toEqual([taken(rail), 'cancelled'].sort());
    for (const { reference, state } of lines) expect(pieces.includes(reference)).toBe(state !== 'cancelled');
    await held!.hear('supervisor', 'case.released', { reason: '查无问题' });
    await runAll(world);
    await carry(rail, (await signDue(rail)).batchId);
  });

  it('refuses a line above its limit when the batch is made, naming the case, and nothing else is touched', async () => {
    const [large] = await waiting(1, 100);
    const [{ caseNo } = { caseNo: '' }] = await world.rows<{ caseNo: string }>('SELECT case_no AS "caseNo" FROM cases WHERE id = $1', [
      large!.id,
    ]);
    const maker = world.by('maker');
    const ids = await waitingDisbursements(world);
    const legalToday = await world.today();
    const made = await inTransaction(world, maker, (tx) => createBatch(tx, world.house, maker, { disbursementIds: ids, rail, legalToday }));
    expect(made).toMatchObject({
      ok: false,
      code: 'data-invalid',
      errors: expect.arrayContaining([
        expect.objectContaining({ code: 'over-limit', field: expect.stringContaining(`${caseNo} s1 amountFen`) }),
      ]),
    });
    expect(await waitingDisbursements(world)).toEqual(ids);
  });

  it('pays an account the bank refused only after two people corrected it, by a new transfer', async () => {
    const [story] = await waiting(1);
    const { batchId } = await signDue(rail);
    await carry(rail, batchId);
    const [line] = await linesOf(batchId);
    const answer = { kind: 'rejected' as const, code: 'AC04', text: '' };
    await recordAnswers(world.house, world.house.bank, [{ transferId: line!.id, exchange: { answer, response: null } }]);
    expect(await statesOf(batchId)).toEqual(['failed']);
    await runAll(world);
    const task = () =>
      world.rows<{ state: string; role: string }>("SELECT state, role FROM tasks WHERE case_id = $1 AND kind = 'account-correction'", [
        story!.id,
      ]);
    expect(await task()).toEqual([{ state: 'open', role: 'officer' }]);
    const ids = await payable();
    const [maker, legalToday] = [world.by('maker'), await world.today()];
    const make = () => inTransaction(world, maker, (tx) => createBatch(tx, world.house, maker, { disbursementIds: ids, rail, legalToday }));
    expect(await make()).toMatchObject({ ok: false, errors: [{ code: 'payee-account-refused' }] });
    await correctAccount(world);
    expect(await task()).toEqual([{ state: 'done', role: 'officer' }]);
    const next = await signBatch(world, rail, ids);
    await carry(rail, next.batchId);
    const [again] = await linesOf(next.batchId);
    expect(again!.reference).not.toBe(line!.reference);
    expect(again!.state).toBe(taken(rail));
  });

  it('drops a signed line when its account is refused before it is carried', async () => {
    await waiting(2);
    const [first, second] = await payable();
    const earlier = await signBatch(world, rail, [first!]);
    const later = await signBatch(world, rail, [second!]);
    await asOwner(world, "UPDATE outbox SET due_at = now() + interval '1 h' WHERE subject = $1", [later.batchId]);
    await carry(rail, earlier.batchId);
    const [line] = await linesOf(earlier.batchId);
    const answer = { kind: 'rejected' as const, code: 'BE01', text: '' };
    await recordAnswers(world.house, world.house.bank, [{ transferId: line!.id, exchange: { answer, response: null } }]);
    await asOwner(world, 'UPDATE outbox SET due_at = now() WHERE subject = $1', [later.batchId]);
    if (rail === 'http') await runAll(world);
    else
      expect(await prepareFiles(world.house, world.by('cashier'), { batchId: later.batchId })).toMatchObject({
        ok: false,
        code: 'batch-state',
      });
    expect(await statesOf(later.batchId)).toEqual(['cancelled']);
    await correctAccount(world);
    await runAll(world);
    await carry(rail, (await signDue(rail)).batchId);
  });

  it('shows the new day after the cut-off and asks again; it never slips silently', async () => {
    await waiting(2);
    const [one, two] = await payable();
    const shown = await submit(world, (await collect(world, [one!], rail)).batchId);
    const signedInTime = await signBatch(world, rail, [two!]);
    expect([shown.executionOn, signedInTime.executionOn]).toEqual([days[rail], days[rail]]);
    await world.moveTo(`${days[rail]}T16:30:00+08:00`);
    const next = { http: '2020-11-27', file: '2020-12-01', csv: '2020-12-03' }[rail];

    // not signed yet: the signer is asked
    expect(await sign(shown)).toMatchObject({ ok: false, code: 'execution-day-moved', errors: [{ field: 'executionOn' }] });
    expect(await sign(shown, days[rail])).toMatchObject({ ok: false, code: 'execution-day-moved' });
    expect(await sign(shown, next)).toMatchObject({ ok: true, executionOn: next });
    expect((await carry(rail, shown.batchId)).join('\n')).toMatch(rail === 'csv' ? /./ : next);
    expect(await statesOf(shown.batchId)).toEqual([taken(rail)]);

    // signed in time and not sent in time: it waits for a person
    const cashier = world.by('cashier');
    const { batchId } = signedInTime;
    if (rail === 'http') {
      expect(await statesOf(batchId)).toEqual(['approved']);
      expect(await world.rows("SELECT reason FROM outbox WHERE subject = $1 AND state = 'parked'", [batchId])).toEqual([
        { reason: 'execution-day-moved' },
      ]);
      expect(await world.rows(`SELECT role FROM tasks WHERE kind = $1`, [`bank-news:execution-day:${batchId}:${next}`])).toEqual([
        { role: 'cashier' },
      ]);
    } else expect(await prepareFiles(world.house, cashier, { batchId })).toMatchObject({ ok: false, code: 'execution-day-moved' });
    const confirm = (executionOn: string) =>
      inTransaction(world, cashier, (tx) => confirmDay(tx, world.house, cashier, { batchId, executionOn }));
    expect(await confirm(days[rail])).toMatchObject({ ok: false, code: 'execution-day-moved' });
    expect(await statesOf(batchId)).toEqual(['approved']);
    expect(await confirm(next)).toMatchObject({ ok: true, executionOn: next });
    await unparkConfirmed(world.house, worker);
    await carry(rail, batchId);
    expect(await statesOf(batchId)).toEqual([taken(rail)]);
  });
});

/** The checker signs, saying which day was shown. */
async function sign({ batchId, contentHash }: BatchAnswer, executionOn?: string) {
  const checker = world.by('checker');
  const asked = { batchId, contentHash, legalToday: await world.today(), ...(executionOn === undefined ? {} : { executionOn }) };
  return inTransaction(world, checker, (tx) => approveBatch(tx, world.house, checker, asked));
}

describe('a bank file', () => {
  it('is handed over once, by its hash, after somebody took it; the database holds to it too', async () => {
    await world.goTo('2020-12-07');
    await waiting(1);
    const { batchId } = await signDue('file');
    const cashier = world.by('cashier');
    const prepared = await prepareFiles(world.house, cashier, { batchId });
    if (!prepared.ok) throw new Error(prepared.code);
    const [file] = prepared.files;
    const give = (sha256: string) =>
      inTransaction(world, cashier, (tx) => handOverFile(tx, world.house, cashier, { batchId, part: 1, sha256 }));
    expect(await give(file!.sha256)).toMatchObject({ ok: false, code: 'batch-state' });
    const submitted = "UPDATE transfers SET state = 'submitted', updated_at = now() WHERE batch_id = $1";
    await expect(inTransaction(world, worker, (tx) => tx.query(submitted, [batchId]))).rejects.toMatchObject({
      constraint: 'transfers_handed_over',
    });
    const [bytes] = await handOver(world, batchId);
    expect(createHash('sha256').update(bytes!).digest('hex')).toBe(file!.sha256);
    expect(await give(file!.sha256)).toMatchObject({ ok: false, code: 'batch-state' });
    expect(await give('0'.repeat(64))).toMatchObject({ ok: false });
    const log = await world.rows('SELECT kind, person_id AS person FROM bank_file_deliveries WHERE bank_file_id = $1 ORDER BY id', [
      file!.id,
    ]);
    expect(log).toEqual([
      { kind: 'downloaded', person: cashier.userId },
      { kind: 'handed-over', person: cashier.userId },
    ]);
  });

  describe('that no bank ever had', () => {
    const by = request;
    const written = async (count = 1) => {
      await waiting(count);
      const { batchId } = await signDue('file');
      const prepared = await prepareFiles(world.house, world.by('cashier'), { batchId });
      if (!prepared.ok) throw new Error(prepared.code);
      return { batchId, file: prepared.files[0]! };
    };
    const propose = (batchId: string, part = 1) =>
      proposeWithdrawal(world.house, by('cashier'), { batchId, part, evidence: '银行前置机登记簿无此文件' });
    const proposed = async (batchId: string): Promise<string> => {
      const said = await propose(batchId);
      if (!said.ok) throw new Error(said.code);
      return said.answer.id;
    };
    const take = async (batchId: string, sha256: string) => {
      await takeFile(world.house, world.by('cashier'), { batchId, part: 1 });
      return inTransaction(world, world.by('cashier'), (tx) =>
        handOverFile(tx, world.house, world.by('cashier'), { batchId, part: 1, sha256 }),
      );
    };

    it('is withdrawn by two people; its lines are due again and go out under new references', async () => {
      const { batchId, file } = await written(2);
      const old = await linesOf(batchId);
      const withdrawalId = await proposed(batchId);
      expect(await propose(batchId)).toMatchObject({ ok: false, code: 'already-exists' });
      // nobody hands it over meanwhile, in code or in the database
      expect(await take(batchId, file.sha256)).toMatchObject({ ok: false, code: 'batch-state' });
      const insert = `INSERT INTO bank_file_deliveries (id, bank_file_id, person_id, kind, sha256) SELECT gen_random_uuid(), id, $2, 'handed-over', sha256 FROM bank_files WHERE id = $1`;
      const cashier = world.by('cashier');
      await expect(inTransaction(world, cashier, (tx) => tx.query(insert, [file.id, cashier.userId]))).rejects.toMatchObject({
        constraint: 'bank_file_deliveries_withdrawn',
      });
      expect(await decideWithdrawal(world.house, by('cashier'), { withdrawalId, decision: 'confirm' })).toMatchObject({
        ok: false,
        code: 'four-eyes-required',
      });
      expect(await statesOf(batchId)).toEqual(old.map(() => 'submitting'));
      expect(await decideWithdrawal(world.house, by('checker'), { withdrawalId, decision: 'confirm' })).toMatchObject({ ok: true });
      expect(await statesOf(batchId)).toEqual(old.map(() => 'failed'));
      expect(await failWithdrawn(world.house)).toBe(0);
      expect(await world.rows('SELECT state FROM batches WHERE id = $1', [batchId])).toEqual([{ state: 'done' }]);
      await runAll(world);
      const again = await signDue('file');
      const lines = await linesOf(again.batchId);
      expect(lines.map(({ amountFen }) => amountFen)).toEqual(old.map(({ amountFen }) => amountFen));
      expect(lines.some(({ id, reference }) => old.some((each) => each.id === id || each.reference === reference))).toBe(false);
      expect(await handOver(world, again.batchId)).toHaveLength(1);
    });

    it('is handed over all the same when the second person does not agree', async () => {
      const { batchId, file } = await written();
      const withdrawalId = await proposed(batchId);
      expect(await decideWithdrawal(world.house, by('checker'), { withdrawalId, decision: 'reject' })).toMatchObject({ ok: true });
      expect(await take(batchId, file.sha256)).toMatchObject({ ok: true });
      expect(await statesOf(batchId)).toEqual(['submitted']);
    });

    it('is not withdrawn once the bank has it, or a line of a statement names one of its lines, not even after the proposal', async () => {
      const given = await written();
      await take(given.batchId, given.file.sha256);
      const refused = { ok: false, code: 'data-invalid' };
      expect(await propose(given.batchId)).toMatchObject(refused);
      type Shown = { readonly fen: bigint; readonly reference: string };
      const witnesses = [
        (line: Shown, account: string, on: string) => statementFile([{ ...line, bankRef: 'W1' }], { account, id: 'WITHDRAWN-OR-NOT', on }),
        (line: Shown) => statusFile([{ ...line, status: 'RCVD' }]),
      ];
      for (const witness of witnesses) {
        const { batchId } = await written();
        const withdrawalId = await proposed(batchId);
        const [line] = await linesOf(batchId);
        const [account] = await world.rows<{ no: string }>(
          'SELECT f.debtor_account_no AS no FROM batches b JOIN funds f ON f.id = b.fund_id WHERE b.id = $1',
          [batchId],
        );
        // a sum that is not ours moves nothing, and shows all the same that the bank has the file
        const shown = { fen: BigInt(line!.amountFen) + 1n, reference: line!.reference };
        await imported(world, witness(shown, account!.no, await world.today()));
        expect(await decideWithdrawal(world.house, by('checker'), { withdrawalId, decision: 'confirm' })).toMatchObject(refused);
        expect(await statesOf(batchId)).toEqual(['submitting']);
      }
    });

    it('is with the bank as soon as the bank says so, whoever recorded its delivery', async () => {
      const { batchId } = await written();
      const [line] = await linesOf(batchId);
      const told = statusFile([{ reference: line!.reference, status: 'RCVD', fen: BigInt(line!.amountFen) }]);
      await expect(imported(world, told)).resolves.toMatchObject({ file: { state: 'imported' } });
      expect(await statesOf(batchId)).toEqual(['submitted']);
    });
  });

  it('never carries a line a second time: its transfer stands in one file', async () => {
    await waiting(1);
    await handOver(world, (await signDue('file')).batchId);
    const [row] = await world.rows<{ file: string; transfer: string }>(
      'SELECT bank_file_id AS file, transfer_id AS transfer FROM bank_file_lines LIMIT 1',
    );
    const again = inTransaction(world, systemActor('test'), (tx) =>
      tx.query('INSERT INTO bank_file_lines (bank_file_id, line_no, transfer_id) VALUES ($1, 99, $2)', [row!.file, row!.transfer]),
    );
    await expect(again).rejects.toMatchObject({ code: '23505' });
  });

  it('left without an answer for three days is unknown, and nobody asks an online bank about it', async () => {
    await waiting(1);
    await handOver(world, (await signDue('file')).batchId);
    const [before] = await world.rows<{ n: number }>(
      "SELECT count(*)::int AS n FROM transfers t JOIN batches b ON b.id = t.batch_id WHERE b.rail <> 'http' AND t.state = 'submitted'",
    );
    expect(before!.n).toBeGreaterThan(0);
    await asOwner(world, "UPDATE transfers SET lease_until = now() - interval '1 s' WHERE state = 'submitted'");
    expect(await expireLeases(world.house)).toBe(before!.n);
    await asOwner(world, "UPDATE transfers SET next_inquiry_at = now() WHERE state = 'unknown'");
    await inquireTransfers(world.house, world.house.bank!);
    const asked = await world.rows(
      "SELECT max(inquiries)::int AS most FROM transfers t JOIN batches b ON b.id = t.batch_id WHERE b.rail <> 'http'",
    );
    expect(asked).toEqual([{ most: 0 }]);
  });
});

describe('a submission', () => {
  it('in a year without calendar is refused where the bank keeps business days', async () => {
    await world.goTo('2027-01-05').catch(() => undefined);
    expect(await world.today()).toBe('2027-01-05');
    const maker = world.by('maker');
    const ids = await payable();
    if (ids.length === 0) return;
    const draft = await collect(world, ids.slice(0, 1), 'file');
    expect(await inTransaction(world, maker, (tx) => submitBatch(tx, world.house, maker, draft.batchId))).toMatchObject({
      ok: false,
      code: 'calendar-not-published',
    });
  });
});

describe('after all of it', () => {
  it('the books balance', async () => {
    expect(await ledgerFaults(world)).toEqual([]);
  });
});
