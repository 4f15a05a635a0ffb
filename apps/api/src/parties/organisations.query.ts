import type { House } from '@tranche/casework';
import type { Actor } from '@tranche/database';
import { afterId, type Page, type PageQuery, page } from '../fields/paging.js';
import { found } from '../http/outcome.js';

export type OrganisationView = {
  id: string;
  name: string;
  uscc: string | null;
  usccChecked: boolean;
  kind: string;
  district: string;
  status: string;
  approvedProvider: boolean;
};

const select = `SELECT id, name, uscc, uscc_checked AS "usccChecked", kind, district, status, approved_provider AS "approvedProvider" FROM organisations`;

export async function listOrganisations(house: House, actor: Actor, { limit, cursor }: PageQuery): Promise<Page<OrganisationView>> {
  const rows = await house.database.read<OrganisationView>(actor, `${select} WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`, [
    afterId(cursor),
    limit + 1,
  ]);
  return page(
    rows,
    limit,
    (row) => row.id,
    (row) => row,
  );
}

export async function oneOrganisation(house: House, actor: Actor, id: string): Promise<OrganisationView> {
  const [row] = await house.database.read<OrganisationView>(actor, `${select} WHERE id = $1`, [id]);
  return found(row);
}
