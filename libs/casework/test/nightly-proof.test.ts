import { beforeAll, describe, expect, it } from '@jest/globals';
import { proveBooks } from '@tranche/casework';
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
