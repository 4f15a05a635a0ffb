// The physical limit: an event of six statements on bare tables of the same server, sent by pgbench, or by a bare loop of the driver
// where there is no pgbench.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { closedLoop } from './measure.mjs';
import { pgbenchEvents, pgbenchPath } from './pgbench.mjs';

const script = join(import.meta.dirname, 'pgbench-event.sql');

/** Whoever sends bare events here: `run({ clients, seconds })` answers events a second and latencies. */
export async function bareEvents(place) {
  await prepareBareTables(place);
  if (pgbenchPath() === null) return driverLoop(place);
  return { name: 'pgbench', run: (load) => pgbenchEvents(place, script, load), close: () => undefined };
}

/** The same script: one prepared statement after the other, each awaited, as pgbench sends them. */
function driverLoop({ superuserUrl, serverPid }) {
  const pool = new pg.Pool({ connectionString: superuserUrl, max: 32 });
  const { draw, statements } = parsed(readFileSync(script, 'utf8'));
  const event = async () => {
    const client = await pool.connect();
    const drawn = draw();
    try {
      for (const { name, text, uses } of statements) await client.query({ name, text, values: uses.map((variable) => drawn[variable]) });
    } finally {
      client.release();
    }
  };
  return {
    name: 'driver loop',
    run: async ({ clients, seconds }) => closedLoop({ clients, ms: seconds * 1000, serverPid, work: event }),
    close: () => pool.end(),
  };
}

/** What a script of `\\set name random(from, to)` and statements with `:name` asks for. */
function parsed(text) {
  const sets = [...text.matchAll(/^\\set (\w+) random\((\d+), (\d+)\)$/gm)].map(([, name, from, to]) => [name, Number(from), Number(to)]);
  const bodies = text.replace(/^\\.*$/gm, '').split(';');
  const statements = bodies.flatMap((body, index) => {
    const uses = [...new Set([...body.matchAll(/(?<!:):(\w+)/g)].map(([, name]) => name))];
    const numbered = body.trim().replace(/(?<!:):(\w+)/g, (_, name) => `$${uses.indexOf(name) + 1}`);
    return numbered === '' ? [] : [{ name: `bare_event_${index}`, text: numbered, uses }];
  });
  const draw = () => Object.fromEntries(sets.map(([name, from, to]) => [name, from + Math.floor(Math.random() * (to - from + 1))]));
  return { draw, statements };
}

/** Tables like those of the product without what makes them safe: no row security, no foreign keys, no triggers. */
export function prepareBareTables(place) {
  place.bareTables ??= makeBareTables(place);
  return place.bareTables;
}

async function makeBareTables({ superuser }) {
  await superuser.query(`
    CREATE TABLE bench_sample AS SELECT c.snapshot::jsonb AS snapshot, jsonb_build_object('data', e.data, 'stamp', e.stamp) AS event,
      jsonb_build_object('kind', 'payment.request', 'payment', 's1', 'due', now()) AS outbox
      FROM cases c JOIN case_events e ON e.case_id = c.id ORDER BY c.id, e.seq DESC LIMIT 1;
    CREATE TABLE bench_cases (id int PRIMARY KEY, version int NOT NULL, snapshot jsonb NOT NULL, head_hash bytea NOT NULL) WITH (fillfactor = 70);
    CREATE TABLE bench_events (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_id int NOT NULL, type text NOT NULL, data jsonb NOT NULL,
      prev_hash bytea NOT NULL, hash bytea NOT NULL, at timestamptz NOT NULL DEFAULT now());
    CREATE TABLE bench_outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_id int NOT NULL, params jsonb NOT NULL, at timestamptz NOT NULL DEFAULT now());
    INSERT INTO bench_cases SELECT n, 1, s.snapshot, sha256('x') FROM generate_series(1, 10000) n CROSS JOIN bench_sample s`);
  await superuser.query('VACUUM ANALYZE bench_cases');
}
