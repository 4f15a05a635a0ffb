import { pipeline, Readable, type Transform } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import type { OpenBytes } from '@tranche/bank';
import { formatInstant } from '@tranche/calendar';
import type { Actor, Tx } from '@tranche/database';
import type { House } from '../house.js';
import { worker } from '../outbox.js';

/** A file on its way in: its bytes may be read as often as needed. */
export type Upload = { readonly fileName: string; readonly bytes: number; readonly sha256: string; readonly open: OpenBytes };

export type FileState = 'received' | 'quarantined' | 'importing' | 'imported' | 'rejected';
export type ReceivedFile = {
  readonly id: string;
  readonly sha256: string;
  readonly fileName: string;
  readonly byteCount: string;
  readonly format: string | null;
  readonly state: FileState;
  readonly reason: Readonly<Record<string, unknown>> | null;
  readonly receivedBy: string;
  readonly decision: 'parse-anyway' | 'reject' | null;
  readonly decidedBy: string | null;
  readonly decidedNote: string | null;
  readonly report: ReceiptReport | null;
  readonly receivedAt: number;
  readonly importedAt: number | null;
};

/** What an import came to. `known`: lines that another statement had shown already. */
export type ReceiptReport = {
  readonly statements: number;
  readonly lines: number;
  readonly known: number;
  readonly statuses: number;
  readonly matched: number;
  readonly suspense: number;
  readonly suspenseFen: string;
  readonly open: number;
};

const columns = `id, encode(sha256, 'hex') AS sha256, file_name AS "fileName", byte_count::text AS "byteCount", format, state, reason, received_by AS "receivedBy",
  decision, decided_by AS "decidedBy", decided_note AS "decidedNote", report, received_at AS "receivedAt", imported_at AS "importedAt"`;

/** One file as this actor may see it. */
export async function readReceivedFile(house: House, actor: Actor, id: string): Promise<ReceivedFile | undefined> {
  const [row] = await house.database.read<ReceivedFile>(actor, `SELECT ${columns} FROM received_files WHERE id = $1`, [id]);
  return row;
}

/** Files, the newest first, from before an id on. */
export function listReceivedFiles(
  house: House,
  actor: Actor,
  asked: { readonly before: string | null; readonly limit: number; readonly state?: FileState },
): Promise<ReceivedFile[]> {
  return house.database.read<ReceivedFile>(
    actor,
    `SELECT ${columns} FROM received_files WHERE ($1::uuid IS NULL OR id < $1) AND ($3::text IS NULL OR state = $3) ORDER BY id DESC LIMIT $2`,
    [asked.before, asked.limit, asked.state ?? null],
  );
}

const PART_BYTES = 1_000_000;
/** Bytes that come out of a kept file at once: whoever reads text gets few long pieces instead of many short ones. */
const PIECE = 256 * 1024;

/**
 * Keeps a file in the name of who brought it, once: the same bytes are the same file, whoever sends them again. Its bytes are compressed on
 * their way in, part by part.
 */
export async function keepFile(house: House, actor: Actor, upload: Upload): Promise<{ readonly id: string; readonly fresh: boolean }> {
  return house.database.transaction(worker, async (tx) => {
    const id = house.newId();
    const { rowCount } = await tx.query(
      `INSERT INTO received_files (id, sha256, file_name, byte_count, state, received_by, district, received_at) VALUES ($1, decode($2, 'hex'), $3, $4, 'received', $5, $6, $7)
       ON CONFLICT (sha256) DO NOTHING`,
      [id, upload.sha256, upload.fileName, upload.bytes, actor.userId, actor.district, formatInstant(house.systemNow())],
    );
    if (rowCount === 0) {
      const { rows } = await tx.query<{ id: string }>(`SELECT id FROM received_files WHERE sha256 = decode($1, 'hex')`, [upload.sha256]);
      return { id: rows[0]!.id, fresh: false };
    }
    await keepBytes(tx, id, upload.open());
    return { id, fresh: true };
  });
}

async function keepBytes(tx: Tx, fileId: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  let pending: Buffer[] = [];
  let size = 0;
  let part = 0;
  const keep = async (): Promise<void> => {
    part += 1;
    await tx.query('INSERT INTO received_file_parts (file_id, part_no, content) VALUES ($1, $2, $3)', [
      fileId,
      part,
      Buffer.concat(pending),
    ]);
    pending = [];
    size = 0;
  };
  for await (const chunk of through(bytes, createGzip({ level: 1 }))) {
    pending.push(chunk);
    size += chunk.length;
    if (size >= PART_BYTES) await keep();
  }
  if (size > 0 || part === 0) await keep();
}

/** The bytes of a kept file, as they came; a part at a time. */
export function bytesOf(house: House, fileId: string): OpenBytes {
  async function* parts(): AsyncGenerator<Buffer> {
    for (let part = 1; ; part += 1) {
      const [row] = await house.database.read<{ content: Buffer }>(
        worker,
        'SELECT content FROM received_file_parts WHERE file_id = $1 AND part_no = $2',
        [fileId, part],
      );
      if (row === undefined) return;
      yield row.content;
    }
  }
  return () => through(parts(), createGunzip({ chunkSize: PIECE }));
}

/** What comes out of a transformation; a source that breaks off is an error for who reads, and for nobody else (`pipe` would end the process). */
function through(source: AsyncIterable<Uint8Array>, transform: Transform): AsyncIterable<Buffer> {
  pipeline(Readable.from(source), transform, () => undefined);
  return transform as AsyncIterable<Buffer>;
}
