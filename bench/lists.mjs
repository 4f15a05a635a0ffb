// (l) The lists of the portals over a hundred thousand rows: every page of each list asked in turn, signed in, over HTTP.

import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { generateKeyFile, runEffects } from '@tranche/casework';
import { median } from './measure.mjs';
import { caseAt, copies } from './population.mjs';
import { serve } from './read.mjs';

const ROOT = join(import.meta.dirname, '..');
const DISTRICTS = ['210202', '210203', '210204', '210211', '210212', '210213', '210214', '210224', '210281', '210283'];

/** Who opens which list, as the portal asks for it. */
export const lists = [
  ['officer', 'tasks?order=urgency'],
  ['officer', 'tasks?order=newest'],
  ['officer', 'tasks?order=urgency&kind=intake'],
  ['officer', 'cases?'],
  ['officer', 'cases?standing=held'],
  ['officer', 'cases?q=00099'],
  ['officer', 'cases?q=学校 77'],
  ['institution', 'cases?'],
  ['institution', 'cases/overviews?'],
  ['institution', 'notifications?'],
  ['institution', 'notifications?unread=true'],
  ['maker', 'due-payments?'],
  ['maker', 'due-payments?show=ready'],
  ['maker', 'disbursements?'],
  ['maker', 'disbursements?state=requested&unbatched=true'],
  ['supervisor', 'deadlines?status=running'],
  ['supervisor', 'reports/breaches?'],
  ['supervisor', 'tasks?order=urgency'],
  ['supervisor', 'notifications?'],
];
/** What is one answer, whatever stands behind it. */
export const figures = [
  ['supervisor', 'reports/on-time'],
  ['supervisor', 'reports/advances'],
  ['supervisor', 'reports/forecast'],
  ['supervisor', 'reports/fund-execution'],
];

/** Seeds `rows` cases with their task, clocks and payment, of a thousand organisations in ten districts, and reads every list to its end. */
export async function readLists(place, { rows = 100_000, limit = 50 } = {}) {
  await seed(place, rows);
  const folder = mkdtempSync(join(tmpdir(), 'tranche-bench-lists-'));
  writeFileSync(join(folder, 'keys.json'), generateKeyFile(randomBytes), { mode: 0o600 });
  const api = await serve(join(ROOT, 'dist/api.js'), {
    DATABASE_URL: place.appUrl,
    TRANCHE_SANDBOX: '1',
    TRANCHE_KEY_FILE: join(folder, 'keys.json'),
    LOG_LEVEL: 'silent',
  });
  try {
    await ready(api.port);
    const told = [];
    for (const [role, path] of [...lists, ...figures]) told.push(await walk(place, api.port, role, path, limit));
    return { rows, lists: told };
  } finally {
    api.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function ready(port) {
  for (let tries = 0; tries < 300; tries += 1) {
    const up = await fetch(`http://127.0.0.1:${port}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    await pause(100);
  }
  throw new Error('the api does not answer');
}

/** One list from its first page to its last; server time as the server itself tells it, in milliseconds. */
export async function walk(place, port, role, path, limit) {
  const token = await signIn(place, role);
  const paged = path.includes('?');
  const taken = [];
  let cursor = null;
  let items = 0;
  do {
    const query = paged ? `&limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}` : '';
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/${path}${query}`, { headers: { authorization: `Bearer ${token}` } });
    const body = await answer.json();
    if (!answer.ok) return { role, path, refused: `${answer.status} ${body.code}` };
    taken.push(Number(/dur=([\d.]+)/.exec(answer.headers.get('server-timing') ?? '')?.[1] ?? Number.NaN));
    items += body.items.length;
    cursor = body.nextCursor ?? null;
  } while (cursor !== null);
  const of = (at) => taken[Math.min(taken.length - 1, Math.floor(taken.length * at))];
  const told = {
    role,
    path,
    items,
    pages: taken.length,
    first: of(0),
    middle: of(0.5),
    last: of(1),
    median: median(taken),
    worst: Math.max(...taken),
  };
  if (process.env.BENCH_VERBOSE) console.log(JSON.stringify(told));
  return told;
}

async function signIn({ superuser, by }, role) {
  const token = randomBytes(32).toString('base64url');
  await superuser.query(
    `INSERT INTO sessions (token_sha256, user_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, now(), now(), now() + interval '8 hours')`,
    [createHash('sha256').update(token).digest(), by(role).userId],
  );
  return token;
}

/** Copies of one case with its payment requested, then spread: organisations, districts, days, states. */
export async function seed(place, rows) {
  const { superuser } = place;
  const started = await caseAt(place, 'started');
  while ((await runEffects(place.house, 'bench')) > 0);
  await copies(place, started, rows, 'LN-2020-');
  await superuser.query('BEGIN');
  await superuser.query('SET LOCAL session_replication_role = replica');
  for (const sql of spread(started)) await superuser.query(sql);
  await superuser.query('COMMIT');
  await superuser.query('VACUUM ANALYZE');
}

const spread = (template) => [
  `CREATE TEMP TABLE place_of ON COMMIT DROP AS SELECT c.id AS case_id, n, (n * 37 % 1000)::int AS firm, ('{${DISTRICTS}}'::text[])[1 + n * 37 % 1000 % 10] AS district
   FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM cases WHERE id <> '${template}') c`,
  `CREATE TEMP TABLE firms ON COMMIT DROP AS SELECT f AS firm, uuidv7() AS id, ('{${DISTRICTS}}'::text[])[1 + f % 10] AS district FROM generate_series(0, 999) f`,
  // the sandbox's own institution keeps one case in ten
  `INSERT INTO organisations (id, name, uscc, kind, district, status, created_by)
   SELECT f.id, '培训学校 ' || f.firm, 'U' || f.firm, o.kind, f.district, o.status, o.created_by FROM firms f CROSS JOIN organisations o WHERE o.id = (SELECT organisation_id FROM cases WHERE id = '${template}')`,
  `INSERT INTO payee_accounts SELECT (jsonb_populate_record(p, jsonb_build_object('id', uuidv7(), 'organisation_id', f.id))).* FROM firms f
   CROSS JOIN payee_accounts p WHERE p.organisation_id = (SELECT organisation_id FROM cases WHERE id = '${template}') AND p.state = 'approved'`,
  'CREATE TEMP TABLE moved ON COMMIT DROP AS SELECT p.case_id, p.n, f.id AS organisation_id, f.district FROM place_of p JOIN firms f USING (firm) WHERE p.n % 10 <> 0',
  'CREATE UNIQUE INDEX ON moved (case_id)',
  'ANALYZE moved',
  `UPDATE cases c SET organisation_id = m.organisation_id, district = m.district, standing = CASE WHEN m.n % 50 = 7 THEN 'held' ELSE c.standing END FROM moved m WHERE c.id = m.case_id`,
  ...['tasks', 'deadlines', 'case_events'].map(
    (table) => `UPDATE ${table} t SET organisation_id = m.organisation_id, district = m.district FROM moved m WHERE t.case_id = m.case_id`,
  ),
  `UPDATE deadlines d SET last_day = DATE '2020-11-26' + (p.n * 7919 % 300)::int, due_at = due_at + make_interval(days => (p.n * 7919 % 300)::int),
     status = CASE WHEN p.n % 40 = 3 AND d.status = 'running' THEN 'suspected' ELSE d.status END FROM place_of p WHERE p.case_id = d.case_id AND d.provisional = false`,
  // one task of the office a case, and its payment
  `INSERT INTO tasks (id, case_id, kind, role, label, state, opened_at, organisation_id, district)
   SELECT uuidv7(), c.id, CASE WHEN p.n % 4 = 0 THEN 'verify' ELSE 'intake' END, 'officer', '{"zh":"受理","en":"Accept"}', 'open', now(), c.organisation_id, c.district
   FROM cases c JOIN place_of p ON p.case_id = c.id`,
  `INSERT INTO disbursements SELECT (jsonb_populate_record(d, jsonb_build_object('id', uuidv7(), 'case_id', c.id, 'organisation_id', c.organisation_id, 'district', c.district,
     'state', CASE WHEN p.n % 3 = 0 THEN 'settled' ELSE 'requested' END, 'settled_on', CASE WHEN p.n % 3 = 0 THEN '2020-11-30' END))).*
   FROM disbursements d CROSS JOIN cases c JOIN place_of p ON p.case_id = c.id WHERE d.case_id = '${template}'`,
  `INSERT INTO notifications (id, case_id, audience_role, organisation_id, kind, text, recorded_at)
   SELECT uuidv7(), c.id, 'supervisor', c.organisation_id, 'deadline.near', '{"zh":"时限将到","en":"A limit comes near"}', now() - make_interval(secs => p.n) FROM cases c JOIN place_of p ON p.case_id = c.id`,
];
