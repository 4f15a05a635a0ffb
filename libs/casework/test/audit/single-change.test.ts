import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { vouchedTables } from '@tranche/casework';
import { type AuditedHouse, auditedHouse } from './house.js';
import { type Column, changed, choices, columnsOf } from './tamper.js';

const tables = [
  'cases',
  'case_terms',
  'case_events',
  'case_facts',
  'case_duties',
  'postings',
  'entries',
  'account_balances',
  'accounts',
  'disbursements',
  'transfers',
  'recoveries',
  'recovery_receipts',
  'checkpoints',
];
/** Columns that are compared only in some rows. */
const only: Readonly<Record<string, string>> = {
  // the two books of an appropriation must agree; a batch has one, and its legal day stands nowhere else
  'postings.business_date': "case_id IS NOT NULL OR event_type = 'appropriation.approved'",
  // an obligation that was never sent is named by nobody
  'disbursements.id': "state NOT IN ('requested', 'cancelled')",
};
/** What the table of tables sets apart, with its reason. */
function setApart(table: string, column: string): boolean {
  const vouching = vouchedTables[table];
  return vouching !== undefined && 'apart' in vouching && vouching.apart?.[column] !== undefined;
}
const tries = 2;
/** Changes already made: two tries may fall on the same value of the same row. */
const made = new Set<string>();

let house: AuditedHouse;
let columns: Column[];
beforeAll(async () => {
  house = await auditedHouse();
  columns = (await columnsOf(house.superuser, tables)).filter(({ table, column }) => !setApart(table, column));
}, 90_000);
afterAll(() => house?.close());

/** Changes one value of one row behind every trigger, looks, and puts it back. Null: the row could not hold the changed value, or did already. */
async function seen(
  { table, column, type, key }: Column,
  choose: (below: number) => number,
): Promise<{ change: string; found: boolean } | null> {
  const { superuser } = house;
  const { rows } = await superuser.query<{ id: string; value: string }>(
    `SELECT ${key} AS id, ${column}::text AS value FROM ${table} WHERE ${column} IS NOT NULL AND (${only[`${table}.${column}`] ?? 'true'}) ORDER BY 1`,
  );
  const row = rows[choose(rows.length)];
  if (!row) return null;
  const value = changed(type, row.value, choose);
  const change = `${table}.${column} of ${row.id}: ${row.value} → ${value}`;
  if (made.has(change)) return null;
  made.add(change);
  const set = (to: string, where: string, id: string) =>
    superuser.query(`UPDATE ${table} SET ${column} = $1::${type} WHERE ${where} = $2`, [to, id]);
  const locate = await rowPlace(table, key, row.id);
  try {
    await set(value, 'ctid::text', locate);
  } catch (error) {
    // a CHECK, a unique key or a foreign key, which no trigger can switch off, refuses the value itself
    // (or it is GENERATED ALWAYS)
    if (/^23|^428C9/.test((error as { code?: string }).code ?? '')) return null;
    throw error;
  }
  const report = await house.verify();
  const moved = await superuser.query<{ place: string }>(
    `SELECT ctid::text AS place FROM ${table} WHERE ${column}::text = $1::${type}::text AND xmin = (SELECT max(xmin::text::bigint)::text::xid FROM ${table})`,
    [value],
  );
  await set(row.value, 'ctid::text', moved.rows[0]?.place ?? '');
  return { change, found: !report.ok };
}

async function rowPlace(table: string, key: string, id: string): Promise<string> {
  const { rows } = await house.superuser.query<{ place: string }>(`SELECT ctid::text AS place FROM ${table} WHERE ${key} = $1`, [id]);
  return rows[0]?.place ?? '';
}

describe('a single changed value', () => {
  it.each(tables)(
    'of %s is found, whichever column and row',
    async (table) => {
      const unseen: string[] = [];
      let tried = 0;
      for (const column of columns.filter((each) => each.table === table))
        for (let seed = 1; seed <= tries; seed += 1) {
          const result = await seen(column, choices(seed * 7919 + column.column.length));
          if (result) tried += 1;
          if (result && !result.found) unseen.push(result.change);
        }
      expect(unseen).toEqual([]);
      expect(tried).toBeGreaterThan(0);
      expect((await house.verify()).findings).toEqual([]);
    },
    120_000,
  );
});

describe('a snapshot that says the same in another way', () => {
  it.each<readonly [string, (text: string) => string]>([
    ['with a blank more', (text) => text.replace(',', ',  ')],
    ['with a line end', (text) => `${text}\n`],
    ['with a key twice', (text) => text.replace('{', '{"status":"done",')],
    ['with an escape more', (text) => text.replace('active', '\\u0061ctive')],
  ])('is found: %s', async (_, rewritten) => {
    const { superuser } = house;
    const { rows } = await superuser.query<{ id: string; text: string }>(
      'SELECT id, snapshot::text AS text FROM cases ORDER BY id LIMIT 1',
    );
    const [row] = rows;
    if (!row) throw new Error('no case');
    const put = (text: string) => superuser.query('UPDATE cases SET snapshot = $2 WHERE id = $1', [row.id, text]);
    expect(JSON.parse(rewritten(row.text))).toEqual(JSON.parse(row.text));
    await put(rewritten(row.text));
    const found = (await house.verify()).findings;
    await put(row.text);
    expect(found.map(({ kind }) => kind)).toContain('snapshot-differs');
  });

  it('is not found where jsonb had kept it before it was kept as written', async () => {
    const { superuser } = house;
    const { rows } = await superuser.query<{ id: string; text: string }>('SELECT id, snapshot::text AS text FROM cases');
    await superuser.query('UPDATE cases SET snapshot = snapshot::text::jsonb::text::json');
    expect((await house.verify()).findings).toEqual([]);
    for (const { id, text } of rows) await superuser.query('UPDATE cases SET snapshot = $2 WHERE id = $1', [id, text]);
  });
});
