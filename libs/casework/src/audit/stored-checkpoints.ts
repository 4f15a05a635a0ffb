import { formatInstant } from '@tranche/calendar';
import type { RowReader } from './case-rows.js';
import { checkpointFormat, type Signed } from './statement.js';

type Row = {
  no: number;
  takenAtMs: number;
  legalDay: string;
  cases: string;
  root: string;
  previous: string;
  hash: string;
  keyId: string;
  signature: string;
};

const columns = `no, taken_at AS "takenAtMs", legal_day AS "legalDay", case_count::text AS cases, encode(root, 'hex') AS root, encode(previous_hash, 'hex') AS previous,
       encode(hash, 'hex') AS hash, key_id AS "keyId", encode(signature, 'hex') AS signature FROM checkpoints`;

/** The checkpoints of the database, by number. */
export async function storedCheckpoints(reader: RowReader): Promise<Signed[]> {
  return (await reader.read<Row>(`SELECT ${columns} ORDER BY no`)).map(signedOfRow);
}

/** The newest one; null when there is none, or none that the reader may see. */
export async function latestCheckpoint(reader: RowReader): Promise<Signed | null> {
  const [row] = await reader.read<Row>(`SELECT ${columns} ORDER BY no DESC LIMIT 1`);
  return row ? signedOfRow(row) : null;
}

const signedOfRow = ({ no, takenAtMs, legalDay, cases, root, previous, hash, keyId, signature }: Row): Signed => ({
  statement: { format: checkpointFormat, no, takenAt: formatInstant(takenAtMs), legalDay, cases: Number(cases), root, previous, keyId },
  hash,
  signature,
});
