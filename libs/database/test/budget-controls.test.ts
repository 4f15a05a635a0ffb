import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { attemptAs, person, system, useHouse } from './house.js';

const house = useHouse();
const attempt = attemptAs(house);

type Line = readonly [code: string, fen: number];

async function post(client: Pick<pg.ClientBase, 'query'>, book: 'cash' | 'budget', event: string, id: string, lines: readonly Line[]) {
  const posting = randomUUID();
  await client.query(
    "INSERT INTO postings (id, fund_id, book, event_type, event_id, business_date) VALUES ($1, $2, $3, $4, $5, '2020-11-25')",
    [posting, house.world.fund, book, event, id],
  );
  await client.query(
    'INSERT INTO entries SELECT $1, line.no, line.account, line.fen FROM unnest($2::bigint[], $3::bigint[]) WITH ORDINALITY AS line(account, fen, no)',
    [posting, lines.map(([code]) => house.world.accounts[code]), lines.map(([, fen]) => fen)],
  );
}

/** As the owner, for good: budget to test with. */
const grant = (fen: number) =>
  committed(house.owner, () =>
    post(house.owner, 'budget', 'granted', randomUUID(), [
      ['B1', -fen],
      ['B2', fen],
    ]),
  );

async function committed(client: pg.Client, work: () => Promise<unknown>): Promise<void> {
  await client.query('BEGIN');
  await work();
  await client.query('COMMIT');
}

describe('the available budget', () => {
  it('never falls below zero, however many reserve at once', async () => {
    await grant(600);
    const pool = new pg.Pool({ connectionString: house.database.appUrl, max: 24 });
    const reserve = async (): Promise<string> => {
      const client = await pool.connect();
      try {
        await client.query("BEGIN; SELECT set_config('app.role', 'system', true)");
        await post(client, 'budget', 'reserved', randomUUID(), [
          ['B2', -1],
          ['B3', 1],
        ]);
        await client.query('COMMIT');
        return 'reserved';
      } catch (error) {
        await client.query('ROLLBACK');
        return (error as { constraint?: string }).constraint ?? String(error);
      } finally {
        client.release();
      }
    };
    const answers = await Promise.all(Array.from({ length: 1_000 }, reserve));
    await pool.end();
    const counted = Object.fromEntries([...new Set(answers)].map((each) => [each, answers.filter((answer) => answer === each).length]));
    expect(counted).toEqual({ reserved: 600, account_balances_not_negative: 400 });
    const { rows } = await house.owner.query<{ code: string; fen: string }>(
      `SELECT a.code, sum(e.amount_fen)::text AS fen FROM accounts a JOIN entries e ON e.account_id = a.id WHERE a.fund_id = $1 GROUP BY 1 ORDER BY 1`,
      [house.world.fund],
    );
    expect(rows).toEqual([
      { code: 'B1', fen: '-600' },
      { code: 'B2', fen: '0' },
      { code: 'B3', fen: '600' },
    ]);
  });

  it('knows every account of the chart and no other', async () => {
    const add = (book: string, code: string) => () =>
      house.app.query('INSERT INTO accounts (fund_id, book, code, min_zero) VALUES ($1, $2, $3, false)', [house.world.fund, book, code]);
    expect(await attempt(system, add('cash', '2199'))).toBe('accounts_chart');
    expect(await attempt(system, add('budget', '2103'))).toBe('accounts_chart');
    expect(await attempt(system, add('cash', '2103'))).toBe('accounts_fund_id_book_code_key');
  });
});

describe('the closing of a fiscal year', () => {
  const app = () => house.app;
  let reserved = 0;
  let available = 0;
  beforeAll(async () => {
    await grant(150);
    await committed(house.owner, () =>
      post(house.owner, 'budget', 'reserved', randomUUID(), [
        ['B2', -100],
        ['B3', 100],
      ]),
    );
    const { rows } = await house.owner.query<{ code: string; fen: string }>(
      'SELECT a.code, sum(e.amount_fen)::text AS fen FROM accounts a JOIN entries e ON e.account_id = a.id WHERE a.fund_id = $1 GROUP BY 1',
      [house.world.fund],
    );
    [available = 0, reserved = 0] = ['B2', 'B3'].map((wanted) => Number(rows.find(({ code }) => code === wanted)?.fen));
  });
  const closing = randomUUID();
  const propose = (by: string, id: string = closing, fund = house.world.fund) =>
    app().query(
      "INSERT INTO fund_closings (id, fund_id, document_no, cite, state, proposed_by) VALUES ($1, $2, '1号', '{}', 'proposed', $3)",
      [id, fund, by],
    );
  const lapse = (fen: number) =>
    post(app(), 'budget', 'fund.closed', closing, [
      ['B2', -fen],
      ['B9', fen],
    ]);
  const approve = (by: string, lapsed: number, carried: number) =>
    app().query(
      "UPDATE fund_closings SET state = 'approved', decided_by = $2, decided_on = '2021-01-05', lapsed_fen = $3, carried_fen = $4 WHERE id = $1",
      [closing, by, lapsed, carried],
    );

  it('is proposed by one and decided by another, each in the own name', async () => {
    const { users } = house.world;
    const maker = person(users.maker, 'maker');
    expect(await attempt(maker, () => propose(users.checker))).toBe('42501');
    expect(await attempt(maker, () => propose(users.maker))).toBe('accepted');
    expect(
      await attempt(
        system,
        () => propose(users.maker),
        () => lapse(available),
        () => approve(users.maker, available, reserved),
      ),
    ).toBe('fund_closings_four_eyes');
    expect(await attempt(person(users.checker, 'checker'), () => propose(users.checker))).toBe('accepted');
    const born = () =>
      app().query(
        "INSERT INTO fund_closings (id, fund_id, document_no, cite, state, proposed_by, decided_by, decided_on, lapsed_fen, carried_fen) VALUES (gen_random_uuid(), $1, '1号', '{}', 'approved', $2, $3, '2021-01-05', 0, 600)",
        [house.world.fund, users.maker, users.checker],
      );
    expect(await attempt(system, born)).toBe('fund_closings_four_eyes');
  });

  it('says what the books say, and leaves nothing that could be spent', async () => {
    const { users } = house.world;
    const begun = () => propose(users.maker);
    expect(
      await attempt(
        system,
        begun,
        () => lapse(available),
        () => approve(users.checker, available, reserved),
      ),
    ).toBe('accepted');
    expect(
      await attempt(
        system,
        begun,
        () => lapse(available),
        () => approve(users.checker, available, reserved - 1),
      ),
    ).toBe('fund_closings_as_posted');
    expect(
      await attempt(
        system,
        begun,
        () => lapse(available),
        () => approve(users.checker, available - 1, reserved),
      ),
    ).toBe('fund_closings_as_posted');
    expect(
      await attempt(
        system,
        begun,
        () => lapse(available - 10),
        () => approve(users.checker, available - 10, reserved),
      ),
    ).toBe('account_balances_closed_year');
  });

  it('is final: no new budget, nothing reserved or given back, no second closing, no edit', async () => {
    const { users, fund } = house.world;
    const closed = [() => propose(users.maker), () => lapse(available), () => approve(users.checker, available, reserved)];
    const giveBack = () =>
      post(app(), 'budget', 'returned', randomUUID(), [
        ['B3', -1],
        ['B2', 1],
      ]);
    const more = () =>
      app().query(
        "INSERT INTO appropriations (id, fund_id, amount_fen, document_no, state, proposed_by) VALUES (gen_random_uuid(), $1, 1, 'x', 'proposed', $2)",
        [fund, users.maker],
      );
    expect(await attempt(system, ...closed, giveBack)).toBe('account_balances_closed_year');
    expect(await attempt(system, ...closed, more)).toBe('funds_closed');
    expect(await attempt(system, ...closed, () => propose(users.maker, randomUUID()))).toBe('fund_closings_once');
    expect(await attempt(system, ...closed, () => approve(users.checker, available, reserved))).toBe('fund_closings_immutable');
    expect(await attempt(system, () => app().query('UPDATE fund_closings SET document_no = document_no'))).toBe('42501');
    expect(await attempt(system, () => app().query('DELETE FROM fund_closings'))).toBe('42501');
  });

  it('waits for the year to be over', async () => {
    const { users, fund } = house.world;
    await house.owner.query('UPDATE funds SET fiscal_year = 2199 WHERE id = $1', [fund]);
    expect(
      await attempt(
        system,
        () => propose(users.maker),
        () => lapse(available),
        () => approve(users.checker, available, reserved),
      ),
    ).toBe('fund_closings_year_over');
    await house.owner.query('UPDATE funds SET fiscal_year = 2020 WHERE id = $1', [fund]);
  });
});

describe('money due to the treasury', () => {
  const remit = (fen: number) => async () => {
    const id = randomUUID();
    await house.app.query(
      "INSERT INTO appropriations (id, fund_id, amount_fen, document_no, kind, state, proposed_by) VALUES ($1, $2, $3, '上缴', 'remittance', 'proposed', $4)",
      [id, house.world.fund, fen, house.world.users.maker],
    );
    await post(house.app, 'cash', 'treasury.remitted', id, [
      ['1001', -fen],
      ['2103', fen],
    ]);
    await house.app.query("UPDATE appropriations SET state = 'approved', approved_by = $2 WHERE id = $1", [id, house.world.users.checker]);
  };
  const due = () =>
    post(house.app, 'cash', 'test', randomUUID(), [
      ['2103', -80],
      ['3001', 80],
    ]);

  it('is paid to it, and not a fen more', async () => {
    expect(await attempt(system, due, remit(80))).toBe('accepted');
    expect(await attempt(system, due, remit(81))).toBe('remittances_within_due');
  });
});

describe('a payment', () => {
  it('is charged to the year of its fund, whatever is written', async () => {
    const { world, app } = house;
    const year = async () => {
      const { rows } = await app.query<{ fund_year: number }>(
        `INSERT INTO disbursements (id, case_id, payment, round, amount_fen, fund_id, fund_year, payee_account_id, state, requested_on, organisation_id, district)
         VALUES (gen_random_uuid(), $1, 'year', 1, 10000, $2, 2025, $3, 'requested', '2020-11-26', $4, '210102') RETURNING fund_year`,
        [world.caseId, world.fund, world.payeeAccount, world.institution],
      );
      expect(rows).toEqual([{ fund_year: 2020 }]);
    };
    expect(await attempt(system, year)).toBe('accepted');
  });
});
