import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  alarmAgeing,
  decideFile,
  decideLine,
  decideRelease,
  proposeLine,
  proposeRelease,
  resumeImports,
  sha256Of,
} from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { v7 } from 'uuid';
import { noticeFile, returnFile, statementFile, statusFile, yuan } from '../../../../test/support/bank-files.js';
import { caseLedger, ledgerFaults, trialBalance } from '../../../../test/support/ledger.js';
import { asOwner, openWorld, type World } from '../../../../test/support/world.js';
import { handedOver, imported, matchesOf, stateOf, workOf } from './bank-day.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

let serial = 0;
/** A statement of its own each time: ids are never shared between tests. */
const statement = (account: string) => {
  serial += 1;
  return { account, id: `S${serial}`, on: '2020-11-25' };
};
const asks = (role: 'cashier' | 'maker' | 'checker') => ({ actor: world.by(role), key: v7(), requestSha256: sha256Of({ key: v7() }) });
const suspenseFen = async () => -((await trialBalance(world))['2102'] ?? 0n);

describe('a statement', () => {
  it('settles what it debits through the one door, and reconciles it by the match', async () => {
    const { sent, batchId } = await handedOver(world, [10, 20]);
    const [first, second] = sent;
    const { file } = await imported(
      world,
      statementFile(
        [
          { fen: first!.fen, reference: first!.reference, bankRef: 'BR1' },
          { fen: second!.fen, reference: second!.reference },
        ],
        statement(first!.account),
      ),
    );
    expect(file).toMatchObject({
      state: 'imported',
      format: 'camt.053.001.08',
      report: { statements: 1, lines: 2, known: 0, matched: 2, suspense: 0, open: 0 },
    });
    for (const each of sent) {
      expect(await stateOf(world, each)).toBe('settled');
      expect(await matchesOf(world, each)).toEqual([{ kind: 'settled', rule: 'end-to-end-id' }]);
      expect(await each.story.tranche('s1')).toMatchObject({ state: 'paid', paidOn: '2020-11-25' });
    }
    expect(await caseLedger(world, first!.story.id)).toEqual({
      '1001': `-${first!.fen}`,
      '1201': `${first!.fen}`,
      B2: `-${first!.fen}`,
      B5: `${first!.fen}`,
    });
    expect(await world.rows('SELECT state FROM batches WHERE id = $1', [batchId])).toEqual([{ state: 'done' }]);
  });

  it.each(['the payment first', 'the return first'])(
    'brings back on the same day what it debits, whichever the bank writes first: %s',
    async (order) => {
      const { sent } = await handedOver(world, [18]);
      const [one] = sent;
      const booked = { fen: one!.fen, reference: one!.reference, bankRef: `SAME-DAY ${order}` };
      const entries = [booked, { ...booked, bankRef: `${booked.bankRef} R`, direction: 'credit' as const, returned: 'MD06' }];
      const written = order === 'the payment first' ? entries : entries.toReversed();
      const { file } = await imported(world, statementFile(written, statement(one!.account)));
      expect(file).toMatchObject({ state: 'imported', report: { lines: 2, matched: 2, open: 0 } });
      expect(await stateOf(world, one!)).toBe('returned');
      expect((await matchesOf(world, one!)).map(({ kind }) => kind).toSorted()).toEqual(['returned', 'settled']);
      expect(await workOf(world, file.id)).toEqual([]);
      expect(await one!.story.tranche('s1')).toMatchObject({ state: 'due' });
      expect(await caseLedger(world, one!.story.id)).toEqual({});
    },
  );

  it('changes nothing when it comes again, in the same bytes, in others, or overlapping', async () => {
    const { sent } = await handedOver(world, [11]);
    const [one] = sent;
    const head = statement(one!.account);
    const entries = [
      { fen: one!.fen, reference: one!.reference, bankRef: 'BR-A' },
      { fen: 70_000n, direction: 'credit' as const, bankRef: 'BR-B' },
    ];
    const xml = statementFile(entries, head);
    const first = await imported(world, xml);
    const before = {
      suspense: await suspenseFen(),
      events: await world.rows('SELECT count(*) FROM case_events'),
      lines: await world.rows('SELECT count(*) FROM statement_lines'),
    };
    const same = await imported(world, xml, 'again.xml');
    expect([same.fresh, same.file.id]).toEqual([false, first.file.id]);
    const reformatted = await imported(world, xml.replace('\n<Document', '\n\n<Document'));
    expect(reformatted.file.report).toMatchObject({ lines: 0, known: 2, matched: 0, suspense: 0, open: 0 });
    const overlapping = await imported(
      world,
      statementFile([...entries, { fen: 1n, direction: 'credit', bankRef: 'BR-C' }], { ...head, id: `${head.id}-EXTRA` }),
    );
    expect(overlapping.file.report).toMatchObject({ lines: 1, known: 2, matched: 0, suspense: 1 });
    expect(await suspenseFen()).toBe(before.suspense + 1n);
    expect(await world.rows('SELECT count(*) FROM case_events')).toEqual(before.events);
  });

  it('leaves to people what is not the booking it seems to be, and says why', async () => {
    const { sent } = await handedOver(world, [12, 13, 14]);
    const [off, twice, foreign] = sent;
    const { file } = await imported(
      world,
      statementFile(
        [
          { fen: off!.fen + 1n, reference: off!.reference },
          { fen: twice!.fen, reference: twice!.reference, bankRef: 'D1' },
          { fen: twice!.fen, reference: twice!.reference, bankRef: 'D2' },
          { fen: 5n, reference: 'TNOBODY' },
          { fen: 6n },
          { fen: foreign!.fen, direction: 'credit', reference: foreign!.reference },
        ],
        statement(off!.account),
      ),
    );
    expect(await workOf(world, file.id)).toEqual([
      'amount-differs',
      'matched-already',
      'transfer-unknown',
      'debit-unidentified',
      'credit-names-transfer',
    ]);
    expect([await stateOf(world, off!), await stateOf(world, twice!), await stateOf(world, foreign!)]).toEqual([
      'submitted',
      'settled',
      'submitted',
    ]);
    const elsewhere = await imported(world, statementFile([{ fen: off!.fen, reference: off!.reference }], statement('999')));
    expect(await workOf(world, elsewhere.file.id)).toEqual(['account-unknown']);
    expect(await stateOf(world, off!)).toBe('submitted');
  });

  it('finds a transfer by the reference the bank gave it, where our own is missing', async () => {
    const { sent } = await handedOver(world, [15]);
    const [one] = sent;
    await imported(
      world,
      statusFile([{ reference: one!.reference, status: 'ACSP' }]).replace(
        '</TxInfAndSts>',
        '<AcctSvcrRef>BANK-77</AcctSvcrRef></TxInfAndSts>',
      ),
    );
    expect(await stateOf(world, one!)).toBe('accepted');
    await imported(world, statementFile([{ fen: one!.fen, bankRef: 'BANK-77' }], statement(one!.account)));
    expect(await matchesOf(world, one!)).toEqual([{ kind: 'settled', rule: 'bank-reference' }]);
  });

  it('brings a payment back that it credits with a reason: due again, and the money as before', async () => {
    const { sent } = await handedOver(world, [16]);
    const [one] = sent;
    const head = statement(one!.account);
    await imported(world, statementFile([{ fen: one!.fen, reference: one!.reference }], head));
    await imported(
      world,
      statementFile([{ fen: one!.fen, direction: 'credit', reference: one!.reference, returned: 'AC04' }], {
        ...statement(one!.account),
        openingFen: 100_000_000n - one!.fen,
      }),
    );
    expect(await stateOf(world, one!)).toBe('returned');
    expect((await matchesOf(world, one!)).map(({ kind }) => kind).sort()).toEqual(['returned', 'settled']);
    expect(await one!.story.tranche('s1')).toMatchObject({ state: 'due', reason: expect.stringContaining('AC04') });
    expect(await caseLedger(world, one!.story.id)).toEqual({});
  });

  it('says when pages are missing, a day begins otherwise than the day before ended, or it came with other sums', async () => {
    const account = 'A-PAGES';
    const page = (no: number, last: boolean, openingFen: bigint) => ({
      account,
      id: 'P1',
      on: '2020-11-24',
      page: { no, last },
      openingFen,
    });
    const entry = { fen: 100n, direction: 'credit' as const };
    const last = await imported(world, statementFile([entry], page(2, true, 1_100n)));
    expect(await workOf(world, last.file.id)).toContain('page-missing');
    const closed = () => world.rows("SELECT closed_statement('A-PAGES', 'P1') AS closed");
    expect(await closed()).toEqual([{ closed: false }]);
    await imported(world, statementFile([entry], page(1, false, 1_000n)));
    expect(await closed()).toEqual([{ closed: true }]);
    const next = await imported(world, statementFile([], { account, id: 'P2', on: '2020-11-25', openingFen: 1_201n }));
    expect(await workOf(world, next.file.id)).toEqual(['opening-differs']);
    const other = await imported(world, statementFile([entry], { account, id: 'P2', on: '2020-11-25', openingFen: 1_201n }));
    expect(await workOf(world, other.file.id)).toEqual(['statement-differs', 'account-unknown']);
  });
});

describe('a status', () => {
  it('moves a transfer forward only: late news is nothing, what contradicts goes to a person', async () => {
    const { sent } = await handedOver(world, [17, 18]);
    const [one, two] = sent;
    await imported(
      world,
      statusFile([
        { reference: one!.reference, status: 'ACSP' },
        { reference: one!.reference, status: 'ACSC', fen: one!.fen },
        { reference: two!.reference, status: 'RJCT', reason: 'AC01' },
      ]),
    );
    expect([await stateOf(world, one!), await stateOf(world, two!)]).toEqual(['settled', 'failed']);
    expect(await matchesOf(world, one!)).toEqual([]);
    const late = await imported(
      world,
      statusFile([
        { reference: one!.reference, status: 'RCVD' },
        { reference: one!.reference, status: 'RJCT', reason: 'AC01' },
      ]),
    );
    expect(await stateOf(world, one!)).toBe('settled');
    expect(await workOf(world, late.file.id)).toEqual(['contradiction']);
    const wrong = await imported(
      world,
      statusFile([
        { reference: one!.reference, status: 'ACSC', fen: one!.fen + 1n },
        { reference: 'TNOBODY', status: 'ACSC' },
      ]),
    );
    expect(await workOf(world, wrong.file.id)).toEqual(['amount-differs', 'transfer-unknown']);
  });

  it('of the whole file is for every transfer that it does not name', async () => {
    const { sent, batchId } = await handedOver(world, [19, 20]);
    const [batch] = await world.rows<{ no: string }>(
      "SELECT regexp_replace(batch_no, '[^A-Z0-9]', '', 'g') AS no FROM batches WHERE id = $1",
      [batchId],
    );
    await imported(
      world,
      statusFile([{ reference: sent[0]!.reference, status: 'RJCT', reason: 'AC04' }], { group: 'ACSC', messageId: `M${batch?.no}` }),
    );
    expect(await Promise.all(sent.map((each) => stateOf(world, each)))).toEqual(['failed', 'settled']);
  });

  it('comes by notification and by return file too', async () => {
    const { sent } = await handedOver(world, [21, 22, 23]);
    const [noted, listed, refused] = sent;
    await imported(world, noticeFile([{ fen: noted!.fen, reference: noted!.reference }]));
    await imported(
      world,
      returnFile([
        [listed!.reference, yuan(listed!.fen), '成功', '', '20201125'],
        [refused!.reference, yuan(refused!.fen), '失败', '户名不符', '20201125'],
      ]),
      'return.csv',
    );
    expect(await Promise.all(sent.map((each) => stateOf(world, each)))).toEqual(['settled', 'settled', 'failed']);
    expect(await matchesOf(world, noted!)).toEqual([]);
  });
});

describe('a credit nobody can explain', () => {
  it('is held as unidentified, until two persons say what it is', async () => {
    const { sent } = await handedOver(world, [24]);
    const [one] = sent;
    await imported(world, statementFile([{ fen: one!.fen, reference: one!.reference }], statement(one!.account)));
    const before = await suspenseFen();
    const { file } = await imported(
      world,
      statementFile([{ fen: one!.fen, direction: 'credit', name: '大连示例职业培训学校' }], statement(one!.account)),
    );
    expect(file.report).toMatchObject({ suspense: 1, suspenseFen: `${one!.fen}` });
    expect(await suspenseFen()).toBe(before + one!.fen);
    const [line] = await world.rows<{ id: string }>('SELECT id FROM statement_lines WHERE file_id = $1', [file.id]);
    const said = { lineId: line!.id, kind: 'returned' as const, transferId: one!.transferId, note: '电话核实为退款' };
    expect(await proposeLine(world.house, asks('cashier'), { ...said, kind: 'settled' })).toMatchObject({
      ok: false,
      code: 'data-invalid',
    });
    const proposed = await proposeLine(world.house, asks('maker'), said);
    const proposalId = proposed.ok ? proposed.answer.id : '';
    expect(await proposeLine(world.house, asks('cashier'), said)).toMatchObject({ ok: false, code: 'already-exists' });
    expect(await decideLine(world.house, asks('maker'), { proposalId, decision: 'confirm' })).toMatchObject({
      ok: false,
      code: 'four-eyes-required',
    });
    expect(await stateOf(world, one!)).toBe('settled');
    expect(await decideLine(world.house, asks('checker'), { proposalId, decision: 'confirm' })).toMatchObject({
      ok: true,
      answer: { state: 'confirmed' },
    });
    expect(await stateOf(world, one!)).toBe('returned');
    expect(await suspenseFen()).toBe(before);
    expect(await world.rows('SELECT state FROM receipt_worklist WHERE line_id = $1', [line!.id])).toEqual([{ state: 'done' }]);
  });
});

describe('an unknown transfer', () => {
  it('is released by two persons, once the closed statement of its day does not show it, and then due again', async () => {
    await world.goTo('2020-11-26');
    const { sent } = await handedOver(world, [25]);
    const [one] = sent;
    const given = { transferId: one!.transferId, note: '对账单未见' };
    expect(await proposeRelease(world.house, asks('cashier'), given)).toMatchObject({
      ok: false,
      code: 'data-invalid',
      field: 'transferId',
    });
    await world.database.transaction(systemActor('test'), (tx) =>
      tx.query("UPDATE transfers SET state = 'unknown', updated_at = now() WHERE id = $1", [one!.transferId]),
    );
    // its day is not closed yet
    expect(await proposeRelease(world.house, asks('cashier'), given)).toMatchObject({ ok: false, code: 'data-invalid' });
    await imported(world, statementFile([], { ...statement(one!.account), on: '2020-11-26' }));
    const proposed = await proposeRelease(world.house, asks('cashier'), given);
    const releaseId = proposed.ok ? proposed.answer.id : '';
    expect(await decideRelease(world.house, asks('cashier'), { releaseId, decision: 'confirm' })).toMatchObject({
      ok: false,
      code: 'four-eyes-required',
    });
    expect(await decideRelease(world.house, asks('checker'), { releaseId, decision: 'confirm' })).toMatchObject({ ok: true });
    expect(await stateOf(world, one!)).toBe('failed');
    expect(await one!.story.tranche('s1')).toMatchObject({ state: 'due' });
  });

  it('that the statement does show cannot be released: it settles', async () => {
    const { sent } = await handedOver(world, [27]);
    const [one] = sent;
    await world.database.transaction(systemActor('test'), (tx) =>
      tx.query("UPDATE transfers SET state = 'unknown', updated_at = now() WHERE id = $1", [one!.transferId]),
    );
    await imported(world, statementFile([{ fen: one!.fen, reference: one!.reference }], { ...statement(one!.account), on: '2020-11-26' }));
    expect(await stateOf(world, one!)).toBe('settled');
    expect(await proposeRelease(world.house, asks('cashier'), { transferId: one!.transferId, note: '?' })).toMatchObject({ ok: false });
  });
});

describe('a file that breaks its schema', () => {
  it('is set aside, read by the decision of another person, and its lines are taken then', async () => {
    const { sent } = await handedOver(world, [26]);
    const [one] = sent;
    const broken = statementFile([{ fen: one!.fen, reference: one!.reference }], statement(one!.account)).replace(
      '<Ntry>',
      `${'<Ntry><NtryRef>tooLong'.padEnd(80, 'x')}</NtryRef>`,
    );
    const { file } = await imported(world, broken);
    expect(file).toMatchObject({ state: 'quarantined', reason: { code: 'schema-broken', faults: [{ line: expect.any(Number) }] } });
    expect(await stateOf(world, one!)).toBe('submitted');
    const given = { fileId: file.id, decision: 'parse-anyway' as const, note: '银行确认字段超长' };
    expect(await decideFile(world.house, asks('cashier'), given)).toMatchObject({ ok: false, code: 'four-eyes-required' });
    expect(await decideFile(world.house, asks('checker'), given)).toMatchObject({ ok: true });
    expect(await stateOf(world, one!)).toBe('settled');
    expect(await decideFile(world.house, asks('checker'), { ...given, decision: 'reject' })).toMatchObject({
      ok: false,
      code: 'already-decided',
    });
  });

  it('with a DOCTYPE can only be refused', async () => {
    const { file } = await imported(world, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>');
    expect(file).toMatchObject({ state: 'quarantined', format: null, reason: { code: 'doctype-refused' } });
    expect(await decideFile(world.house, asks('checker'), { fileId: file.id, decision: 'parse-anyway', note: '?' })).toMatchObject({
      ok: false,
      code: 'data-invalid',
    });
    expect(await decideFile(world.house, asks('checker'), { fileId: file.id, decision: 'reject', note: '可疑文件' })).toMatchObject({
      ok: true,
    });
  });
});

describe('an import that was cut off', () => {
  it('is taken up by the worker where its rows say, and comes to the same', async () => {
    const { sent } = await handedOver(world, [28, 29]);
    const [one, two] = sent;
    const head = { ...statement(one!.account), on: '2020-11-26' };
    const first = { fen: one!.fen, reference: one!.reference, bankRef: `${head.id}-1` };
    const second = { fen: two!.fen, reference: two!.reference, bankRef: `${head.id}-2` };
    await imported(world, statementFile([first], head));
    // as if the process had died at the very end: everything is done again
    const whole = await imported(
      world,
      statementFile([first, second, { fen: 3n, direction: 'credit' }], { ...head, id: `${head.id}X` }).replace(
        '</Document>',
        '</Document> ',
      ),
    );
    await asOwner(world, 'UPDATE received_files SET report = NULL WHERE id = $1', [whole.file.id]);
    await asOwner(world, 'ALTER TABLE received_files DISABLE TRIGGER received_files_guard');
    await asOwner(world, "UPDATE received_files SET state = 'importing', lease_until = now() - interval '1 second' WHERE id = $1", [
      whole.file.id,
    ]);
    await asOwner(world, 'ALTER TABLE received_files ENABLE TRIGGER received_files_guard');
    const before = await trialBalance(world);
    expect(await resumeImports(world.house)).toBe(1);
    expect(await resumeImports(world.house)).toBe(0);
    expect(await world.rows('SELECT state, report FROM received_files WHERE id = $1', [whole.file.id])).toEqual([
      { state: 'imported', report: whole.file.report },
    ]);
    expect(await trialBalance(world)).toEqual(before);
  });
});

describe('a settlement that no statement shows', () => {
  it('is an alarm after two working days, once for its account and day', async () => {
    const { sent } = await handedOver(world, [30]);
    await imported(world, statusFile([{ reference: sent[0]!.reference, status: 'ACSC' }]));
    const alarms = () => world.rows<{ label: { en: string } }>("SELECT label FROM tasks WHERE kind LIKE 'bank-news:ageing:%:2020-11-26'");
    await alarmAgeing(world.house);
    expect(await alarms()).toEqual([]);
    // Thursday the 26th: Friday and Monday are working days, and on Tuesday both are over
    await world.goTo('2020-12-01');
    await alarmAgeing(world.house);
    await alarmAgeing(world.house);
    const told = await alarms();
    expect(told.map(({ label }) => label.en)).toEqual([expect.stringMatching(/^Account ending in \d{4}: \d+ settlements of 2020-11-26/)]);
  });
});

describe('after all of it', () => {
  it('every event, posting and balance can be computed again, unidentified receipts too', async () => {
    expect(await ledgerFaults(world)).toEqual([]);
    await asOwner(
      world,
      "INSERT INTO suspense_items SELECT l.id, f.id, 1, l.booked_on, 'nothing', now() FROM statement_lines l, funds f WHERE l.direction = 'debit' ORDER BY l.id, f.id LIMIT 1",
    );
    expect(await ledgerFaults(world)).toEqual([
      expect.objectContaining({ kind: 'files-differ', table: 'suspense_items' }),
      expect.objectContaining({ kind: 'fund-differs' }),
    ]);
  });
});
