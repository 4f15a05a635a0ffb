import { formatInstant } from '@tranche/calendar';
import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { roles } from '@tranche/policies';
import type { z } from 'zod';
import { policyOf } from '../cases/case-row.js';
import { afterId, type Page, type PageQuery, page } from '../fields/paging.js';
import { Problem } from '../http/problem.js';
import type { task } from './task.view.js';

type TaskView = z.infer<typeof task>;
type Ref = { id: string; version: string; jurisdiction: string };
type Row = Omit<TaskView, 'openedAt' | 'policy'> & { openedAt: number; policy: Ref | null; urgentOn: string };
export type TaskQuery = PageQuery & {
  readonly state?: string | undefined;
  readonly order: 'newest' | 'urgency';
  readonly kind?: string | undefined;
  readonly mine?: boolean | undefined;
};

/** Of one role, as many as a page may hold, from an index; every role's first ones make the page of those who oversee. */
const waiting = (urgent: boolean) => {
  const behind = urgent ? '(t.urgent_on, t.id) > ($8::date, $1::uuid)' : 't.id < $1::uuid AND $8::date IS NULL';
  return `FROM unnest($3::text[]) AS r(role) CROSS JOIN LATERAL (SELECT * FROM tasks t WHERE t.role = r.role AND ($1::uuid IS NULL OR (${behind}))
      AND CASE WHEN $4::text IS NULL THEN t.state IN ('open', 'claimed') ELSE t.state = $4 END
      AND ($5::text IS NULL OR split_part(t.kind, ':', 1) = $5) AND (NOT $6::bool OR t.claimed_by::text = $7) ORDER BY ${inOrder(urgent)} LIMIT $2) t
    ORDER BY ${inOrder(urgent)} LIMIT $2`;
};
const inOrder = (urgent: boolean): string => (urgent ? 't.urgent_on, t.id' : 't.id DESC');

/** The clock of the case that runs out first. */
const nearestClock = `LEFT JOIN LATERAL (
    SELECT d.last_day, jsonb_build_object('label', d.label, 'kind', d.kind, 'lastDay', d.last_day, 'provisional', d.provisional, 'status', d.status, 'cite', d.cite) AS told
    FROM deadlines d WHERE d.case_id = t.case_id AND d.status IN ('running', 'suspected') ORDER BY d.last_day NULLS LAST, d.id LIMIT 1) u ON true`;

/**
 * Tasks of a role (of every role for those who oversee): newest first, or by legal urgency, the nearest last day first. Each with its case,
 * the version a step would be sent against, the organisation, and the clock that runs out first; one statement for a page.
 */
export async function listTasks(house: House, actor: Actor, query: TaskQuery): Promise<Page<TaskView>> {
  const { limit, cursor, state = null, order, kind = null, mine = false } = query;
  const urgent = order === 'urgency';
  const after = urgent ? afterUrgent(cursor) : { urgentOn: null, id: afterId(cursor) };
  const whose = actor.role === 'supervisor' || actor.role === 'auditor' ? roles : [actor.role];
  const rows = await house.database.read<Row>(
    actor,
    `WITH waiting AS MATERIALIZED (SELECT t.* ${waiting(urgent)})
     SELECT t.id, t.case_id AS "caseId", c.case_no AS "caseNo", c.version AS "caseVersion", o.name AS organisation, t.kind, t.role, t.label, t.state,
       t.claimed_by AS "claimedBy", t.due_on AS "dueOn", t.opened_at AS "openedAt", u.told AS clock, t.urgent_on::text AS "urgentOn",
       CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('id', c.policy_id, 'version', c.policy_version, 'jurisdiction', c.jurisdiction) END AS policy
     FROM waiting t LEFT JOIN cases c ON c.id = t.case_id LEFT JOIN organisations o ON o.id = c.organisation_id ${nearestClock}
     ORDER BY ${inOrder(urgent)}`,
    [after.id, limit + 1, whose, state, kind, mine, actor.userId, after.urgentOn],
  );
  return page(
    rows,
    limit,
    ({ urgentOn: on, id }) => (urgent ? `${on} ${id}` : id),
    (row) => taskView(house, row),
  );
}

function taskView(house: House, { openedAt, policy, urgentOn: _, ...row }: Row): TaskView {
  const title =
    policy && policyOf(house, { policyId: policy.id, policyVersion: policy.version, jurisdiction: policy.jurisdiction }).policy.title;
  return { ...row, openedAt: formatInstant(openedAt), policy: policy && title ? { ...policy, title } : null };
}

/** The cursor of the list by urgency: the last day and the id of the page's last row. */
function afterUrgent(cursor: string | undefined): { readonly urgentOn: string | null; readonly id: string | null } {
  if (cursor === undefined) return { urgentOn: null, id: null };
  const [urgentOn = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(urgentOn) || Number.isNaN(Date.parse(urgentOn))) throw new Problem('cursor-invalid');
  return { urgentOn, id: afterId(Buffer.from(id).toString('base64url')) };
}
