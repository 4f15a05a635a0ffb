// DBOS Transact on the same Postgres: a workflow that receives eight messages and takes three steps of one INSERT. It writes its own
// journal only: no snapshot, event or outbox row.

import { randomUUID } from 'node:crypto';
import pg from 'pg';

const EVENTS = 8;
const PAYING = new Set([5, 7, 8]);

/** Null where its packages are not installed (`npm install` in bench/peers). */
export async function openDbos({ superuserUrl, superuser }) {
  const dbos = await import('@dbos-inc/dbos-sdk').catch(() => null);
  if (dbos === null) return null;
  const { DBOS } = dbos;
  await superuser.query(
    'CREATE TABLE IF NOT EXISTS bench_payments (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_id int NOT NULL, amount bigint NOT NULL)',
  );
  const pool = new pg.Pool({ connectionString: superuserUrl, max: 8 });
  const pay = () => pool.query({ name: 'pay', text: 'INSERT INTO bench_payments (case_id, amount) VALUES (1, 100)' });
  const life = DBOS.registerWorkflow(
    async () => {
      for (let step = 1; step <= EVENTS; step += 1) {
        await DBOS.recv('event', 60);
        if (PAYING.has(step)) await DBOS.runStep(async () => void (await pay()), { name: 'payment' });
      }
    },
    { name: 'life' },
  );
  DBOS.setConfig({ name: 'bench', systemDatabaseUrl: superuserUrl, systemDatabasePoolSize: 20, runAdminServer: false, logLevel: 'error' });
  await DBOS.launch();
  return {
    name: 'DBOS Transact on Postgres',
    clients: 64,
    live: async () => {
      const handle = await DBOS.startWorkflow(life, { workflowID: randomUUID() })();
      for (let step = 1; step <= EVENTS; step += 1) await DBOS.send(handle.workflowID, { step }, 'event');
      await handle.getResult();
    },
    close: async () => {
      await DBOS.shutdown();
      await pool.end();
    },
  };
}
