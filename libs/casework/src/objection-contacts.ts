import { addDays, dateOf, formatInstant } from '@tranche/calendar';
import type { Tx } from '@tranche/database';
import { maskEmail, maskPhone } from '@tranche/identifiers';
import type { Role } from '@tranche/policies';
import { legalNow } from './deadlines.js';
import { type FieldKeys, openField, type RandomBytes, type SealedField, sealField } from './field-cipher.js';
import type { House } from './house.js';
import { worker } from './outbox.js';

/** How whoever objected may be reached; each only where it was given. */
export type ObjectionContact = { readonly phone?: string | undefined; readonly email?: string | undefined };
type Sealing = { readonly keys: FieldKeys; readonly randomBytes: RandomBytes };

/** Days after the decision until it is removed: the answer was given, or asked for, by then. */
export const contactKeptDays = 30;

/** Who decides objections, and who oversees that: they may have to ask back. Everybody else at the office sees that it can be done, masked. */
const reachedBy: ReadonlySet<Role | 'system' | 'public'> = new Set(['reviewer', 'supervisor']);

const placeOf = (part: 'phone' | 'email', objection: string): string => `objection_contacts.${part}_cipher:${objection}`;

/** Keeps what was given, encrypted, beside the objection that the same transaction records; nothing where nothing was given. */
export async function keepContact(
  house: House,
  tx: Tx,
  { keys, randomBytes }: Sealing,
  { objection, caseId, phone, email }: ObjectionContact & { readonly objection: string; readonly caseId: string },
): Promise<void> {
  if (phone === undefined && email === undefined) return;
  const seal = (part: 'phone' | 'email', plain: string | undefined) =>
    plain === undefined ? null : sealField(keys, plain, placeOf(part, objection), randomBytes).sealed;
  await tx.query(
    `INSERT INTO objection_contacts (objection_id, phone_cipher, phone_masked, email_cipher, email_masked, key_id, district, recorded_at)
     SELECT $1, $2, $3, $4, $5, $6, district, $7 FROM cases WHERE id = $8`,
    [
      objection,
      seal('phone', phone),
      phone === undefined ? null : maskPhone(phone),
      seal('email', email),
      email === undefined ? null : maskEmail(email),
      keys.currentKeyId,
      formatInstant(house.systemNow()),
      caseId,
    ],
  );
}

/** A stored contact as `contactColumns` reads it; `keyId` null where there is none. */
export type ContactRow = {
  readonly keyId: string | null;
  readonly phoneCipher: Buffer | null;
  readonly phoneMasked: string | null;
  readonly emailCipher: Buffer | null;
  readonly emailMasked: string | null;
};
/** Of `objection_contacts` as `k`. */
export const contactColumns = `k.key_id AS "keyId", k.phone_cipher AS "phoneCipher", k.phone_masked AS "phoneMasked", k.email_cipher AS "emailCipher",
  k.email_masked AS "emailMasked"`;

export type ContactShown = { readonly phone: string | null; readonly email: string | null; readonly masked: boolean };

/** In full for whoever decides and oversees, masked for everybody else; null where none was given, or it was removed. */
export function contactFor(keys: FieldKeys, role: Role | 'system' | 'public', objection: string, row: ContactRow): ContactShown | null {
  const { keyId, phoneCipher, phoneMasked, emailCipher, emailMasked } = row;
  if (keyId === null) return null;
  if (!reachedBy.has(role)) return { phone: phoneMasked, email: emailMasked, masked: true };
  const open = (part: 'phone' | 'email', sealed: SealedField['sealed'] | null) =>
    sealed === null ? null : openField(keys, { keyId, sealed }, placeOf(part, objection));
  return { phone: open('phone', phoneCipher), email: open('email', emailCipher), masked: false };
}

/** Removes what is no longer of use: contacts of objections decided more than `contactKeptDays` ago. Answers how many. */
export async function removeOldContacts(house: House): Promise<number> {
  const before = addDays(dateOf(await legalNow(house)), -contactKeptDays);
  return house.database.transaction(worker, async (tx) => {
    const { rowCount } = await tx.query(
      `DELETE FROM objection_contacts k USING objections o WHERE o.id = k.objection_id AND o.state <> 'open' AND o.decided_on < $1`,
      [before],
    );
    return rowCount ?? 0;
  });
}
