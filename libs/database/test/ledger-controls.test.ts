import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { attemptAs, system, useHouse } from './house.js';
import { asActor, refusal } from './world.js';

const house = useHouse();
const attempt = attemptAs(house);

describe('insert-only tables', () => {
  const tables = [
    'case_events',
    'case_facts',
    'case_duties',
    'commands',
    'postings',
    'entries',
    'batch_approvals',
    'recovery_receipts',
    'evidence',
    'bank_files',
    'policy_versions',
    'case_terms',
    'ledger_proofs',
  ];

  it.each(tables)('%s: the application may neither change, delete nor empty it', async (table) => {
    const { rows } = await house.owner.query<{ column_name: string }>(
      'SELECT column_name FROM information_schema.columns WHERE table_name = $1 LIMIT 1',
      [table],
    );
    const column = rows[0]?.column_name;
    for (const sql of [`UPDATE ${table} SET ${column} = ${column}`, `DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`]) {
      expect(await attempt(system, () => house.app.query(sql))).toBe('42501');
    }
  });

  it.each(tables)('%s: not even the owner changes it', async (table) => {
    expect(await refusal(house.owner.query(`DELETE FROM ${table}`))).toBe('insert_only');
    expect(await refusal(house.owner.query(`TRUNCATE ${table} CASCADE`))).toBe('insert_only');
  });

  it.each([
    ['disbursements', 'amount_fen'],
    ['disbursements', 'fund_id'],
    ['recoveries', 'demanded_fen'],
    ['notices', 'content'],
    ['objections', 'ground'],
    ['holds', 'reason'],
    ['exclusion_claims', 'person_key'],
    ['attempts', 'request'],
    ['postings', 'tx'],
  ])('%s: what was written as %s stays', async (table, column) => {
    expect(await attempt(system, () => house.app.query(`UPDATE ${table} SET ${column} = ${column}`))).toBe('42501');
  });

  it('the application may not delete a case, an account of money, or a payment', async () => {
    for (const table of [
      'cases',
      'accounts',
      'account_balances',
      'funds',
      'disbursements',
      'transfers',
      'batches',
      'payee_accounts',
      'outbox',
    ]) {
      expect(await attempt(system, () => house.app.query(`DELETE FROM ${table}`))).toBe('42501');
    }
  });
});

describe('ledger', () => {
  type Line = [code: string, fen: number];
  const post = async (lines: Line[], { fund = house.world.fund, book = 'budget', id = randomUUID() as string } = {}) => {
    await house.app.query(
      "INSERT INTO postings (id, fund_id, book, event_type, event_id, business_date) VALUES ($1, $2, $3, 'test', $4, '2020-11-25')",
      [id, fund, book, randomUUID()],
    );
    let line = 0;
    for (const [code, fen] of lines) {
      line += 1;
      await house.app.query('INSERT INTO entries VALUES ($1, $2, $3, $4)', [id, line, house.world.accounts[code], fen]);
    }
  };

  const ofAnyPosting: [string, Line[], string][] = [
    [
      'balanced',
      [
        ['B2', 500],
        ['B1', -500],
      ],
      'accepted',
    ],
    [
      'a sum that is not zero',
      [
        ['B2', 500],
        ['B1', -499],
      ],
      'postings_balanced',
    ],
    ['no entry at all', [], 'postings_balanced'],
    [
      'accounts of another book',
      [
        ['1001', 500],
        ['3001', -500],
      ],
      'postings_one_fund_and_book',
    ],
  ];

  it.each<[string, Line[], string]>([
    ...ofAnyPosting,
    ['an entry of zero', [['B2', 0]], 'entries_amount_fen_check'],
    [
      'more than the available budget',
      [
        ['B2', 500],
        ['B1', -500],
        ['B2', -501],
        ['B3', 501],
      ],
      'account_balances_not_negative',
    ],
  ])('a posting with %s: %s', async (_, lines, expected) => {
    expect(await attempt(system, () => post(lines))).toBe(expected);
  });

  /** A posting of the world's case with its entries, as the one door writes them: one statement. */
  const postOfCase = (lines: Line[], id = randomUUID() as string) =>
    house.app.query(
      `WITH p AS (INSERT INTO postings (id, fund_id, book, event_type, event_id, business_date, case_id, organisation_id, district)
         VALUES ($1::uuid, $2, 'budget', 'test', $1::uuid::text, '2020-11-25', $3, $4, '210102'))
       INSERT INTO entries SELECT $1::uuid, line.no, line.account, line.fen FROM unnest($5::bigint[], $6::bigint[]) WITH ORDINALITY AS line(account, fen, no)`,
      [
        id,
        house.world.fund,
        house.world.caseId,
        house.world.institution,
        lines.map(([code]) => house.world.accounts[code]),
        lines.map(([, fen]) => fen),
      ],
    );

  it.each<[string, Line[], string]>([
    ...ofAnyPosting,
    [
      'more than the available budget',
      [
        ['B2', -500],
        ['B1', 500],
      ],
      'account_balances_not_negative',
    ],
  ])('a posting of a case is whole when its statement ends: %s', async (_, lines, expected) => {
    // what is asked after it does not come to be asked: the statement itself is refused
    expect(
      await attempt(
        system,
        () => postOfCase(lines),
        () => house.app.query('SELECT 1 / $1::int', [expected === 'accepted' ? 1 : 0]),
      ),
    ).toBe(expected);
  });

  it('a posting of a case takes afterwards only entries that are balanced by themselves, and no entry stands without its posting', async () => {
    const id = randomUUID();
    const add = (posting: string, ...lines: [number, string, number][]) =>
      house.app.query(
        'INSERT INTO entries SELECT $1, line.no, line.account, line.fen FROM unnest($2::int[], $3::bigint[], $4::bigint[]) AS line(no, account, fen)',
        [posting, lines.map(([no]) => no), lines.map(([, code]) => house.world.accounts[code]), lines.map(([, , fen]) => fen)],
      );
    const begun = () =>
      postOfCase(
        [
          ['B2', 100],
          ['B1', -100],
        ],
        id,
      );
    expect(await attempt(system, begun, () => add(id, [3, 'B2', 50], [4, 'B1', -49]))).toBe('postings_balanced');
    expect(await attempt(system, begun, () => add(id, [3, 'B2', 50], [4, 'B1', -50]))).toBe('accepted');
    expect(await attempt(system, () => add(randomUUID(), [1, 'B2', 50], [2, 'B1', -50]))).toBe('entries_with_their_posting');
  });

  it('keeps the balance of the available budget by itself, and nobody else writes it', async () => {
    const balance = await asActor(house.app, system, async () => {
      await post([
        ['B2', 500],
        ['B1', -500],
      ]);
      await post([
        ['B2', -200],
        ['B3', 200],
      ]);
      return (await house.app.query('SELECT posted_fen FROM account_balances WHERE account_id = $1', [house.world.accounts['B2']])).rows;
    });
    expect(balance).toEqual([{ posted_fen: '300' }]);
    expect(await attempt(system, () => house.app.query('UPDATE account_balances SET posted_fen = 1000000'))).toBe('42501');
  });

  it('takes no entry into a posting of an earlier transaction', async () => {
    const id = randomUUID();
    await house.app.query('BEGIN');
    await house.app.query("SELECT set_config('app.role', 'system', true)");
    await post(
      [
        ['B2', 500],
        ['B1', -500],
      ],
      { id },
    );
    await house.app.query('COMMIT');
    const add = (line: number, code: string, fen: number) =>
      house.app.query('INSERT INTO entries VALUES ($1, $2, $3, $4)', [id, line, house.world.accounts[code], fen]);
    expect(
      await attempt(
        system,
        () => add(3, 'B2', 100),
        () => add(4, 'B1', -100),
      ),
    ).toBe('entries_with_their_posting');
    expect(
      await attempt(system, () =>
        house.app.query(
          'INSERT INTO postings (id, fund_id, book, event_type, event_id, business_date, tx) SELECT gen_random_uuid(), fund_id, book, $1, event_id, business_date, tx FROM postings LIMIT 1',
          ['x'],
        ),
      ),
    ).toBe('42501');
  });

  it('posts one event once', async () => {
    const twice = () =>
      house.app.query(
        "INSERT INTO postings (id, fund_id, book, event_type, event_id, business_date) VALUES (gen_random_uuid(), $1, 'cash', 'same', '1', '2020-11-25')",
        [house.world.fund],
      );
    expect(
      await attempt(
        system,
        () => twice(),
        () => twice(),
      ),
    ).toBe('postings_book_fund_id_event_type_event_id_key');
  });
});
