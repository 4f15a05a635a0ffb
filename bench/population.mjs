// Many cases in the same state: one is lived through the product, the others are copies of its rows under new ids.

import { dispatch, sha256Of } from '@tranche/casework';
import { v7 } from 'uuid';
import { draft } from './place.mjs';

/** A command of a person: new key, hash of its content. */
export const commandOf = (caseId, type, data = {}) => ({
  caseId,
  type,
  data,
  key: v7(),
  requestSha256: sha256Of({ caseId, type, data }),
  cause: 'http',
});

/** Tells a case something that must be accepted. */
export async function hear(place, caseId, role, type, data = {}) {
  const answer = await dispatch(place.house, place.by(role), commandOf(caseId, type, data));
  if (!answer.ok) throw new Error(`${type} by ${role} was refused: ${JSON.stringify(answer)}`);
  return answer;
}

const approval = [
  ['institution', 'application.submitted'],
  ['officer', 'application.accepted'],
  ['reviewer', 'application.reviewed'],
  ['approver', 'application.approved'],
];

/** A case lived up to a stage: `draft`, `approved` or `started` (its first advance is due). */
export async function caseAt(place, stage) {
  const id = await draft(place);
  if (stage === 'draft') return id;
  for (const [role, type] of approval) await hear(place, id, role, type);
  if (stage === 'started') await hear(place, id, 'institution', 'milestone.started');
  return id;
}

/** Tables that hold a case's rows, with the columns that must differ in a copy. */
const tables = ['case_events', 'case_facts', 'case_duties', 'tasks', 'deadlines', 'notices', 'outbox'];
const ownId = new Set(['tasks', 'deadlines', 'notices', 'holds']);

/**
 * Copies a case `count` times with everything it has written (the copies share its chain's hashes: good enough to write on, not
 * for `tranche verify`). Answers the ids of the copies, or of `named` of them, evenly spread. `prefix` keeps the case numbers of two
 * populations apart.
 */
export async function copies(place, caseId, count, prefix, named = count) {
  const { superuser } = place;
  await superuser.query('BEGIN');
  // a copy of what stood every check stands it too: keys and triggers are not asked again for each of its rows
  await superuser.query('SET LOCAL session_replication_role = replica');
  await superuser.query('CREATE TEMP TABLE copy_ids ON COMMIT DROP AS SELECT n, uuidv7() AS id FROM generate_series(1, $1::int) n', [
    count,
  ]);
  for (const table of ['cases', ...tables]) await copyRows(superuser, table, caseId, prefix);
  const { rows } = await superuser.query('SELECT id FROM copy_ids WHERE n % $1::int = 0 ORDER BY n', [Math.ceil(count / named)]);
  await superuser.query('COMMIT');
  for (const table of ['cases', ...tables]) await superuser.query(`VACUUM ANALYZE ${table}`);
  return rows.map(({ id }) => id);
}

/** At least `count` cases that were lived up to a stage, and which of them are paused; the same ones for all who ask in this place. */
export function population(place, stage, count) {
  place.populations ??= new Map();
  const key = `${stage} ${count}`;
  if (!place.populations.has(key)) place.populations.set(key, populate(place, stage, count));
  return place.populations.get(key);
}

async function populate(place, stage, count) {
  const template = await caseAt(place, stage);
  return { template, ids: await copies(place, template, count, `${stage}-${count}-`), paused: new Set() };
}

async function copyRows(superuser, table, caseId, prefix) {
  const { rows } = await superuser.query(
    `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = ''`,
    [table],
  );
  const { columns } = rows[0];
  const values = columns.split(', ').map((column) => {
    if (column === 'case_id') return 'k.id';
    if (column === 'id' && table === 'cases') return 'k.id';
    if (column === 'id' && ownId.has(table)) return 'uuidv7()';
    if (column === 'case_no') return `'${prefix}' || lpad(k.n::text, 8, '0')`;
    if (column === 'public_no') return `'${prefix}' || k.n || '-G'`;
    return `x.${column}`;
  });
  await superuser.query(
    `INSERT INTO ${table} (${columns}) SELECT ${values.join(', ')} FROM ${table} x CROSS JOIN copy_ids k WHERE x.${table === 'cases' ? 'id' : 'case_id'} = $1`,
    [caseId],
  );
}
