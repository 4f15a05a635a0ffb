import { describe, expect, it } from '@jest/globals';
import { unparkFunded } from '@tranche/casework';
import { policies, workedExamples } from '@tranche/policies';
import { AnyCase, everywhere } from '../../../../test/support/any-case.js';
import { useBankWorld } from '../../../../test/support/bank-world.js';
import { ledgerFaults } from '../../../../test/support/ledger.js';
import { asOwner } from '../../../../test/support/world.js';

const { world, bank } = useBankWorld();
const shared = policies().find(({ funds }) => funds.some(({ share }) => share !== undefined))!;
const example = workedExamples(shared.id).find((each) => each.expect.funds && each.period && !each.set)!;
const wanted = example.expect.funds!.fen;

/** What each fund has spent (B5) on the case, by code. */
const spent = async (lived: AnyCase) =>
  Object.fromEntries(
    (
      await world.rows<{ code: string; fen: string }>(
        `SELECT f.code, sum(e.amount_fen)::text AS fen FROM entries e JOIN postings p ON p.id = e.posting_id JOIN accounts a ON a.id = e.account_id JOIN funds f ON f.id = a.fund_id
         WHERE p.case_id = $1 AND a.code = 'B5' GROUP BY f.code HAVING sum(e.amount_fen) <> 0`,
        [lived.story.id],
      )
    ).map(({ code, fen }) => [code, fen]),
  );
const claimedCase = async () => {
  const lived = await AnyCase.open(everywhere(world), shared, example);
  await lived.intake();
  await lived.claim();
  return lived;
};

describe('interest shared by three levels of government', () => {
  it('is one obligation and one transfer, and is spent in each fund by its share', async () => {
    const lived = await claimedCase();
    await lived.pay();
    expect(await spent(lived)).toEqual(wanted);
    const rows = await world.rows<{ code: string; transfers: number }>(
      `SELECT f.code, count(t.id)::int AS transfers FROM disbursements d JOIN funds f ON f.id = d.fund_id JOIN transfers t ON t.disbursement_id = d.id WHERE d.case_id = $1 GROUP BY 1`,
      [lived.story.id],
    );
    expect(rows).toEqual([{ code: Object.keys(wanted).at(-1), transfers: 1 }]);
    expect(await ledgerFaults(everywhere(world))).toEqual([]);
  });

  it('waits as a whole when one fund is short, and is paid when that fund has money again', async () => {
    const [first] = Object.keys(wanted);
    const ofFirst = 'FROM accounts a JOIN funds f ON f.id = a.fund_id WHERE b.account_id = a.id AND f.code = $1';
    await asOwner(world, `UPDATE account_balances b SET posted_fen = 1000 ${ofFirst}`, [first]);
    const lived = await claimedCase();
    await lived.pay();
    expect(await spent(lived)).toEqual({});
    expect(
      await world.rows("SELECT kind FROM tasks WHERE case_id = $1 AND kind LIKE 'fund-short%' AND state = 'open'", [lived.story.id]),
    ).toHaveLength(1);
    const truth = 'SET posted_fen = (SELECT sum(e.amount_fen) FROM entries e WHERE e.account_id = b.account_id)';
    await asOwner(world, `UPDATE account_balances b ${truth} ${ofFirst}`, [first]);
    expect(await unparkFunded(everywhere(world).house)).toBeGreaterThan(0);
    await lived.pay();
    expect(await spent(lived)).toEqual(wanted);
  });

  it('that the bank refuses is free again in every fund, and paid in the next round', async () => {
    const lived = await claimedCase();
    await bank.call('POST', '/faults', { kind: 'reject', code: 'AM02', text: '超限额' });
    await lived.pay();
    expect(await spent(lived)).toEqual({});
    await lived.pay();
    expect(await spent(lived)).toEqual(wanted);
    expect(await ledgerFaults(everywhere(world))).toEqual([]);
  });
});
