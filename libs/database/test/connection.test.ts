import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, openDatabase, systemActor } from '@tranche/database';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';

const actor = systemActor('test');

describe('a database connection', () => {
  let made: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    made = await createTestDatabase();
    const owner = new pg.Client({ connectionString: made.ownerUrl });
    await owner.connect();
    await owner.query(
      'CREATE TABLE counters (id int PRIMARY KEY, n int NOT NULL); INSERT INTO counters VALUES (1, 0), (2, 0); GRANT SELECT, UPDATE ON counters TO tranche_app',
    );
    await owner.end();
    database = openDatabase({ url: made.appUrl, max: 4, applicationName: 'test' });
  });
  afterAll(async () => {
    await database.close();
    await made.drop();
  });

  const count = async (id: number) => (await database.read<{ n: number }>(actor, 'SELECT n FROM counters WHERE id = $1', [id]))[0]?.n;

  it('delivers int8 as bigint, dates as text, instants as epoch milliseconds, numerics as text, json parsed', async () => {
    const [row] = await database.read(
      actor,
      `SELECT 9007199254740993::int8 AS fen, '2020-11-25'::date AS day, '2020-11-25T09:00:00.123+08:00'::timestamptz AS at, 1.10::numeric AS n,
              '{"a":[1]}'::jsonb AS j, '\\x00ff'::bytea AS b, ARRAY[1, NULL]::int8[] AS fens, ARRAY['2020-11-25']::date[] AS days, NULL::timestamptz AS never`,
    );
    expect(row).toEqual({
      fen: 9007199254740993n,
      day: '2020-11-25',
      at: Date.UTC(2020, 10, 25, 1, 0, 0, 123),
      n: '1.10',
      j: { a: [1] },
      b: Buffer.from([0, 255]),
      fens: [1n, null],
      days: ['2020-11-25'],
      never: null,
    });
    expect(pg.types.getTypeParser(20)('1')).toBe('1');
  });

  it('carries the actor into the transaction and leaves nothing of it behind', async () => {
    const settings = `SELECT current_setting('app.user', true) AS u, current_setting('app.role', true) AS r, current_setting('app.org', true) AS o, current_setting('app.district', true) AS d`;
    const inspector = { userId: 'u1', role: 'inspector' as const, organisationId: null, district: '210102' };
    expect(await database.read(inspector, settings)).toEqual([{ u: 'u1', r: 'inspector', o: '', d: '210102' }]);
    expect(await database.transaction(inspector, async (tx) => (await tx.query(settings)).rows)).toEqual([
      { u: 'u1', r: 'inspector', o: '', d: '210102' },
    ]);
    const left = await Promise.all(Array.from({ length: 8 }, async () => (await database.pool.query(settings)).rows[0]));
    for (const row of left) expect(Object.values(row).filter(Boolean)).toEqual([]);
  });

  it('a read writes nothing, and its error leaves the connection usable', async () => {
    await expect(database.read(actor, 'UPDATE counters SET n = 7')).rejects.toMatchObject({ code: '25006' });
    await expect(database.read(actor, 'SELECT nonsense')).rejects.toMatchObject({ code: '42703' });
    expect(await count(1)).toBe(0);
  });

  it('rolls back what throws, and never takes a swallowed failure for a commit', async () => {
    const write = 'UPDATE counters SET n = n + 1 WHERE id = 1';
    await expect(
      database.transaction(actor, async (tx) => {
        await tx.query(write);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await expect(
      database.transaction(actor, async (tx) => {
        await tx.query(write);
        await tx.query('SELECT nonsense').catch(() => undefined);
      }),
    ).rejects.toThrow('rolled back');
    expect(await count(1)).toBe(0);
  });

  it('tries a deadlock again: both transactions commit', async () => {
    let attempts = 0;
    let holding = 0;
    let meet: () => void = () => undefined;
    const bothHoldOne = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const crossing = (first: number, second: number) =>
      database.transaction(actor, async (tx) => {
        attempts += 1;
        await tx.query('UPDATE counters SET n = n + 1 WHERE id = $1', [first]);
        holding += 1;
        if (holding === 2) meet();
        await bothHoldOne;
        await tx.query('UPDATE counters SET n = n + 1 WHERE id = $1', [second]);
      });
    await Promise.all([crossing(1, 2), crossing(2, 1)]);
    expect([await count(1), await count(2)]).toEqual([2, 2]);
    // on a busy machine the server may end both
    expect(attempts).toBeGreaterThanOrEqual(3);
  });

  it('gives up a deadlock after the retries asked for, and passes on every other error at once', async () => {
    let attempts = 0;
    const raise = (code: string) =>
      database.transaction(
        actor,
        async (tx) => {
          attempts += 1;
          await tx.query(`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${code}'; END $$`);
        },
        { retries: 2 },
      );
    await expect(raise('40001')).rejects.toMatchObject({ code: '40001' });
    expect(attempts).toBe(3);
    await expect(raise('23514')).rejects.toMatchObject({ code: '23514' });
    expect(attempts).toBe(4);
  });

  it('outlives the loss of its connections', async () => {
    const owner = new pg.Client({ connectionString: made.appUrl });
    await owner.connect();
    await database.read(actor, 'SELECT 1');
    await owner.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()',
    );
    await owner.end();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await count(1)).toBe(2);
  });

  it('pipelines on the hot pool: statements sent together come back in order', async () => {
    const client = await database.hot().connect();
    const answers = await Promise.all([1, 2, 3].map((n) => client.query('SELECT $1::int AS n', [n])));
    client.release();
    expect(answers.map(({ rows }) => rows[0].n)).toEqual([1, 2, 3]);
    expect(database.hot()).not.toBe(database.pool);
  });
});
