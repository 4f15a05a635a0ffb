// pgbench: where it is, and what it reaches with the script of a bare event.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { percentile } from './measure.mjs';

/** Path of a pgbench: the one that PGBENCH names, or the first that is found; null when there is none. */
export function pgbenchPath() {
  const { PGBENCH: named } = process.env;
  if (named !== undefined) return existsSync(named) ? named : null;
  const packaged = existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`)
    : [];
  return (
    [...(process.env.PATH ?? '').split(delimiter), ...packaged].map((folder) => join(folder, 'pgbench')).find((file) => existsSync(file)) ??
    null
  );
}

/** Events a second and latencies of `clients` for about `seconds`. */
export async function pgbenchEvents({ superuserUrl }, script, { clients, seconds }) {
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
