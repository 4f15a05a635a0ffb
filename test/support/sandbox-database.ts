// Sown once in a run, by the first test file that wants it, and copied for the others: sowing takes a second, a copy a tenth.

import { hash } from '@node-rs/argon2';
import { toInstant } from '@tranche/calendar';
import { type SandboxSeed, sandboxStart, seedSandbox } from '@tranche/casework';
import { openDatabase, withClient } from '@tranche/database';
import { v7 } from 'uuid';
import { copyOf, createTestDatabase, type TestDatabase, testServer } from './database.js';
import { sandboxPassword } from './http-client.js';

/** A run signs in many hundreds of times: its accounts have the cheapest hash. Passwords given over HTTP are hashed as in life. */
const cheapest = { memoryCost: 8, timeCost: 1, parallelism: 1 };
const SOWN = 'tranche_sandbox';

export type SandboxDatabase = { readonly test: TestDatabase; readonly seed: SandboxSeed };

/** A database of its own with the seeded sandbox, its legal clock standing at the sandbox's start. */
export async function createSandboxDatabase(): Promise<SandboxDatabase> {
  const seed = await sown();
  const test = await copyOf(SOWN);
  await withClient(test.ownerUrl, (owner) =>
    owner.query('INSERT INTO sandbox_clock (id, offset_ms) VALUES (1, $1)', [toInstant(sandboxStart) - Date.now()]),
  );
  // each world may change its own: what an organisation is paid on is kept there
  return { test, seed: { ...seed } };
}

let known: SandboxSeed | null = null;

/** What was sown; sows when nobody in this run has. The database itself remembers it, since test files share nothing else. */
async function sown(): Promise<SandboxSeed> {
  known ??= await withClient(testServer().url, async (server) => {
    await server.query('SELECT pg_advisory_lock(2)');
    const { rows } = await server.query<{ seed: string | null }>(
      "SELECT shobj_description(oid, 'pg_database') AS seed FROM pg_database WHERE datname = $1",
      [SOWN],
    );
    if (rows[0]) return JSON.parse(rows[0].seed ?? 'null') as SandboxSeed;
    const { test, seed } = await sow();
    await server.query(`ALTER DATABASE ${new URL(test.ownerUrl).pathname.slice(1)} RENAME TO ${SOWN}`);
    await server.query(`COMMENT ON DATABASE ${SOWN} IS ${server.escapeLiteral(JSON.stringify(seed))}`);
    return seed;
  });
  return known;
}

async function sow(): Promise<SandboxDatabase> {
  const test = await createTestDatabase();
  const database = openDatabase({ url: test.appUrl, applicationName: 'tranche-test', max: 4 });
  const oneHash = hash(sandboxPassword, cheapest);
  const people = { hashPassword: () => oneHash, password: sandboxPassword };
  const seed = await seedSandbox(database, { ownerUrl: test.ownerUrl, systemNow: Date.now, newId: v7, ...people });
  await database.close();
  // each copy gets a clock of its own
  await withClient(test.ownerUrl, (owner) => owner.query('DELETE FROM sandbox_clock'));
  return { test, seed };
}
