import { formatInstant } from '@tranche/calendar';
import type { Actor } from '@tranche/database';
import type { Text } from '@tranche/policies';
import { type Done, once, type Request } from '../administration/once.js';
import { decidedAlready, type NotDone, notFound } from '../administration/refused.js';
import type { House } from '../house.js';

export type WorkEntry = {
  readonly id: string;
  readonly fileId: string;
  readonly fileName: string;
  readonly line: number;
  readonly path: string;
  readonly code: string;
  readonly text: Text;
  readonly found: string;
  readonly lineId: string | null;
  readonly transferId: string | null;
  readonly state: 'open' | 'done';
  readonly closedBy: string | null;
  readonly closedNote: string | null;
};

/** What people must look at, the newest first; of one file, or of all. */
export function listWork(
  house: House,
  actor: Actor,
  asked: { readonly before: string | null; readonly limit: number; readonly fileId?: string; readonly state?: 'open' | 'done' },
): Promise<WorkEntry[]> {
  return house.database.read<WorkEntry>(
    actor,
    `SELECT w.id, w.file_id AS "fileId", f.file_name AS "fileName", w.at_line AS line, w.at_path AS path, w.code, w.text, w.found, w.line_id AS "lineId", w.transfer_id AS "transferId",
       w.state, w.closed_by AS "closedBy", w.closed_note AS "closedNote"
     FROM receipt_worklist w JOIN received_files f ON f.id = w.file_id
     WHERE ($1::uuid IS NULL OR w.id < $1) AND ($3::uuid IS NULL OR w.file_id = $3) AND ($4::text IS NULL OR w.state = $4) ORDER BY w.id DESC LIMIT $2`,
    [asked.before, asked.limit, asked.fileId ?? null, asked.state ?? null],
  );
}

/** A person has looked into it; the note says what came of it. */
export function closeWork(
  house: House,
  request: Request,
  { id, note }: { readonly id: string; readonly note: string },
): Promise<Done<{ id: string; state: 'done' }> | NotDone> {
  return once(house, request, async (tx) => {
    const { rows } = await tx.query<{ state: string }>('SELECT state FROM receipt_worklist WHERE id = $1', [id]);
    if (rows[0] === undefined) return notFound();
    const { rowCount } = await tx.query(
      `UPDATE receipt_worklist SET state = 'done', closed_by = $2, closed_note = $3, closed_at = $4 WHERE id = $1 AND state = 'open'`,
      [id, request.actor.userId, note, formatInstant(house.systemNow())],
    );
    return rowCount === 0 ? decidedAlready() : { id, state: 'done' as const };
  });
}
