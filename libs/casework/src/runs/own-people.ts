import type { Tx } from '@tranche/database';
import type { Beneficiaries, Facts } from '@tranche/policies';
import { sha256Of } from '../command.js';
import { personToken } from '../payee.js';
import { CELL, ROW } from './cell-facts.js';
import type { Run } from './run-row.js';

type Place = Pick<Run, 'jurisdiction' | 'district'>;

/** A person of whom our own books show that the benefit was drawn. */
export type OwnPerson = { readonly organisationId: string; readonly token: string; readonly name: string; readonly place: string };

/**
 * Who holds a claim of the group for days of the declared month, each once, in the office's place or else the policy's: what a case was
 * granted and not lost again.
 */
export async function ownPeople(tx: Tx, { group, from, until }: Beneficiaries, declared: Facts, place: Place): Promise<OwnPerson[]> {
  const { rows } = await tx.query<Omit<OwnPerson, 'token'> & { readonly key: string }>(
    `SELECT o.id AS "organisationId", encode(o.person_key, 'hex') AS key, o.name, o.district AS place FROM organisations o
      WHERE o.person_key IS NOT NULL AND o.kind = 'citizen' AND starts_with(o.district, $4)
        AND EXISTS (SELECT FROM exclusion_claims x WHERE x.person_key = o.person_key AND x.exclusion_group = $1 AND x.live AND NOT x.counted
          AND x.cap_fen IS NULL AND x.period && daterange($2::date, $3::date, '[]'))
      ORDER BY o.id`,
    [group, declared[from], declared[until], areaOf(place)],
  );
  return rows.map(({ key, ...rest }) => ({ ...rest, token: personToken(Buffer.from(key, 'hex')) }));
}

/** GB/T 2260: how the codes of a place begin. 210200 is all of 2102, as CN-2102 is. */
const areaOf = ({ jurisdiction, district }: Place): string => district?.replace(/(00)+$/, '') ?? jurisdiction.replace(/^CN-?/, '');

/** Writes the lines of these people behind a row of the run: the books vouch for them and for `shows`, whatever an extract says of them. */
export async function putOwnLines(
  tx: Tx,
  { id, fileSha256, columns }: Pick<Run, 'id' | 'fileSha256' | 'columns'>,
  { shows }: Beneficiaries,
  people: readonly OwnPerson[],
  behind: number,
): Promise<void> {
  const cells = columns.facts.map(({ fact }) => (fact === shows ? '是' : ''));
  const rows = people.map(({ organisationId, token, name, place }, at) =>
    [behind + at + 1, sha256Of({ fileSha256, token }), token, name, place, organisationId, ...cells].join(CELL),
  );
  await tx.query(
    `INSERT INTO no_application_lines (run_id, row_no, line_sha256, uscc, name, district, organisation_id, account_known, cells, outcome, from_books)
     SELECT $1, f[1]::int, decode(f[2], 'hex'), f[3], f[4], f[5], f[6]::uuid, true, array_to_string(f[7:], E'\\x1f'), 'new', true
       FROM (SELECT string_to_array(r, E'\\x1f') AS f FROM string_to_table($2, E'\\x1e') r) v`,
    [id, rows.join(ROW)],
  );
}
