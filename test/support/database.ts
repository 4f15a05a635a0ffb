import { randomUUID } from 'node:crypto';
import { appRole, auditorRole, databaseUrl, ownerRole, type RolePasswords } from '@tranche/database';
import { Client } from 'pg';

export type TestDatabase = { ownerUrl: string; appUrl: string; auditUrl: string; drop(): Promise<void> };

/**
 * A database of its own for a test file: migrated, calendar 2020–2026, nothing else. Close all pools before `drop`.
 * Row-level security binds the application: write fixtures as the owner, or as `systemActor`.
 */
export const createTestDatabase = (): Promise<TestDatabase> => copyOf('tranche_template');

/** The server of this run, as its superuser. */
export function testServer(): { readonly url: string; readonly passwords: RolePasswords } {
  const url = process.env['TRANCHE_TEST_SERVER'];
  const passwords = JSON.parse(process.env['TRANCHE_TEST_PASSWORDS'] ?? 'null') as RolePasswords | null;
  if (!url || !passwords) throw new Error('TRANCHE_TEST_SERVER is not set: run the tests with jest and its global set-up');
  return { url, passwords };
}

/** A copy of a database that nobody is connected to. */
export async function copyOf(template: string): Promise<TestDatabase> {
  const { url: serverUrl, passwords } = testServer();
  const database = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(serverUrl, [
    // a template may have no other connection; CREATE DATABASE of two test files at once waits for its turn
    'SELECT pg_advisory_lock(1)',
    `CREATE DATABASE ${database} TEMPLATE ${template} OWNER ${ownerRole} STRATEGY file_copy`,
    `REVOKE CONNECT, TEMPORARY ON DATABASE ${database} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${database} TO ${appRole}, ${auditorRole}`,
  ]);
  return {
    ownerUrl: databaseUrl(serverUrl, { user: ownerRole, password: passwords.owner, database }),
    appUrl: databaseUrl(serverUrl, { user: appRole, password: passwords.app, database }),
    auditUrl: databaseUrl(serverUrl, { user: auditorRole, password: passwords.auditor ?? '', database }),
    drop: () => onServer(serverUrl, [`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`]),
  };
}

async function onServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
