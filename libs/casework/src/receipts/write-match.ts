import { formatInstant } from '@tranche/calendar';
import { type ChangeSet, writeChanges } from '@tranche/database';
import type { House } from '../house.js';
import { worker } from '../outbox.js';

/** Writes a match that nobody had to be told of, with its rows; nothing where the line is matched by now. */
export async function writeMatch(house: House, lineId: string, rows: ChangeSet): Promise<void> {
  await house.database.transaction(worker, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`statement-line:${lineId}`]);
    const { rowCount } = await tx.query('SELECT FROM matches WHERE line_id = $1', [lineId]);
    if (rowCount === 0) await writeChanges(tx, rows);
  });
}

/** What was open about a line that is explained now is done. */
export async function closeLineItems(house: House, lineId: string, how: 'two-persons' | 'matched-later' = 'two-persons'): Promise<void> {
  await house.database.transaction(worker, (tx) =>
    tx.query(
      `UPDATE receipt_worklist SET state = 'done', closed_by = $2, closed_note = $4, closed_at = $3
       WHERE line_id = $1 AND state = 'open' AND EXISTS (SELECT FROM matches WHERE line_id = $1)`,
      [lineId, worker.userId, formatInstant(house.systemNow()), how],
    ),
  );
}
