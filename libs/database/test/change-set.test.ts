import { beforeEach, describe, expect, it } from '@jest/globals';
import { commitChanges, lockAndLoad, openDatabase, writeChanges } from '@tranche/database';
import fc from 'fast-check';
import { columnArrays, rowColumns } from '../src/column-arrays.js';
import { attemptAs, system, useHouse } from './house.js';

const house = useHouse();
const attempt = attemptAs(house);

const at = '2020-11-25T09:00:00+08:00';
const place = () => ({ organisation_id: house.world.institution, district: '210102' });
const event = (seq: number) => ({
  case_id: house.world.caseId,
  seq,
  type: 'facts.recorded',
  data: {},
  stamp: {},
  actor: 'x',
  role: 'officer',
  cause: 'http',
  occurred_on: '2020-11-25',
  at,
  recorded_at: at,
  alg: 'a',
  prev_hash: '\\x00',
  hash: '\\x01',
  ...place(),
});
/** One event, and the case moved to its number from the version that was read. */
const move = (from: number, to: number) => ({
  events: [event(to)],
  moveCases: [
    {
      id: house.world.caseId,
      from_version: from,
      version: to,
      state: 'draft',
      standing: 'active',
      snapshot: {},
      head_hash: '\\x01',
      last_at: at,
    },
  ],
});

let version = 0;
beforeEach(async () => {
  const { rows } = await house.owner.query<{ version: number }>('SELECT version FROM cases WHERE id = $1', [house.world.caseId]);
  version = rows[0]?.version ?? 0;
});

describe('a case', () => {
  it('is not written when the case has moved on since it was read', async () => {
    const first = () => writeChanges(house.app, move(version, version + 1));
    expect(await attempt(system, first)).toBe('accepted');
    expect(await attempt(system, first, () => writeChanges(house.app, move(version, version + 2)))).toBe('TR001');
    expect(await attempt(system, first, () => writeChanges(house.app, move(version + 1, version + 2)))).toBe('accepted');
  });

  it('waits for whoever holds it, and then sees what was committed', async () => {
    const database = openDatabase({ url: house.database.appUrl, applicationName: 'tranche-test', max: 2 });
    const [first, second] = await Promise.all([database.hot().connect(), database.hot().connect()]);
    const ids = [house.world.caseId];
    expect((await lockAndLoad(first, system, ids, [])).cases.map((each) => each.version)).toEqual([version]);
    const waiting = lockAndLoad(second, system, ids, []);
    const early = await Promise.race([waiting.then(() => 'read'), new Promise((resolve) => setTimeout(() => resolve('waits'), 200))]);
    await commitChanges(first, move(version, version + 1));
    const seen = await waiting;
    for (const client of [first, second]) client.release(true);
    await database.close();
    expect([early, seen.cases.map((each) => each.version)]).toEqual(['waits', [version + 1]]);
  });
});

describe('rows sent as arrays', () => {
  const types = 'a uuid, b text, c jsonb, d json, e int, f bigint, g bool, h bytea, i date, j timestamptz';
  const columns = rowColumns(types);
  const arrays = columns.map(({ type }, index) => `$${index + 2}::${type}[]`).join(', ');
  const compare = {
    name: 'arrays_beside_json',
    text: `SELECT (SELECT jsonb_agg(to_jsonb(r)) FROM unnest(${arrays}) AS r(${columns.map(({ name }) => name).join(', ')})) AS arrays,
      (SELECT jsonb_agg(to_jsonb(r)) FROM jsonb_to_recordset($1::jsonb) AS r(${types})) AS json`,
  };
  const digits = fc.uint8Array({ maxLength: 40 }).map((bytes) => `\\x${Buffer.from(bytes).toString('hex')}`);
  const moment = fc.date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2090-12-31T00:00:00Z'), noInvalidDate: true });
  const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '{', ',', "'", '补', '😀', '\n', '\u001f') });
  const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { freq: 4 });
  const row = fc.record(
    {
      a: maybe(fc.uuid()),
      b: maybe(text),
      c: maybe(fc.record({ text, list: fc.array(fc.integer()) })),
      d: maybe(fc.dictionary(text, text)),
      e: maybe(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
      f: maybe(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)),
      g: maybe(fc.boolean()),
      h: maybe(digits),
      i: maybe(moment.map((each) => each.toISOString().slice(0, 10))),
      j: maybe(moment.map((each) => each.toISOString().replace('Z', '+00:00'))),
    },
    { requiredKeys: [] },
  );

  it('are the rows that their JSON says, whatever stands in them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
        const { rows: seen } = await house.app.query({ ...compare, values: [JSON.stringify(rows), ...columnArrays(columns, rows)] });
        expect(seen[0].arrays).toEqual(seen[0].json);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['i', '2020-02-1'],
    ['i', 'infinity'],
    ['j', '2020-11-25T09:00:00.123456+08:00'],
    ['j', '2020-11-25 09:00:00'],
    ['a', '01a20582'],
    ['a', '01a20582-1b71-726e-bcc1-16710a6048zz'],
    ['h', 'abcd'],
    ['h', '\\xabc'],
    ['e', 2 ** 31],
    ['f', '1.5'],
    ['g', 'yes'],
  ])('are refused where a value would become another one: %s %s', (name, value) => {
    expect(() => columnArrays(columns, [{ [name]: value }])).toThrow();
  });

  it('are counted like the others: many cases move together, or none of them', async () => {
    const many = (from: number) => {
      const { moveCases } = move(from, from + 17);
      return { moveCases, events: Array.from({ length: 17 }, (_, index) => event(from + 1 + index)) };
    };
    expect(await attempt(system, () => writeChanges(house.app, many(version)))).toBe('accepted');
    expect(await attempt(system, () => writeChanges(house.app, many(version + 1)))).toBe('TR001');
  });
});
