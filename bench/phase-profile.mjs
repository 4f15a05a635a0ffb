// BENCH_PROFILE=1: where a phase spends its time, printed beside its figures: functions of this process by their own time, statements of the server
// (those of triggers and functions too) by their total time. Changes what it looks at by a tenth or so: never for figures that are kept.

import { Session } from 'node:inspector/promises';

export const profiling = process.env.BENCH_PROFILE !== undefined;
/** What the server must load to count statements. */
export const profilingSettings = profiling
  ? { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track': 'all', 'pg_stat_statements.max': 10_000 }
  : {};

const SHOWN = 40;

/** Runs the work; prints where its time went when profiling is asked for. */
export async function profiled(superuser, name, work) {
  if (!profiling) return work();
  await superuser.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  await superuser.query('SELECT pg_stat_statements_reset()');
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  try {
    return await work();
  } finally {
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    console.log(`== ${name}: node\n${functionsOf(profile)}`);
    const { rows } = await superuser.query(
      `SELECT round(total_exec_time + total_plan_time)::int AS ms, calls::int, rows::int, toplevel AS top, round(wal_bytes / 1024)::int AS "walKb",
         left(regexp_replace(query, '\\s+', ' ', 'g'), 170) AS query FROM pg_stat_statements ORDER BY total_exec_time + total_plan_time DESC LIMIT ${SHOWN}`,
    );
    console.log(`== ${name}: server`);
    for (const { ms, calls, rows: hit, top, walKb, query } of rows)
      console.log(
        `${String(ms).padStart(7)} ms ${String(calls).padStart(7)}× ${String(hit).padStart(7)} rows ${String(walKb).padStart(7)} kB ${top ? ' ' : '>'} ${query}`,
      );
  }
}

/** Own time by function, the largest first. */
function functionsOf({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Map();
  samples.forEach((id, index) => {
    const { functionName, url, lineNumber } = byId.get(id).callFrame;
    const key = `${functionName || '(anonymous)'} ${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`;
    own.set(key, (own.get(key) ?? 0) + timeDeltas[index] / 1000);
  });
  return [...own]
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(([key, ms]) => `${ms.toFixed(0).padStart(7)} ms ${key}`)
    .join('\n');
}
