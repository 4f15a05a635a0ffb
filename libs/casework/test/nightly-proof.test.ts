import { beforeAll, describe, expect, it } from '@jest/globals';
import { alarmCrossedFunds, proveBooks } from '@tranche/casework';
import { useBankWorld } from '../../../test/support/bank-world.js';
import { CaseStory, payWhatIsDue, runAll } from '../../../test/support/story.js';
import { asOwner } from '../../../test/support/world.js';

const { world } = useBankWorld();

/** Changed behind every control, and put back. */
async function tampered(table: string, change: string, back: string): Promise<readonly string[]> {
  const behind = (sql: string) =>
    asOwner(world, `ALTER TABLE ${table} DISABLE TRIGGER USER; ${sql}; ALTER TABLE ${table} ENABLE TRIGGER USER`);
  await behind(change);
  await asOwner(
    world,
    'ALTER TABLE ledger_proofs DISABLE TRIGGER USER; DELETE FROM ledger_proofs; ALTER TABLE ledger_proofs ENABLE TRIGGER USER',
  );
  const found = await proveBooks(world.house).catch((error: unknown) => error);
  await behind(back);
  if (found === null || found instanceof Error) throw found ?? new Error('not proven');
  return (found as { findings: { text: { en: string } }[] }).findings.map(({ text }) => text.en);
}

/** What it answers, or what the database said when only a constraint stopped it. */
const prove = () => proveBooks(world.house).catch((error: { constraint?: string }) => error.constraint ?? String(error));

describe('the proof of the books', () => {
  beforeAll(async () => {
    const [paid, waiting] = [await CaseStory.inTraining(world), await CaseStory.inTraining(world)];
    await payWhatIsDue(world);
    await waiting.halfway();
    await runAll(world);
    expect(await paid.tranche('s1')).toMatchObject({ state: 'paid' });
  });

  it('is made once a legal day, and says that all is well', async () => {
    const proofs = await Promise.all([prove(), prove()]);
    expect(proofs.filter((proof) => proof !== null)).toMatchObject([{ legalDay: '2020-11-25', ok: true, findings: [] }]);
    expect(await prove()).toBeNull();
    await world.goTo('2020-11-26');
    expect(await proveBooks(world.house)).toMatchObject({ legalDay: '2020-11-26', ok: true });
    expect(await world.rows("SELECT 1 FROM tasks WHERE kind LIKE 'ledger-proof:%'")).toEqual([]);
  });

  it.each([
    [
      'a promised amount',
      'disbursements',
      "UPDATE disbursements SET amount_fen = amount_fen + 1 WHERE state = 'requested'",
      "UPDATE disbursements SET amount_fen = amount_fen - 1 WHERE state = 'requested'",
      /subsidies payable are not the requested disbursements: F4\/2020 2001: \d+ ≠ \d+/,
    ],
    [
      'a settled amount',
      'disbursements',
      "UPDATE disbursements SET amount_fen = amount_fen + 1 WHERE state = 'settled'",
      "UPDATE disbursements SET amount_fen = amount_fen - 1 WHERE state = 'settled'",
      /booked as settled is not the disbursements that settled/,
    ],
    [
      'a case that says it was paid more',
      'cases',
      `UPDATE cases SET snapshot = jsonb_set(snapshot::jsonb, '{context,payments,s1,sentFen}', '"7"')::json`,
      `UPDATE cases SET snapshot = jsonb_set(snapshot::jsonb, '{context,payments,s1,sentFen}', '"0"')::json`,
      /what a case says is promised/,
    ],
    [
      'an appropriation',
      'appropriations',
      'UPDATE appropriations SET amount_fen = amount_fen + 1 WHERE id = (SELECT min(id::text)::uuid FROM appropriations)',
      'UPDATE appropriations SET amount_fen = amount_fen - 1 WHERE id = (SELECT min(id::text)::uuid FROM appropriations)',
      /authorised budget is not the approved appropriations/,
    ],
    [
      'an entry',
      'entries',
      'UPDATE entries SET amount_fen = amount_fen + 1 WHERE line_no = 1',
      'UPDATE entries SET amount_fen = amount_fen - 1 WHERE line_no = 1',
      /a posting that is unbalanced/,
    ],
    [
      'the balance of a fund',
      'account_balances',
      'UPDATE account_balances SET posted_fen = posted_fen + 1',
      'UPDATE account_balances SET posted_fen = posted_fen - 1',
      /account balance/,
    ],
  ])('says where the books differ when somebody changed %s, and makes it a task', async (_, table, change, back, said) => {
    await asOwner(world, 'DELETE FROM tasks');
    const found = await tampered(table, change, back);
    expect(found).toEqual(expect.arrayContaining([expect.stringMatching(said)]));
    expect(await world.rows("SELECT role, state FROM tasks WHERE kind LIKE 'ledger-proof:%'")).toEqual([
      { role: 'supervisor', state: 'open' },
    ]);
  });
});

describe('a payee who owes one fund what another owes', () => {
  it('is a task, once, and none while only one of them is left', async () => {
    const [row] = await world.rows<{ id: string; no: string; organisation: string; district: string }>(
      'SELECT id, case_no AS no, organisation_id AS organisation, district FROM cases ORDER BY id LIMIT 1',
    );
    const stand = (fund: string, own: string, against: string) =>
      asOwner(
        world,
        `WITH f AS (SELECT id FROM funds WHERE code = '${fund}' ORDER BY id LIMIT 1),
           p AS (INSERT INTO postings (id, fund_id, book, event_type, event_id, business_date, case_id, organisation_id, district, recorded_at)
             SELECT gen_random_uuid(), f.id, 'cash', 'test', '${fund}', '2020-11-26', '${row!.id}', '${row!.organisation}', '${row!.district}', now() FROM f RETURNING id, fund_id)
         INSERT INTO entries (posting_id, line_no, account_id, amount_fen) SELECT p.id, x.no, a.id, x.fen FROM p, (VALUES (1, '${own}', -500), (2, '${against}', 500)) x(no, code, fen)
           JOIN accounts a ON a.book = 'cash' AND a.code = x.code WHERE a.fund_id = p.fund_id`,
      );
    const tasks = () => world.rows<{ label: { en: string } }>("SELECT label FROM tasks WHERE kind LIKE 'bank-news:crossed-funds:%'");
    await stand('F4', '2104', '5001');
    expect([await alarmCrossedFunds(world.house), await tasks()]).toEqual([0, []]);
    await stand('F1', '5001', '1202');
    expect([await alarmCrossedFunds(world.house), await alarmCrossedFunds(world.house)]).toEqual([1, 1]);
    expect((await tasks()).map(({ label }) => label.en)).toEqual([
      expect.stringMatching(new RegExp(`^Case ${row!.no}: after a return 500 fen are owed to fund F1/2020 .* owed by fund F4/2020`)),
    ]);
  });
});
