// The place where everything is measured: one durable Postgres (fsync on), the sandbox seeded through the product's own use-cases.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { legalNow, makeHouse, moveSandboxClock, openCase, sandboxPeople, seedSandbox, sha256Of } from '@tranche/casework';
import { databaseUrl, openDatabase, prepareDatabase, startEmbedded } from '@tranche/database';
import pg from 'pg';
import { v7 } from 'uuid';
import { profilingSettings } from './phase-profile.mjs';

/** Durable: a commit is on the disk before it is answered. Sized so that checkpoints do not decide the outcome. */
const settings = {
  shared_buffers: '2GB',
  min_wal_size: '1GB',
  max_wal_size: '6GB',
  checkpoint_timeout: '30min',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  log_min_duration_statement: -1,
  ...profilingSettings,
};

/**
 * Starts the server and prepares an empty sandbox on it. `copy` makes a second database of what stands in it (nothing may be under way)
 * and answers its URLs; `close` stops the server and removes its files, `abandon` does so under whoever still uses it.
 */
export async function openPlace() {
  const dir = mkdtempSync(join(tmpdir(), 'tranche-bench-'));
  chmodSync(dir, 0o755);
  const server = await startEmbedded({ dir, settings });
  let serverPid = null;
  const abandon = async () => {
    // at once (an immediate shutdown): nobody needs what was measured on, so nothing is written out first
    if (serverPid !== null) process.kill(serverPid, 'SIGQUIT');
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const { appUrl, ownerUrl } = await prepareDatabase(server.superuserUrl, { database: 'tranche', passwords: server.passwords });
    const superuserUrl = server.superuserUrl.replace(/\/postgres$/, '/tranche');
    const [owner, superuser] = [ownerUrl, superuserUrl].map(oneConnection);
    serverPid = Number((await superuser.query("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid")).rows[0].pid);
    const world = await seeded(appUrl, ownerUrl);
    return {
      ...world,
      appUrl,
      ownerUrl,
      superuserUrl,
      owner,
      superuser,
      serverPid,
      copy: (name) => copyOf(server.superuserUrl, { superuserUrl, appUrl }, name),
      serverVersion: (await superuser.query('SHOW server_version')).rows[0].server_version,
      close: async () => {
        await Promise.all([world.database.close(), owner.end(), superuser.end()]);
        await abandon();
      },
      abandon,
    };
  } catch (error) {
    await abandon();
    throw error;
  }
}

/** One connection, made anew when it was cut. */
function oneConnection(connectionString) {
  const pool = new pg.Pool({ connectionString, max: 1, idleTimeoutMillis: 0 });
  pool.on('error', () => undefined);
  return pool;
}

/** A template may have no connections: those of all pools are cut, and made anew at their next use. */
async function copyOf(serverUrl, urls, name) {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = 'tranche'");
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} TEMPLATE tranche`);
  } finally {
    await client.end();
  }
  return Object.fromEntries(Object.entries(urls).map(([role, url]) => [role, databaseUrl(url, { database: name })]));
}

async function seeded(appUrl, ownerUrl) {
  const database = openDatabase({ url: appUrl, applicationName: 'tranche-bench', max: 8, hotMax: 32 });
  const house = makeHouse({ database });
  const seed = await seedSandbox(database, {
    ownerUrl,
    systemNow: Date.now,
    newId: v7,
    hashPassword: async () => 'nobody logs in here',
    password: 'nobody logs in here',
  });
  return { database, house, seed, by: (role) => actorOf(seed, role) };
}

/** The sandbox's person of this role. */
function actorOf(seed, role) {
  const person = sandboxPeople.find((each) => each.role === role);
  const user = seed.users.find(({ username }) => username === role);
  const organisationId = person.of === 'institution' ? seed.institutionId : person.of === 'enterprise' ? seed.enterpriseId : null;
  return { userId: user.id, role, organisationId, district: person.district };
}

/** The legal clock moved to an instant, everything due on the way told. */
export async function moveTo(place, instant) {
  await moveSandboxClock(place.house, Date.parse(instant));
  return legalNow(place.house);
}

/** A draft of the sandbox's institution: a class of a hundred electricians unless told. */
export async function draft({ house, seed, by }, { people = 100 } = {}) {
  const key = v7();
  const facts = {
    enrolled: [{ occupation: '电工', level: '中级', count: people }],
    plannedHours: 80,
    classFiled: true,
    traineesEligible: true,
    startsOn: '2020-11-25',
    endsOn: '2020-12-20',
  };
  const opened = await openCase(house, by('institution'), {
    policyId: 'training-subsidy-staged',
    organisationId: seed.institutionId,
    payeeAccountId: seed.payeeAccountId,
    facts,
    key,
    requestSha256: sha256Of({ key }),
  });
  if (!opened.ok) throw new Error(`the case was not opened: ${JSON.stringify(opened)}`);
  return opened.caseId;
}
