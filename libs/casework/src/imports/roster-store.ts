import type { ClassPeriod } from './attendance.js';
import { bad } from './cell-values.js';
import { RowProblems } from './row-problems.js';
import { type CasePlace, placeValues, type Tx } from './tx.js';

/** A person of the roster, sealed: what the tables hold. `idMasked` is what reports may show. */
export type SealedTrainee = {
  readonly id: string;
  readonly row: number;
  readonly nameCipher: Buffer;
  readonly nameMasked: string;
  readonly idCipher: Buffer;
  readonly idMasked: string;
  readonly personKey: Buffer;
  readonly keyId: string;
  readonly occupation: string;
  readonly level: string;
};

/** A group the people of a roster are claimed in; `permitted`: other policies that permit it too may claim them as well. */
export type ClaimedGroup = { readonly group: string; readonly permitted: boolean };
export type ClaimScope = {
  readonly policyId: string;
  readonly groups: readonly ClaimedGroup[];
  readonly period: Pick<ClassPeriod, 'startsOn' | 'endsOn'>;
};

/** SQLSTATE of an exclusion constraint: another import of the same person committed first. */
const EXCLUSION_VIOLATION = '23P01';

/** True when a transaction lost the race for a person; run again, it finds the winner and reports row and case. */
export function isExclusionRace(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === EXCLUSION_VIOLATION;
}

/** Replaces the roster of a case that is still a draft. One statement per table, whatever the number of people. */
export async function storeRoster(tx: Tx, place: CasePlace, people: readonly SealedTrainee[]): Promise<void> {
  await tx.query('DELETE FROM trainees WHERE case_id = $1', [place.caseId]);
  await tx.query(
    `INSERT INTO trainees (case_id, organisation_id, district, id, row_no, name_cipher, name_masked, id_cipher, id_masked, person_key, key_id, occupation, level)
     SELECT $1::uuid, $2::uuid, $3::text, r.* FROM unnest($4::uuid[], $5::int[], $6::bytea[], $7::text[], $8::bytea[], $9::text[], $10::bytea[], $11::text[], $12::text[], $13::text[]) r`,
    [
      ...placeValues(place),
      people.map(({ id }) => id),
      people.map(({ row }) => row),
      people.map(({ nameCipher }) => nameCipher),
      people.map(({ nameMasked }) => nameMasked),
      people.map(({ idCipher }) => idCipher),
      people.map(({ idMasked }) => idMasked),
      people.map(({ personKey }) => personKey),
      people.map(({ keyId }) => keyId),
      people.map(({ occupation }) => occupation),
      people.map(({ level }) => level),
    ],
  );
}

/** Takes back the live claims of a case. They stay as history, no longer live. */
export async function releaseClaims(tx: Tx, caseId: string): Promise<void> {
  await tx.query("UPDATE exclusion_claims SET live = false WHERE case_id = $1 AND source = 'roster' AND live", [caseId]);
}

/** Claims the people of a roster for the class period, so that no overlapping class can claim them too. Ids are made by `newId`. */
export async function claimPeople(
  tx: Tx,
  place: CasePlace,
  people: readonly SealedTrainee[],
  scope: ClaimScope,
  newId: () => string,
): Promise<void> {
  const claims = scope.groups.flatMap((each) => people.map(({ personKey }) => ({ id: newId(), personKey, ...each })));
  // Claims are written in the order of the keys: two imports that share several people then wait for each other instead of deadlocking.
  claims.sort((a, b) => Buffer.compare(a.personKey, b.personKey));
  await tx.query(
    `INSERT INTO exclusion_claims (case_id, organisation_id, district, id, person_key, exclusion_group, period, live, permitted, policy_id)
     SELECT $1::uuid, $2::uuid, $3::text, r.id, r.person_key, r.exclusion_group, daterange($7::date, $8::date, '[]'), true, r.permitted,
            CASE WHEN r.permitted THEN $10::text END
       FROM unnest($4::uuid[], $5::bytea[], $6::text[], $9::boolean[]) WITH ORDINALITY r(id, person_key, exclusion_group, permitted, ordinal)
      ORDER BY r.ordinal`,
    [
      ...placeValues(place),
      claims.map(({ id }) => id),
      claims.map(({ personKey }) => personKey),
      claims.map(({ group }) => group),
      scope.period.startsOn,
      scope.period.endsOn,
      claims.map(({ permitted }) => permitted),
      scope.policyId,
    ],
  );
}

/** Who of these people is already in an overlapping subsidised class of another case: row, case number and period, nothing personal. */
export async function findConflicts(tx: Tx, caseId: string, people: readonly SealedTrainee[], scope: ClaimScope): Promise<RowProblems> {
  const problems = new RowProblems();
  const byKey = new Map(people.map((person) => [person.personKey.toString('hex'), person]));
  const { rows } = await tx.query(
    `SELECT encode(c.person_key, 'hex') AS key, c.case_no AS "caseNo", lower(c.period)::text AS "startsOn", (upper(c.period) - 1)::text AS "endsOn"
       FROM unnest($2::text[], $6::boolean[]) g(name, permitted),
            exclusion_conflicts($1::bytea[], g.name, daterange($3::date, $4::date, '[]'), $5::uuid, $7, g.permitted) c`,
    [
      people.map(({ personKey }) => personKey),
      scope.groups.map(({ group }) => group),
      scope.period.startsOn,
      scope.period.endsOn,
      caseId,
      scope.groups.map(({ permitted }) => permitted),
      scope.policyId,
    ],
  );
  for (const { key, caseNo, startsOn, endsOn } of rows as { key: string; caseNo: string; startsOn: string; endsOn: string }[]) {
    const person = byKey.get(key);
    if (!person) continue;
    const zh = `此人已登记在案件 ${caseNo} 的补贴培训班（${startsOn} 至 ${endsOn}），时间重叠，不能重复享受。`;
    const en = `This person is in the subsidised class of case ${caseNo} (${startsOn} to ${endsOn}), which overlaps; nobody is subsidised twice.`;
    bad({ row: person.row, field: 'idNumber', problems }, 'exclusion-overlap', zh, en, person.idMasked);
  }
  return problems;
}
