import { checkResidentId, checkUscc, maskIdNumber, maskName, normaliseIdentifier } from '@tranche/identifiers';
import { type FieldKeys, personKey, type RandomBytes, sealField } from '../field-cipher.js';
import { type Done, type Office, once, type Request } from './once.js';
import { anotherPerson, decidedAlready, type NotDone, notDone, notFound } from './refused.js';

/** Whoever can be paid, and the office's own: one list of kinds for tables, API and policies. */
export const organisationKinds = ['institution', 'enterprise', 'unit', 'bank', 'government', 'citizen', 'bureau'] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

export type NewOrganisation = {
  readonly name: string;
  /** GB 32100 unified social credit code; a code that fails its check digit is kept and marked as unchecked */
  readonly uscc: string;
  readonly kind: Exclude<OrganisationKind, 'citizen'>;
  readonly district: string;
};
/** A person who applies in the own name: the number is kept encrypted, found again by its blind index, and shown masked. */
export type NewCitizen = { readonly name: string; readonly idNumber: string; readonly kind: 'citizen'; readonly district: string };
export type OrganisationRegistered = { readonly id: string; readonly uscc: string; readonly usccChecked: boolean };
export type CitizenRegistered = { readonly id: string; readonly name: string; readonly idMasked: string };

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
    if (isElsewhere(request, given)) return elsewhere();
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

/** Registers a person as a payee. Refuses a number that is none; the same person is registered once. */
export function registerCitizen(
  office: Office,
  request: Request,
  { keys, randomBytes }: { readonly keys: FieldKeys; readonly randomBytes: RandomBytes },
  given: NewCitizen,
): Promise<Done<CitizenRegistered> | NotDone> {
  const idNumber = normaliseIdentifier(given.idNumber);
  return once(office, request, async (tx) => {
    if (!checkResidentId(idNumber).valid)
      return notDone('data-invalid', '身份证号码无效，请核对。', 'This is no valid identity number; check it.', 'idNumber');
    if (isElsewhere(request, given)) return elsewhere();
    const id = office.newId();
    const [name, idMasked] = [maskName(given.name), maskIdNumber(idNumber)];
    const now = new Date(office.systemNow());
    const { rowCount } = await tx.query(
      `INSERT INTO organisations (id, name, person_key, uscc_checked, kind, district, created_by, recorded_at)
       VALUES ($1, $2, $3, false, 'citizen', $4, $5, $6) ON CONFLICT (person_key) DO NOTHING`,
      [id, name, personKey(keys, idNumber), given.district, request.actor.userId, now],
    );
    if (rowCount === 0) return notDone('already-exists', '此人已经登记。', 'This person is registered already.', 'idNumber');
    await tx.query(
      `INSERT INTO citizens (organisation_id, name_cipher, name_masked, id_cipher, id_masked, key_id, district, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        sealField(keys, given.name, `citizens.name_cipher:${id}`, randomBytes).sealed,
        name,
        sealField(keys, idNumber, `citizens.id_cipher:${id}`, randomBytes).sealed,
        idMasked,
        keys.currentKeyId,
        given.district,
        now,
      ],
    );
    return { id, name, idMasked };
  });
}

/** An office with a district of its own registers whom it serves. */
const isElsewhere = ({ actor: { district } }: Request, given: { readonly district: string }): boolean =>
  district !== null && district !== '' && district !== given.district;

const elsewhere = (): NotDone =>
  notDone('role-not-allowed', '只能登记本地区的单位。', 'Only organisations of your own district can be registered.', 'district');

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
