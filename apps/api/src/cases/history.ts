import { formatInstant } from '@tranche/calendar';
import { type House, migratedLabel } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { type Page, type PageQuery, page } from '../fields/paging.js';
import { Problem } from '../http/problem.js';
import type { CaseEventView } from './case.view.js';
import { type CaseRow, policyOf } from './case-row.js';

type Row = Omit<CaseEventView, 'label' | 'at' | 'recordedAt'> & { at: number; recordedAt: number };

/** Events in the order they were told; the cursor is a seq. */
export async function history(house: House, actor: Actor, found: CaseRow, { limit, cursor }: PageQuery): Promise<Page<CaseEventView>> {
  const rows = await house.database.read<Row>(
    actor,
    `SELECT seq, type, data, stamp, actor, role, cause, occurred_on AS "on", at, recorded_at AS "recordedAt", encode(hash, 'hex') AS hash, encode(prev_hash, 'hex') AS "prevHash"
     FROM case_events WHERE case_id = $1 AND seq > $3 ORDER BY seq LIMIT $2`,
    [found.id, limit + 1, seqOf(cursor)],
  );
  const { types } = policyOf(house, found);
  return page(
    rows,
    limit,
    (row) => String(row.seq),
    (row) => ({
      ...row,
      label: types.get(row.type)?.label ?? (row.type === 'case.migrated' ? migratedLabel : { zh: row.type, en: row.type }),
      at: formatInstant(row.at),
      recordedAt: formatInstant(row.recordedAt),
    }),
  );
}

function seqOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^\d{1,9}$/.test(text)) throw new Problem('cursor-invalid');
  return Number(text);
}
