import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Finding, type FindingKind, vouchedTables } from '@tranche/casework';
import { fillEveryTable } from './full-house.js';
import { type AuditedHouse, auditedHouse } from './house.js';
import { type Column, changed, choices, columnsOf } from './tamper.js';

/** Looked at value by value in single-change.test.ts. */
const byValue: ReadonlySet<string> = new Set([
  ...['cases', 'case_terms', 'case_events', 'case_facts', 'case_duties', 'postings', 'entries', 'account_balances', 'accounts'],
  ...['disbursements', 'transfers', 'recoveries', 'recovery_receipts', 'checkpoints'],
]);
/** What changes with another table is looked at in a round of its own, so that a finding is its own. */
const dependent: readonly (readonly [name: string, tables: readonly string[]])[] = [
  [
    'in to-dos, notices, claims, results, the calendar, files',
    ['tasks', 'notices', 'exclusion_claims', 'acceptance_results', 'calendar_days', 'bank_files', 'batches'],
  ],
  ['in rosters and years', ['trainees', 'calendar_years', 'bank_file_parts', 'batch_approvals']],
  ['in arrangements and papers', ['calendar_proposals', 'bank_file_lines', 'appropriations']],
  ['in what was handed over', ['bank_file_deliveries']],
];

/** Looked at where there are some: in the tests of the migration, of set-offs and of the closing of a year. */
const rowless = ['machine_migrations', 'set_offs', 'fund_closings'];

type Vouched = {
  readonly table: string;
  readonly kinds: readonly FindingKind[];
  readonly apart: ReadonlySet<string>;
  readonly unseen: object;
  readonly only: string;
};
const vouched: Vouched[] = Object.entries(vouchedTables).flatMap(([table, vouching]) =>
  'kinds' in vouching
    ? [
        {
          table,
          kinds: vouching.kinds,
          apart: new Set(Object.keys(vouching.apart ?? {})),
          unseen: vouching.unseen ?? {},
          only: vouching.only?.sql ?? 'true',
        },
      ]
    : [],
);

let house: AuditedHouse;
let columns: Column[];
beforeAll(async () => {
  house = await auditedHouse(fillEveryTable);
  await house.superuser.query('CREATE SCHEMA kept');
  columns = await columnsOf(
    house.superuser,
    vouched.map(({ table }) => table),
  );
}, 120_000);
afterAll(() => house?.close());

describe('a house nobody touched', () => {
  it('verifies green, with every case told again and the checkpoint as witness', async () => {
    const report = await house.verify();
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ ok: true, notReplayed: 0, checkpoints: { witnessed: true, files: 1, rows: 1, leaves: report.cases } });
  });
});

describe('the tables of the database', () => {
  it('are all listed, each with how it is vouched for, and no other', async () => {
    const { rows } = await house.superuser.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`,
    );
    expect(Object.keys(vouchedTables).sort()).toEqual(rows.map(({ name }) => name).sort());
  });

  it('stand with rows in this house where they are vouched for, and every column set apart exists', async () => {
    for (const { table, apart } of vouched) {
      const { rowCount } = await house.superuser.query(`SELECT FROM ${table} LIMIT 1`);
      if (!rowless.includes(table)) expect([table, rowCount]).toEqual([table, 1]);
      const known = columns.filter((each) => each.table === table).map(({ column }) => column);
      expect([table, [...apart].filter((column) => !known.includes(column))]).toEqual([table, []]);
    }
  });
});

/** Does this table's fault stand in the report, by the table's name or by one of its kinds? */
const names = ({ table, kinds }: Vouched, findings: readonly Finding[]): boolean =>
  findings.some((each) => kinds.includes(each.kind) && (each.table === undefined || each.table === table));

const refused = (error: unknown): boolean => /^23|^428C9/.test((error as { code?: string }).code ?? '');

/** Runs statements behind every control, looks, and puts the tables back. Those that a constraint refuses are left out. */
async function meddled(statements: readonly Change[]): Promise<{ done: string[]; findings: readonly Finding[] }> {
  const { superuser } = house;
  const done: string[] = [];
  const tables = [...new Set(statements.map(({ of }) => of.split('.')[0]!))];
  for (const table of tables) await superuser.query(`CREATE TABLE kept.${table} AS TABLE ${table}`);
  try {
    for (const { of, sql, params } of statements)
      await superuser.query(sql, params).then(
        ({ rowCount }) => (rowCount === 0 ? 0 : done.push(of)),
        (error: unknown) => {
          if (!refused(error)) throw error;
        },
      );
    return { done, findings: (await house.verify()).findings };
  } finally {
    for (const table of tables)
      await superuser.query(
        `DELETE FROM ${table}; INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM kept.${table}; DROP TABLE kept.${table}`,
      );
  }
}

const open = vouched.filter(({ table }) => !byValue.has(table));
const named = new Set(dependent.flatMap(([, tables]) => tables));
const groups: readonly (readonly [name: string, group: readonly Vouched[]])[] = [
  ['in tables that no other speaks of', open.filter(({ table }) => !named.has(table))],
  ...dependent.map(([name, tables]) => [name, open.filter(({ table }) => tables.includes(table))] as const),
];

describe('a changed column', () => {
  it.each(groups)(
    'is found %s',
    async (_, group) => {
      const unseen: string[] = [];
      const wanted = group.map(({ table, apart }) => columns.filter((each) => each.table === table && !apart.has(each.column)));
      const rounds = Math.max(...wanted.map(({ length }) => length));
      for (let round = 0; round < rounds; round += 1) {
        const changes: Change[] = [];
        for (const [at, each] of group.entries()) changes.push(...(await changeOf(each, wanted[at]?.[round], round)));
        const { done, findings } = await meddled(changes);
        for (const of of done) {
          const vouching = group.find(({ table }) => of.startsWith(`${table}.`))!;
          if (!names(vouching, findings)) unseen.push(of);
        }
      }
      expect(unseen).toEqual([]);
    },
    120_000,
  );
});

type Change = { readonly of: string; readonly sql: string; readonly params?: unknown[] };

async function changeOf({ table, only }: Vouched, column: Column | undefined, round: number): Promise<Change[]> {
  if (!column) return [];
  const choose = choices(7919 + round);
  const { rows } = await house.superuser.query<{ ctid: string; value: string }>(
    `SELECT ctid::text AS ctid, ${column.column}::text AS value FROM ${table} WHERE ${column.column} IS NOT NULL AND (${only}) ORDER BY ${column.key}`,
  );
  const row = rows[choose(rows.length || 1)];
  if (!row) return [];
  const value = changed(column.type, row.value, choose);
  return [
    {
      of: `${table}.${column.column}: ${row.value} → ${value}`.slice(0, 200),
      sql: `UPDATE ${table} SET ${column.column} = $1::${column.type} WHERE ctid = $2::tid`,
      params: [value, row.ctid],
    },
  ];
}

describe('a row', () => {
  it('that is deleted is found in every table', async () => {
    const unseen: string[] = [];
    for (const [, group] of groups) {
      const wanted = group.filter(({ unseen: known }) => !('deleted' in known));
      const { done, findings } = await meddled(
        wanted.map(({ table, only }) => ({
          of: table,
          sql: `DELETE FROM ${table} WHERE ctid = (SELECT min(ctid::text)::tid FROM ${table} WHERE ${only})`,
        })),
      );
      unseen.push(...done.filter((table) => !names(wanted.find((each) => each.table === table)!, findings)));
    }
    expect(unseen).toEqual([]);
  }, 120_000);

  it('that is deleted of claims by key is found like one of a roster', async () => {
    const { done, findings } = await meddled([
      {
        of: 'exclusion_claims',
        sql: `DELETE FROM exclusion_claims WHERE ctid = (SELECT min(ctid::text)::tid FROM exclusion_claims WHERE live AND source <> 'roster')`,
      },
    ]);
    expect(done).toEqual(['exclusion_claims']);
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'claims-differ' }));
  }, 120_000);

  it('that is added is found in every table', async () => {
    const unseen: string[] = [];
    const refusedByKey: string[] = [];
    for (const [, group] of groups) {
      const wanted = group.filter(({ unseen: known }) => !('added' in known));
      const rows: Change[] = [];
      for (const each of wanted) rows.push(await added(each));
      const { done, findings } = await meddled(rows);
      unseen.push(...done.filter((table) => !names(wanted.find((each) => each.table === table)!, findings)));
      refusedByKey.push(...wanted.map(({ table }) => table).filter((table) => !done.includes(table)));
    }
    expect(unseen).toEqual([]);
    // one class a case, one debit a transfer, a year that there is: a constraint needs no trigger
    expect(refusedByKey.filter((table) => !rowless.includes(table)).sort()).toEqual([
      'batch_approvals',
      'calendar_proposals',
      'calendar_years',
      'classes',
      'matches',
    ]);
  }, 120_000);
});

/** A copy of a row under another key: every column of a unique key changed as little as may be. */
async function added({ table, only }: Vouched): Promise<Change> {
  const unique = await house.superuser.query<{ column: string; type: string }>(
    `SELECT DISTINCT a.attname AS column, format_type(a.atttypid, NULL) AS type FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
     WHERE i.indrelid = $1::regclass AND i.indisunique AND a.attname NOT IN ('case_id')`,
    [table],
  );
  const own = columns.filter((each) => each.table === table).map(({ column }) => column);
  const fresh = new Map(unique.rows.map(({ column, type }) => [column, other(column, type)]));
  const list = own.map((column) => fresh.get(column) ?? column).join(', ');
  return {
    of: table,
    sql: `INSERT INTO ${table} (${own.join(', ')}) OVERRIDING SYSTEM VALUE SELECT ${list} FROM ${table} WHERE ctid = (SELECT max(ctid::text)::tid FROM ${table} WHERE ${only})`,
  };
}

function other(column: string, type: string): string {
  if (type === 'uuid') return 'gen_random_uuid()';
  if (type === 'integer' || type === 'bigint') return `${column} + 1000`;
  if (type === 'date') return `${column} + 1`;
  if (type === 'bytea') return `sha256(${column})`;
  if (type === 'text') return `${column} || 'x'`;
  return column;
}
