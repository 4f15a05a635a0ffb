import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { type Role, roleOf } from '@tranche/policies';
import { z } from 'zod';
import { afterId, type Page, page, paging } from '../fields/paging.js';
import { found } from '../http/outcome.js';

export const organisationStatus = z.enum(['active', 'suspended']);
export const organisationQuery = z.strictObject({
  ...paging,
  show: z.enum(['all', 'waiting']).default('all').meta({
    description:
      'waiting: 待另一人决定(未列入目录的培训机构、已提出的暂停或恢复) · waits for another person: an institution not in the catalogue, a proposed change of status',
  }),
  q: z.string().trim().min(2).max(80).optional().meta({
    description: '名称的一部分,或完整的统一社会信用代码 · part of the name, or the whole credit code',
  }),
});
export type OrganisationQuery = z.infer<typeof organisationQuery>;

type Row = {
  id: string;
  name: string;
  uscc: string | null;
  usccChecked: boolean;
  kind: string;
  district: string;
  status: string;
  proposedStatus: string | null;
  approvedProvider: boolean;
};
export type OrganisationView = Row & { readonly appliesAs: Role | null };

const select = `SELECT o.id, o.name, o.uscc, o.uscc_checked AS "usccChecked", o.kind, o.district, o.status, c.status AS "proposedStatus", o.approved_provider AS "approvedProvider"
  FROM organisations o LEFT JOIN organisation_changes c ON c.organisation_id = o.id AND c.state = 'proposed'`;

const appliesAs: Readonly<Partial<Record<string, Role>>> = roleOf;
const present = (row: Row): OrganisationView => ({ ...row, appliesAs: appliesAs[row.kind] ?? null });

export async function listOrganisations(
  house: House,
  actor: Actor,
  { limit, cursor, show, q }: OrganisationQuery,
): Promise<Page<OrganisationView>> {
  const rows = await house.database.read<Row>(
    actor,
    `${select} WHERE ($1::uuid IS NULL OR o.id < $1)
       AND (NOT $3 OR c.id IS NOT NULL OR (o.kind = 'institution' AND NOT o.approved_provider))
       AND ($4::text IS NULL OR position($4 in o.name) > 0 OR o.uscc = upper($4)) ORDER BY o.id DESC LIMIT $2`,
    [afterId(cursor), limit + 1, show === 'waiting', q ?? null],
  );
  return page(rows, limit, (row) => row.id, present);
}

export async function oneOrganisation(house: House, actor: Actor, id: string): Promise<OrganisationView> {
  const [row] = await house.database.read<Row>(actor, `${select} WHERE o.id = $1`, [id]);
  return present(found(row));
}
