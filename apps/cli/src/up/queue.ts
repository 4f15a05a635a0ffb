// On Postgres, BullMQ keeps its tables in a schema of its own: made by the owner, used by the application's role. On Redis there is nothing to prepare.

import { isPostgresQueue, queueSchema } from '@tranche/casework';
import { openDatabase } from '@tranche/database';
import { runMigrations } from 'bullmq';

/** Any number of our own. */
const PREPARING = 20_201_126;

/**
 * Brings the queue's schema up to date in the database of `ownerUrl` and lets the role of `queueUrl` use it. The role may create sequences
 * in that schema and temporary tables (BullMQ makes both as it runs), and gains nothing in ours.
 */
export async function prepareQueue(queueUrl: string, ownerUrl: string): Promise<void> {
  if (!isPostgresQueue(queueUrl) || !sameDatabase(queueUrl, ownerUrl)) return;
  const database = openDatabase({ url: ownerUrl, applicationName: 'tranche-migrate', max: 1 });
  try {
    const client = await database.pool.connect();
    try {
      // two starts at once prepare one after the other; the lock ends with the connection
      await client.query('SELECT pg_advisory_lock($1)', [PREPARING]);
      await runMigrations(client, queueSchema);
      const role = client.escapeIdentifier(decodeURIComponent(new URL(queueUrl).username));
      const { rows } = await client.query<{ sequence: string }>(ownSequences);
      for (const { sequence } of rows) await client.query(`GRANT USAGE, SELECT, UPDATE ON SEQUENCE ${sequence} TO ${role}`);
      for (const grant of grantsTo(role, client.escapeIdentifier(new URL(ownerUrl).pathname.slice(1)))) await client.query(grant);
    } finally {
      client.release();
    }
  } finally {
    await database.close();
  }
}

/** The role owns the sequences it made itself; nobody but the role could grant those. */
const ownSequences = `SELECT oid::regclass::text AS sequence FROM pg_class WHERE relkind = 'S' AND relnamespace = '${queueSchema}'::regnamespace AND relowner = current_user::regrole`;

const grantsTo = (role: string, database: string): string[] => [
  `GRANT USAGE, CREATE ON SCHEMA ${queueSchema} TO ${role}`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${queueSchema} TO ${role}`,
  `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${queueSchema} TO ${role}`,
  `GRANT TEMPORARY ON DATABASE ${database} TO ${role}`,
];

/** A queue on another server has its own owner, who prepares it. */
function sameDatabase(one: string, other: string): boolean {
  const [a, b] = [new URL(one), new URL(other)];
  return a.host === b.host && a.pathname === b.pathname;
}
