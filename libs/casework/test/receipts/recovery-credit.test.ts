import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ReturnFileTemplate } from '@tranche/bank';
import {
  decideLine,
  decideRailProfile,
  type House,
  importReceipt,
  proposeLine,
  proposeRailProfile,
  reconcile,
  rematchLines,
  sha256Of,
  suggestionsFor,
  verifyCase,
} from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { v7 } from 'uuid';
import { statementFile, statusFile } from '../../../../test/support/bank-files.js';
import { ledgerFaults, trialBalance } from '../../../../test/support/ledger.js';
import { soundAccount } from '../../../../test/support/payee-account.js';
import { CaseStory, handOver, runAll, signBatch } from '../../../../test/support/story.js';
import { classFacts, openWorld, type World } from '../../../../test/support/world.js';
import { profiles } from '../../../bank/test/sample.js';
import { bytesOf } from '../../src/receipts/received-file.js';
import { handedOver, imported, stateOf, workOf } from './bank-day.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

const asks = (role: 'cashier' | 'maker' | 'checker') => ({ actor: world.by(role), key: v7(), requestSha256: sha256Of({ key: v7() }) });

describe('a credit that pays a demand', () => {
  it('is suggested, said by two persons, and the case hears of it as the money leaves the unidentified receipts', async () => {
    const { sent } = await handedOver(world, [10]);
    const [one] = sent;
    const { story, fen, account, reference } = one!;
    const day = { account, id: 'S1', on: '2020-11-25' };
    await imported(world, statementFile([{ fen, reference, bankRef: 'B1' }], day));
    await (await story.halfway()).ended();
    for (const reason of ['第一次验收不合格', '复验仍不合格']) await story.hear('inspector', 'acceptance.failed', { reason });
    const [recovery] = await world.rows<{ id: string; fen: string }>(
      'SELECT id, demanded_fen::text AS fen FROM recoveries WHERE case_id = $1',
      [story.id],
    );
    expect(recovery?.fen).toBe(`${fen}`);

    const credits = [
      { fen, direction: 'credit' as const, bankRef: 'HK-77' },
      { fen: fen + 1n, direction: 'credit' as const, bankRef: 'HK-78' },
    ];
    await imported(world, statementFile(credits, { ...day, id: 'S2', openingFen: 100_000_000n - fen }));
    expect((await trialBalance(world))['2102']).toBe(-(fen + fen + 1n));
    const lineOf = async (bankRef: string) =>
      (await world.rows<{ id: string }>('SELECT id FROM statement_lines WHERE bank_ref = $1', [bankRef]))[0]?.id ?? '';
    const lineId = await lineOf('HK-77');
    expect(await suggestionsFor(world.house, world.by('cashier'), lineId)).toContainEqual(
      expect.objectContaining({ kind: 'recovery', recoveryId: recovery?.id, agrees: ['amount'] }),
    );

    const say = async (line: string) => {
      const said = await proposeLine(world.house, asks('cashier'), {
        lineId: line,
        kind: 'recovery',
        recoveryId: recovery!.id,
        note: '退回预拨款',
      });
      return said.ok ? said.answer.id : '';
    };
    // more than is owed: the case refuses, and nothing is confirmed
    const tooMuch = await say(await lineOf('HK-78'));
    expect(await decideLine(world.house, asks('checker'), { proposalId: tooMuch, decision: 'confirm' })).toMatchObject({
      ok: false,
      code: 'event-not-allowed',
    });
    expect(await world.rows('SELECT state FROM line_proposals WHERE id = $1', [tooMuch])).toEqual([{ state: 'proposed' }]);

    const proposalId = await say(lineId);
    expect(await decideLine(world.house, asks('cashier'), { proposalId, decision: 'confirm' })).toMatchObject({
      ok: false,
      code: 'four-eyes-required',
    });
    expect(await decideLine(world.house, asks('checker'), { proposalId, decision: 'confirm' })).toMatchObject({ ok: true });
    expect(await story.view()).toMatchObject({ standing: 'closed', recoveredFen: `${fen}` });
    expect(await world.rows('SELECT kind, reference, recorded_by AS by FROM recovery_receipts WHERE case_id = $1', [story.id])).toEqual([
      { kind: 'received', reference: 'HK-77', by: world.by('cashier').userId },
    ]);
    expect(await world.rows('SELECT kind, rule FROM matches WHERE line_id = $1', [lineId])).toEqual([
      { kind: 'recovery', rule: 'two-persons' },
    ]);
    expect((await trialBalance(world))['2102']).toBe(-(fen + 1n));
    expect(await ledgerFaults(world)).toEqual([]);
  });
});

describe('a booking that is no payment of ours', () => {
  type Kind = 'interest' | 'bank-fee' | 'foreign';
  const cases: readonly [Kind, 'credit' | 'debit', string, bigint][] = [
    ['interest', 'credit', '2103', -1n],
    ['bank-fee', 'debit', '1203', 1n],
    ['bank-fee', 'credit', '1203', -1n],
    ['foreign', 'credit', '2106', -1n],
    ['foreign', 'debit', '2106', 1n],
  ];
  it.each(cases)('is said to be %s (%s) by two persons and posted to %s', async (kind, direction, own, sign) => {
    const [fund] = await world.rows<{ account: string }>('SELECT debtor_account_no AS account FROM funds ORDER BY id LIMIT 1');
    const before = await trialBalance(world);
    const bankRef = `${kind}-${direction}`;
    await imported(world, statementFile([{ fen: 321n, direction, bankRef }], { account: fund!.account, id: bankRef, on: '2020-11-25' }));
    const [line] = await world.rows<{ id: string }>('SELECT id FROM statement_lines WHERE bank_ref = $1', [bankRef]);
    const held = await trialBalance(world);
    expect(held['2102']! - before['2102']!).toBe(direction === 'credit' ? -321n : 0n);
    const say = (as: Kind) => proposeLine(world.house, asks('cashier'), { lineId: line!.id, kind: as, note: '银行通知' });
    if (direction === 'debit') expect(await say('interest')).toMatchObject({ ok: false, code: 'data-invalid', field: 'kind' });
    const said = await say(kind);
    const proposalId = said.ok ? said.answer.id : '';
    expect(await decideLine(world.house, asks('cashier'), { proposalId, decision: 'confirm' })).toMatchObject({
      code: 'four-eyes-required',
    });
    expect(await trialBalance(world)).toEqual(held);
    expect(await decideLine(world.house, asks('checker'), { proposalId, decision: 'confirm' })).toMatchObject({ ok: true });
    const after = await trialBalance(world);
    const moved = (code: string) => after[code]! - before[code]!;
    expect([moved('1001'), moved('2102'), moved(own)]).toEqual([-sign * 321n, 0n, sign * 321n]);
    expect(await ledgerFaults(world)).toEqual([]);
  });

  it('answers no more than came before: nobody sends back or makes good what nobody sent or took, however many say so at once', async () => {
    const [{ account } = { account: '' }] = await world.rows<{ account: string }>(
      'SELECT debtor_account_no AS account FROM funds ORDER BY id LIMIT 1',
    );
    const entries = [
      { fen: 500n, direction: 'credit' as const, bankRef: 'IN' },
      ...['OUT-1', 'OUT-2'].map((bankRef) => ({ fen: 400n, direction: 'debit' as const, bankRef })),
      { fen: 1n, direction: 'credit' as const, bankRef: 'GOOD' },
    ];
    await imported(world, statementFile(entries, { account, id: 'within', on: '2020-11-25' }));
    const lines = new Map(
      (await world.rows<{ id: string; ref: string }>('SELECT id, bank_ref AS ref FROM statement_lines WHERE bank_ref IS NOT NULL')).map(
        ({ id, ref }) => [ref, id],
      ),
    );
    const say = async (ref: string, kind: Kind) => {
      const said = await proposeLine(world.house, asks('cashier'), { lineId: lines.get(ref) ?? '', kind, note: '银行通知' });
      return said.ok ? said.answer.id : `${said.code} ${/\d+/.exec(said.detail.en)?.[0]}`;
    };
    const confirm = (proposalId: string) =>
      decideLine(world.house, asks('checker'), { proposalId, decision: 'confirm' }).catch((error: { constraint?: string }) => ({
        ok: false,
        code: error.constraint,
      }));
    expect([await say('OUT-1', 'foreign'), await say('GOOD', 'bank-fee')]).toEqual(['data-invalid 0', 'data-invalid 0']);
    expect(await confirm(await say('IN', 'foreign'))).toMatchObject({ ok: true });
    const both = [await say('OUT-1', 'foreign'), await say('OUT-2', 'foreign')];
    const done = await Promise.all(both.map(confirm));
    expect(done.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(done.find(({ ok }) => !ok)).toMatchObject({ code: 'data-invalid', field: 'kind' });
    expect((await trialBalance(world))['2106']).toBe(-100n);
    expect(await ledgerFaults(world)).toEqual([]);
  });

  it('is tied to the paper that posted it already, once, and leaves the unidentified receipts', async () => {
    const [paper] = await world.rows<{ id: string; fen: string; account: string; no: string }>(
      `SELECT g.id, g.amount_fen::text AS fen, f.debtor_account_no AS account, g.document_no AS no FROM appropriations g JOIN funds f ON f.id = g.fund_id
       WHERE g.state = 'approved' AND g.kind = 'increase' ORDER BY g.id LIMIT 1`,
    );
    const before = await trialBalance(world);
    const [fen, day] = [BigInt(paper!.fen), { account: paper!.account, on: '2020-11-25' }];
    const came = (bankRef: string) => ({ fen, direction: 'credit' as const, bankRef });
    await imported(world, statementFile([came('ZB-1'), came('ZB-2'), { ...came('ZB-3'), direction: 'debit' }], { ...day, id: 'ZB' }));
    const lineOf = async (bankRef: string) =>
      (await world.rows<{ id: string }>('SELECT id FROM statement_lines WHERE bank_ref = $1', [bankRef]))[0]?.id ?? '';
    const say = async (bankRef: string) =>
      proposeLine(world.house, asks('cashier'), {
        lineId: await lineOf(bankRef),
        kind: 'appropriation',
        appropriationId: paper!.id,
        note: '指标到账',
      });
    expect(await suggestionsFor(world.house, world.by('cashier'), await lineOf('ZB-1'))).toContainEqual(
      expect.objectContaining({ kind: 'appropriation', appropriationId: paper!.id, caseNo: paper!.no }),
    );
    expect(await say('ZB-3')).toMatchObject({ ok: false, code: 'data-invalid', field: 'appropriationId' });
    const said = await say('ZB-1');
    const proposalId = said.ok ? said.answer.id : '';
    expect(await decideLine(world.house, asks('checker'), { proposalId, decision: 'confirm' })).toMatchObject({ ok: true });
    expect(await say('ZB-2')).toMatchObject({ ok: false, code: 'data-invalid', field: 'appropriationId' });
    // one of the two credits is still unidentified
    const after = await trialBalance(world);
    expect([after['2102']! - before['2102']!, after['1001']! - before['1001']!]).toEqual([-fen, fen]);
    expect(await ledgerFaults(world)).toEqual([]);
  });
});

describe('a statement', () => {
  it('that came before its transfer was sent is matched by itself afterwards, once, and leaves the unidentified receipts', async () => {
    await soundAccount(world);
    const story = await CaseStory.inTraining(world, classFacts(7));
    await runAll(world);
    const { batchId } = await signBatch(world, 'file');
    const [row] = await world.rows<{ id: string; reference: string; fen: string; account: string }>(
      `SELECT t.id, t.end_to_end_id AS reference, t.amount_fen::text AS fen, f.debtor_account_no AS account FROM transfers t
       JOIN disbursements d ON d.id = t.disbursement_id JOIN funds f ON f.id = d.fund_id WHERE t.batch_id = $1`,
      [batchId],
    );
    const { reference, fen } = { reference: row!.reference, fen: BigInt(row!.fen) };
    const held = (await trialBalance(world))['2102'];
    const lines = [
      { fen, reference, bankRef: 'EARLY-1' },
      { fen, reference, direction: 'credit' as const, bankRef: 'EARLY-2', returned: 'MD06' },
    ];
    const early = await imported(world, statementFile(lines, { account: row!.account, id: 'EARLY', on: '2020-11-25' }));
    expect(await workOf(world, early.file.id)).toEqual(['transfer-not-sent', 'transfer-not-sent']);
    expect((await trialBalance(world))['2102']).toBe(held! - fen);
    expect(await rematchLines(world.house)).toBe(0);

    await handOver(world, batchId);
    expect(await rematchLines(world.house)).toBe(2);
    expect(await world.rows('SELECT state FROM transfers WHERE id = $1', [row!.id])).toEqual([{ state: 'returned' }]);
    expect(await world.rows('SELECT kind, rule FROM matches WHERE transfer_id = $1 ORDER BY kind DESC', [row!.id])).toEqual([
      { kind: 'settled', rule: 'end-to-end-id' },
      { kind: 'returned', rule: 'end-to-end-id' },
    ]);
    expect((await trialBalance(world))['2102']).toBe(held);
    const items = await world.rows('SELECT state, closed_note AS note FROM receipt_worklist WHERE file_id = $1', [early.file.id]);
    expect(items).toEqual([
      { state: 'done', note: 'matched-later' },
      { state: 'done', note: 'matched-later' },
    ]);
    expect([await rematchLines(world.house), (await story.tranche('s1')).state]).toEqual([0, 'due']);
  });
});

describe('a return file', () => {
  it('comes in the words of the bank that agreed about them, and is set aside before that', async () => {
    const { sent } = await handedOver(world, [24, 25]);
    const [paid, refused] = sent;
    const file = [
      '流水|金额分|银行回应|说明',
      `${paid!.reference}|${paid!.fen}|已入账|`,
      `${refused!.reference}|${refused!.fen}|未入账|户名不符`,
      `总计|2|${paid!.fen + refused!.fen}`,
      '',
    ].join('\n');
    expect((await imported(world, file, 'own.txt')).file).toMatchObject({ state: 'quarantined', format: null });
    const template: ReturnFileTemplate = {
      delimiter: '|',
      encoding: 'gb18030',
      unit: 'fen',
      titles: { reference: ['流水'], amount: ['金额分'], result: ['银行回应'], reason: ['说明'] },
      results: { 已入账: 'settled', 未入账: 'refused' },
      trailer: '总计',
    };
    const given = {
      bankCode: '105',
      effectiveFrom: await world.today(),
      profile: { ...profiles.csv, returnFile: template },
      reason: '与银行的协议',
    };
    const proposed = await proposeRailProfile(world.house, asks('maker'), given);
    if (!proposed.ok) throw new Error(proposed.code);
    const again = `${file}\n`;
    expect((await imported(world, again, 'own.txt')).file).toMatchObject({ state: 'quarantined' });
    const { id } = proposed.answer;
    expect(await decideRailProfile(world.house, asks('checker'), { id, decision: 'approved' })).toMatchObject({ ok: true });
    expect((await imported(world, `${again}\n`, 'own.txt')).file).toMatchObject({ state: 'imported', format: `csv:${id}` });
    expect(await Promise.all(sent.map((each) => stateOf(world, each)))).toEqual(['settled', 'failed']);
  });
});

describe('a file whose bytes stop coming', () => {
  it('is an error of its import, on the way in and on the way out of the house, and ends no process', async () => {
    async function* broken() {
      yield Buffer.from('<Document');
      throw new Error('the line broke');
    }
    const upload = { fileName: 'cut.xml', bytes: 99, sha256: '0'.repeat(64), open: broken };
    await expect(importReceipt(world.house, world.by('cashier'), upload)).rejects.toThrow('the line broke');
    const deaf = { ...world.house, database: { read: () => Promise.reject(new Error('the database is gone')) } } as unknown as House;
    const read = async () => {
      for await (const _ of bytesOf(deaf, v7())());
    };
    await expect(read()).rejects.toThrow('the database is gone');
  });
});

describe('a day of an account', () => {
  const dayOf = (accountNo: string, on: string) => reconcile(world.house, world.by('cashier'), { accountNo, on, agedBefore: '2000-01-01' });

  it('agrees when the books move as the statement does, told of each booking that stands on another day; else it does not', async () => {
    await world.goTo('2020-12-07');
    const { sent } = await handedOver(world, [11, 12]);
    const [early, one] = sent;
    const { account } = early!;
    // the bank says that the one arrived; its statement shows it a day later
    await imported(world, statusFile([{ reference: early!.reference, status: 'ACSC' }]).replace('2020-11-26T10', '2020-12-07T10'));
    await world.goTo('2020-12-08');
    const opening = BigInt((await dayOf(account, '2020-12-07')).previousClosingFen ?? '0');
    const monday = { account, id: 'monday', on: '2020-12-07', openingFen: opening };
    await imported(world, statementFile([{ fen: one!.fen, reference: one!.reference, bankRef: 'MO-1' }], monday));
    // heard on Tuesday, it stands on Monday, as at the bank
    expect(await dayOf(account, '2020-12-07')).toMatchObject({
      bookFen: `${-(early!.fen + one!.fen)}`,
      settledWithoutLine: { count: 1 },
      otherDays: { count: 0, fen: '0' },
      unexplainedFen: `${-early!.fen}`,
      agrees: false,
    });
    const tuesday = { account, id: 'tuesday', on: '2020-12-08', openingFen: opening - one!.fen };
    await imported(world, statementFile([{ fen: early!.fen, reference: early!.reference, bankRef: 'TU-1' }], tuesday));
    for (const [on, fen] of [
      ['2020-12-07', -early!.fen],
      ['2020-12-08', early!.fen],
    ] as const)
      expect(await dayOf(account, on)).toMatchObject({
        differenceFen: `${fen}`,
        otherDays: { count: 1, fen: `${fen}` },
        unexplainedFen: '0',
        agrees: true,
      });
  });

  it('shows money that somebody recorded before the statement did, until two persons say which line it is: once, and it counts once', async () => {
    const { sent } = await handedOver(world, [13]);
    const { story, fen, account, reference } = sent[0]!;
    const on = await world.today();
    const { previousClosingFen } = await dayOf(account, '2020-12-09');
    const openingFen = BigInt(previousClosingFen ?? '0');
    await imported(world, statementFile([{ fen, reference, bankRef: 'WE-1' }], { account, id: 'wednesday', on: '2020-12-09', openingFen }));
    await (await story.halfway()).ended();
    for (const reason of ['第一次验收不合格', '复验仍不合格']) await story.hear('inspector', 'acceptance.failed', { reason });
    const [part, rest] = [fen / 3n, fen - fen / 3n];
    await story.hear('cashier', 'recovery.received', { amountFen: `${part}`, reference: '手工' }, { on });
    await world.goTo('2020-12-11');
    const credits = ['TH-1', 'TH-2'].map((bankRef) => ({ fen: part, direction: 'credit' as const, bankRef }));
    const thursday = { account, id: 'thursday', on: '2020-12-10', openingFen: openingFen - fen };
    await imported(world, statementFile([...credits, { fen: rest, direction: 'credit', bankRef: 'TH-3' }], thursday));
    const lineOf = async (bankRef: string) =>
      (await world.rows<{ id: string }>('SELECT id FROM statement_lines WHERE bank_ref = $1', [bankRef]))[0]?.id ?? '';
    const [receipt] = await world.rows<{ id: string; recoveryId: string }>(
      'SELECT id, recovery_id AS "recoveryId" FROM recovery_receipts WHERE case_id = $1',
      [story.id],
    );
    const tied = { kind: 'recovery' as const, recoveryId: receipt!.recoveryId, receiptId: receipt!.id, note: '手工登记的退款' };
    expect(await suggestionsFor(world.house, world.by('cashier'), await lineOf('TH-1'))).toContainEqual(
      expect.objectContaining({ receiptId: receipt!.id, recoveryId: receipt!.recoveryId, agrees: expect.arrayContaining(['recorded']) }),
    );
    const say = async (bankRef: string, what: Omit<Parameters<typeof proposeLine>[2], 'lineId'>) =>
      proposeLine(world.house, asks('cashier'), { ...what, lineId: await lineOf(bankRef) });
    const confirmed = async (bankRef: string, what: Omit<Parameters<typeof proposeLine>[2], 'lineId'>) => {
      const said = await say(bankRef, what);
      if (!said.ok) throw new Error(said.code);
      return decideLine(world.house, asks('checker'), { proposalId: said.answer.id, decision: 'confirm' });
    };
    expect(await say('TH-3', tied)).toMatchObject({ code: 'data-invalid', field: 'receiptId' });
    expect(await confirmed('TH-1', tied)).toMatchObject({ ok: true });
    expect(await story.view()).toMatchObject({ recoveredFen: `${part}`, standing: 'active' });
    expect(await say('TH-2', tied)).toMatchObject({ code: 'data-invalid', field: 'receiptId' });
    // what is new money is told to the case as before, and its receipt is no other line's
    expect(await confirmed('TH-3', { kind: 'recovery', recoveryId: receipt!.recoveryId, note: '余款' })).toMatchObject({ ok: true });
    expect(await story.view()).toMatchObject({ recoveredFen: `${fen}`, standing: 'closed' });
    const [told] = await world.rows<{ id: string }>('SELECT id FROM recovery_receipts WHERE reference = $1', ['TH-3']);
    expect(await say('TH-2', { ...tied, receiptId: told!.id })).toMatchObject({ code: 'data-invalid', field: 'receiptId' });
    expect(await confirmed('TH-2', { kind: 'foreign', note: '多退' })).toMatchObject({ ok: true });
    expect(await dayOf(account, '2020-12-10')).toMatchObject({
      otherDays: { count: 1, fen: `${-part}` },
      unexplainedFen: '0',
      agrees: true,
    });
    expect(await ledgerFaults(world)).toEqual([]);
    expect(await verifyCase(world.house, systemActor('test'), story.id)).toMatchObject({ ok: true });
  });
});
