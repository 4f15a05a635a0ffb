// The physical limit: an event of six statements on bare tables of the same server, sent by pgbench.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { percentile } from './measure.mjs';

const script = join(import.meta.dirname, 'pgbench-event.sql');

/** Path of a pgbench, or null when there is none. */
export function pgbenchPath() {
  const packaged = existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`)
    : [];
  return (
    [...(process.env.PATH ?? '').split(delimiter), ...packaged].map((folder) => join(folder, 'pgbench')).find((file) => existsSync(file)) ??
    null
  );
}

/** Tables like those of the product without what makes them safe: no row security, no foreign keys, no triggers. */
export async function prepareBareTables({ superuser }, cases = 10_000) {
  await superuser.query(
    `
    CREATE TABLE bench_sample AS SELECT c.snapshot, jsonb_build_object('data', e.data, 'stamp', e.stamp) AS event,
      jsonb_build_object('kind', 'payment.request', 'payment', 's1', 'due', now()) AS outbox
      FROM cases c JOIN case_events e ON e.case_id = c.id ORDER BY c.id, e.seq DESC LIMIT 1;
    CREATE TABLE bench_cases (id int PRIMARY KEY, version int NOT NULL, snapshot jsonb NOT NULL, head_hash bytea NOT NULL) WITH (fillfactor = 70);
    CREATE TABLE bench_events (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_id int NOT NULL, type text NOT NULL, data jsonb NOT NULL,
      prev_hash bytea NOT NULL, hash bytea NOT NULL, at timestamptz NOT NULL DEFAULT now());
    CREATE TABLE bench_outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_id int NOT NULL, params jsonb NOT NULL, at timestamptz NOT NULL DEFAULT now());
    INSERT INTO bench_cases SELECT n, 1, s.snapshot, sha256('x') FROM generate_series(1, ${cases}) n CROSS JOIN bench_sample s;
    VACUUM ANALYZE bench_cases`
      .split(';')
      .slice(0, -1)
      .join(';'),
  );
  await superuser.query('VACUUM ANALYZE bench_cases');
}

/** Events a second and latencies of `clients` for about `seconds`. */
export async function pgbenchEvents({ superuserUrl }, { clients, seconds }) {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-pgbench-'));
  try {
    const args = [
      '-n',
      '-M',
      'prepared',
      '-f',
      script,
      '-c',
      clients,
      '-j',
      Math.min(clients, 2),
      '-T',
      seconds,
      '--log',
      '--log-prefix',
      join(folder, 'l'),
      superuserUrl,
    ];
    const output = await run(pgbenchPath(), args.map(String));
    const latencies = readdirSync(folder).flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .trim()
        .split('\n')
        .map((line) => Number(line.split(' ')[2]) / 1000),
    );
    const perSecond = Number(/tps = ([\d.]+)/.exec(output)?.[1]);
    return { perSecond, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`pgbench ended with ${code}: ${output}`))));
  });
}
