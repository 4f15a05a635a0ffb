import { accessSync, chmodSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stateCouncilYears } from '@tranche/calendar';
import { embeddedStatus, ensureRoles, prepareDatabase, startEmbedded } from '@tranche/database';
import { Client } from 'pg';

export type TestServer = { stop(): Promise<void> };

/** Cloned by `createTestDatabase`: migrated, with the calendar 2020–2026. */
export const templateDatabase = 'tranche_template';

const prefix = 'tranche-test-';

/** A power cut would lose data, and that is fine for a test; nobody guesses its passwords, and a run signs in thousands of times. */
const settings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  scram_iterations: 1,
  log_min_duration_statement: -1,
  max_wal_size: '512MB',
};

/**
 * Starts the server of a test run and leaves how to reach it in the environment: TRANCHE_TEST_SERVER (superuser's URL),
 * TRANCHE_TEST_PASSWORDS (JSON) and TRANCHE_TEST_FOLDER (removed with it). It ends with this process, however that dies. A run inside a run (a test of `npm test`) uses the
 * server it finds there.
 */
export async function startTestServer(): Promise<void> {
  if (process.env['TRANCHE_TEST_SERVER'] !== undefined) return;
  removeLeftovers(place());
  const dir = mkdtempSync(join(place(), prefix));
  chmodSync(dir, 0o755);
  const server = await startEmbedded({ dir, settings });
  const { superuserUrl, passwords } = server;
  const running: TestServer = {
    stop: async () => {
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  (globalThis as { trancheTestServer?: TestServer }).trancheTestServer = running;
  try {
    await ensureRoles(superuserUrl, passwords);
    const { ownerUrl } = await prepareDatabase(superuserUrl, { database: templateDatabase, passwords });
    await loadCalendar(ownerUrl);
  } catch (error) {
    await running.stop();
    throw error;
  }
  process.env['TRANCHE_TEST_SERVER'] = superuserUrl;
  process.env['TRANCHE_TEST_FOLDER'] = dir;
  process.env['TRANCHE_TEST_PASSWORDS'] = JSON.stringify(passwords);
}

const MEMORY = '/dev/shm';
/** Several times what the databases and the log of a run hold at once. */
const ENOUGH_BYTES = 4 * 2 ** 30;

/**
 * Where a run's server keeps its files: in memory where the system has room there, since a database is over a thousand files and a run makes
 * and drops hundreds; otherwise among the temporary ones.
 */
function place(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (Math.min(bavail * bsize, process.availableMemory()) > ENOUGH_BYTES) {
      accessSync(MEMORY, constants.W_OK);
      return MEMORY;
    }
  } catch {
    // no such place, or not ours to write in
  }
  return tmpdir();
}

async function loadCalendar(ownerUrl: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    for (const { year, notice, off, work } of stateCouncilYears) {
      await client.query("INSERT INTO calendar_years (year, notice, imported_by) VALUES ($1, $2, 'system:test')", [year, notice]);
      await client.query(
        `INSERT INTO calendar_days (day, year, kind)
         SELECT day, $1::int, 'off' FROM unnest($2::date[]) day UNION ALL SELECT day, $1::int, 'work' FROM unnest($3::date[]) day`,
        [year, off, work],
      );
    }
    await client.query('UPDATE calendar_revision SET revision = revision + 1');
  } finally {
    await client.end();
  }
}

/** Folders of runs that were killed: no server, and older than any run lasts. */
function removeLeftovers(within: string): void {
  const hourAgo = Date.now() - 3_600_000;
  for (const name of readdirSync(within).filter((each) => each.startsWith(prefix))) {
    const folder = join(within, name);
    try {
      if (statSync(folder).mtimeMs < hourAgo && !embeddedStatus(folder).running) rmSync(folder, { recursive: true, force: true });
    } catch {
      // another account's, or just removed by another run: not ours to clean
    }
  }
}
