import { checkUscc, normaliseIdentifier } from '@tranche/identifiers';
import { type Done, type Office, once, type Request } from './once.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from './refused.js';

export type NewOrganisation = {
  readonly name: string;
  /** GB 32100 unified social credit code; a code that fails its check digit is kept and marked as unchecked */
  readonly uscc: string;
  readonly kind: 'institution' | 'enterprise' | 'bureau';
  readonly district: string;
};
export type OrganisationRegistered = { readonly id: string; readonly uscc: string; readonly usccChecked: boolean };

/** Registers an organisation; it is not an approved provider until another person says so. */
export function registerOrganisation(
  office: Office,
  request: Request,
  given: NewOrganisation,
): Promise<Done<OrganisationRegistered> | NotDone> {
  const uscc = normaliseIdentifier(given.uscc);
  const check = checkUscc(uscc);
  return once(office, request, async (tx) => {
    if (!check.wellFormed)
      return notDone('data-invalid', '统一社会信用代码应为 18 位。', 'A unified social credit code has 18 characters.', 'uscc');
    const { district } = request.actor;
    if (district !== null && district !== '' && district !== given.district)
      return notDone(
        'role-not-allowed',
        '只能登记本地区的单位。',
        'Only organisations of your own district can be registered.',
        'district',
      );
    const id = office.newId();
    const { rowCount } = await tx.query(
      `INSERT INTO organisations (id, name, uscc, uscc_checked, kind, district, created_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (uscc) DO NOTHING`,
      [id, given.name, uscc, check.checkOk, given.kind, given.district, request.actor.userId, new Date(office.systemNow())],
    );
    if (rowCount === 0)
      return notDone('already-exists', '该统一社会信用代码已经登记。', 'This unified social credit code is registered already.', 'uscc');
    return { id, uscc, usccChecked: check.checkOk };
  });
}

/** Admits an institution to the catalogue of approved providers; not by the person who registered it. */
export function approveProvider(
  office: Office,
  request: Request,
  id: string,
): Promise<Done<{ id: string; approvedProvider: true }> | NotDone> {
  return once(office, request, async (tx) => {
    const { rows } = await tx.query<{ created_by: string; approved_provider: boolean }>(
      'SELECT created_by, approved_provider FROM organisations WHERE id = $1 FOR UPDATE',
      [id],
    );
    const [row] = rows;
    if (row === undefined) return notFound();
    if (row.created_by === request.actor.userId) return anotherPerson();
    if (row.approved_provider) return decidedAlready();
    await tx.query('UPDATE organisations SET approved_provider = true WHERE id = $1', [id]);
    return { id, approvedProvider: true as const };
  });
}
