import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { afterId, type Page, type PageQuery, page } from '../fields/paging.js';
import { type DeadlineRow, type DeadlineView, deadlineColumns, deadlineView } from './deadline.view.js';

export async function listDeadlines(
  house: House,
  actor: Actor,
  { limit, cursor, status = null }: PageQuery & { readonly status?: string | null | undefined },
): Promise<Page<DeadlineView>> {
  const rows = await house.database.read<DeadlineRow>(
    actor,
    `SELECT ${deadlineColumns} FROM deadlines d JOIN cases c ON c.id = d.case_id
     WHERE ($1::uuid IS NULL OR d.id < $1) AND ($3::text IS NULL OR d.status = $3) ORDER BY d.id DESC LIMIT $2`,
    [afterId(cursor), limit + 1, status],
  );
  return page(rows, limit, (row) => row.id, deadlineView);
}

export async function deadlinesOfCase(house: House, actor: Actor, caseId: string): Promise<DeadlineView[]> {
  const rows = await house.database.read<DeadlineRow>(
    actor,
    {
      name: 'deadlines_of_case',
      text: `SELECT ${deadlineColumns} FROM deadlines d JOIN cases c ON c.id = d.case_id WHERE d.case_id = $1 ORDER BY d.id`,
    },
    [caseId],
  );
  return rows.map(deadlineView);
}
