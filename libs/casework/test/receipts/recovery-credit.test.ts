import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decideLine, proposeLine, sha256Of, suggestionsFor } from '@tranche/casework';
import { v7 } from 'uuid';
import { statementFile } from '../../../../test/support/bank-files.js';
import { ledgerFaults, trialBalance } from '../../../../test/support/ledger.js';
import { openWorld, type World } from '../../../../test/support/world.js';
import { handedOver, imported } from './bank-day.js';

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
