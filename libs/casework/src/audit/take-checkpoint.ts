import { createPublicKey, type KeyObject } from 'node:crypto';
import { dateOf, formatInstant } from '@tranche/calendar';
import { systemActor, type Tx } from '@tranche/database';
import type { House } from '../house.js';
import { type CheckpointFile, CheckpointWriter, checkpointFiles, publicKeysIn, readCheckpointFile, signedOf } from './checkpoint-files.js';
import { MerkleRoot } from './merkle.js';
import type { SigningKey } from './signing-key.js';
import { checkpointFormat, isSigned, leafLine, noPrevious, type Signed, signStatement } from './statement.js';

const PAGE = 2_000;
/** any number; two workers take one checkpoint after the other */
const LOCK = 20_201_126;
const keeper = systemActor('checkpoints');

export type CheckpointTaken = { readonly no: number; readonly cases: number; readonly root: string; readonly path: string };
export type CheckpointRefusal = {
  readonly code: 'history-shrank' | 'chain-broken';
  readonly detail: { readonly zh: string; readonly en: string };
};
export type CheckpointOutcome =
  | ({ readonly ok: true } & CheckpointTaken)
  | { readonly ok: true; readonly no: null }
  | ({ readonly ok: false } & CheckpointRefusal);

export type CheckpointOptions = {
  readonly dir: string;
  readonly key: SigningKey;
  /** only when none was taken on this system or legal day yet */
  readonly daily: boolean;
};

type Row = { no: number; hash: string; takenAt: number; legalDay: string };

/**
 * Signs what all cases are at one moment, exports it as a file and keeps the statement in the database. Everything of the checkpoint before
 * must still be there: a history that shrank is not signed over. One transaction of one snapshot; a file whose row was lost in a crash is
 * adopted the next time.
 */
export async function takeCheckpoint(house: House, options: CheckpointOptions): Promise<CheckpointOutcome> {
  const client = await house.database.pool.connect();
  let broken = true;
  try {
    // before the snapshot: who comes second must see what the first one wrote
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [LOCK]);
    const outcome: CheckpointOutcome = rows[0]?.locked === true ? await inTransaction(house, client, options) : { ok: true, no: null };
    broken = false;
    return outcome;
  } finally {
    await client.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
    client.release(broken);
  }
}

async function inTransaction(house: House, client: Tx, options: CheckpointOptions): Promise<CheckpointOutcome> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  try {
    await client.query(
      "SELECT set_config('app.user', $1, true), set_config('app.role', 'system', true), set_config('idle_in_transaction_session_timeout', '0', true)",
      [keeper.userId],
    );
    const outcome = await inSnapshot(house, client, options);
    await client.query(outcome.ok && outcome.no !== null ? 'COMMIT' : 'ROLLBACK');
    return outcome;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function inSnapshot(house: House, tx: Tx, { dir, key, daily }: CheckpointOptions): Promise<CheckpointOutcome> {
  const { rows: clock } = await tx.query<{ offset: number }>(
    'SELECT coalesce((SELECT offset_ms FROM sandbox_clock WHERE id = 1), 0)::float8 AS offset',
  );
  const nowMs = house.systemNow();
  const legalDay = dateOf(nowMs + (clock[0]?.offset ?? 0));
  let last = await lastRow(tx);
  if (daily && last && last.legalDay === legalDay && dateOf(last.takenAt) === dateOf(nowMs)) return { ok: true, no: null };
  const files = checkpointFiles(dir);
  for (const file of files.filter(({ no }) => no > (last?.no ?? 0))) {
    const adopted = await adopt(tx, file, last, knownKeys(dir, key));
    if (adopted === null) return chainBroken(file);
    last = adopted;
  }
  const before = files.find(({ no }) => no === last?.no);
  const lost = before ? await missingFrom(tx, before) : null;
  if (lost !== null) return shrank(before?.name ?? '', lost);
  return take(tx, { dir, key, last, nowMs, legalDay });
}

async function lastRow(tx: Tx): Promise<Row | null> {
  const { rows } = await tx.query<Row>(
    `SELECT no, encode(hash, 'hex') AS hash, taken_at AS "takenAt", legal_day AS "legalDay" FROM checkpoints ORDER BY no DESC LIMIT 1`,
  );
  return rows[0] ?? null;
}

/** A whole file without its row: the process ended between the two. It must follow what is known. */
async function adopt(tx: Tx, { path }: CheckpointFile, last: Row | null, keys: ReadonlyMap<string, KeyObject>): Promise<Row | null> {
  const signed = await signedOf(path);
  if (!signed || signed.statement.no !== (last?.no ?? 0) + 1 || signed.statement.previous !== (last?.hash ?? noPrevious)) return null;
  const publicKey = keys.get(signed.statement.keyId);
  if (!publicKey || !isSigned(signed, publicKey)) return null;
  await insertRow(tx, signed);
  const { no, takenAt, legalDay } = signed.statement;
  return { no, hash: signed.hash, takenAt: Date.parse(takenAt), legalDay };
}

const knownKeys = (dir: string, key: SigningKey): ReadonlyMap<string, KeyObject> =>
  publicKeysIn([dir]).set(key.keyId, createPublicKey(key.privateKey));

type Taking = {
  readonly dir: string;
  readonly key: SigningKey;
  readonly last: Row | null;
  readonly nowMs: number;
  readonly legalDay: string;
};

async function take(tx: Tx, { dir, key, last, nowMs, legalDay }: Taking): Promise<CheckpointOutcome> {
  const no = (last?.no ?? 0) + 1;
  const tree = new MerkleRoot();
  const writer = await CheckpointWriter.begin(dir, no);
  try {
    for (let after: string | undefined = ''; after !== undefined; ) after = await addPage(tx, tree, writer, after);
    const signed = signStatement(key, {
      format: checkpointFormat,
      no,
      takenAt: formatInstant(nowMs),
      legalDay,
      cases: tree.size,
      root: tree.root().toString('hex'),
      previous: last?.hash ?? noPrevious,
      keyId: key.keyId,
    });
    const path = await writer.finish(signed, key);
    await insertRow(tx, signed);
    return { ok: true, no, cases: tree.size, root: signed.statement.root, path };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/** Adds the next cases in id order; answers where to go on, or undefined at the end. */
async function addPage(tx: Tx, tree: MerkleRoot, writer: CheckpointWriter, after: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ caseId: string; seq: number; headHash: string }>(
    `SELECT id AS "caseId", version AS seq, encode(head_hash, 'hex') AS "headHash" FROM cases WHERE $1 = '' OR id > nullif($1, '')::uuid ORDER BY id LIMIT ${PAGE}`,
    [after],
  );
  for (const leaf of rows) {
    tree.add(Buffer.from(leafLine(leaf)));
    await writer.add(leaf);
  }
  return rows.length < PAGE ? undefined : rows.at(-1)?.caseId;
}

async function insertRow(tx: Tx, { statement, hash, signature }: Signed): Promise<void> {
  const { no, takenAt, legalDay, cases, root, previous, keyId } = statement;
  await tx.query(
    `INSERT INTO checkpoints (no, taken_at, legal_day, case_count, root, previous_hash, hash, key_id, signature)
     VALUES ($1, $2, $3, $4, decode($5, 'hex'), decode($6, 'hex'), decode($7, 'hex'), $8, decode($9, 'hex'))`,
    [no, takenAt, legalDay, cases, root, previous, hash, keyId, signature],
  );
}

/** The first leaf of the file whose event is gone or another; null when all are there. */
async function missingFrom(tx: Tx, { path }: CheckpointFile): Promise<string | null> {
  let missing: string | null = null;
  await readCheckpointFile(path, PAGE, async (leaves) => {
    if (missing !== null) return;
    const { rows } = await tx.query<{ caseId: string }>(
      `SELECT l.case_id AS "caseId" FROM unnest($1::uuid[], $2::int[], $3::text[]) AS l(case_id, seq, hash)
       LEFT JOIN case_events e ON e.case_id = l.case_id AND e.seq = l.seq AND encode(e.hash, 'hex') = l.hash
       LEFT JOIN cases c ON c.id = l.case_id AND c.version >= l.seq WHERE e.case_id IS NULL OR c.id IS NULL LIMIT 1`,
      [leaves.map(({ caseId }) => caseId), leaves.map(({ seq }) => seq), leaves.map(({ headHash }) => headHash)],
    );
    missing = rows[0]?.caseId ?? null;
  });
  return missing;
}

const shrank = (name: string, caseId: string): CheckpointOutcome => ({
  ok: false,
  code: 'history-shrank',
  detail: {
    zh: `检查点 ${name} 中案件 ${caseId} 的记录已缺失或改变，未签署新的检查点。请立即运行 tranche verify 并保全现场。`,
    en: `What checkpoint ${name} says of case ${caseId} is gone or changed; no new checkpoint was signed. Run tranche verify now and keep everything as it is.`,
  },
});

const chainBroken = ({ name }: CheckpointFile): CheckpointOutcome => ({
  ok: false,
  code: 'chain-broken',
  detail: {
    zh: `检查点文件 ${name} 不能接在数据库的检查点之后，未签署新的检查点。请运行 tranche verify 查明原因。`,
    en: `The checkpoint file ${name} does not follow the checkpoints of the database; no new one was signed. Run tranche verify to see why.`,
  },
});
