import { maskIdNumber, maskName } from '@tranche/identifiers';
import { type FieldKeys, personKey, type RandomBytes, sealField } from '../field-cipher.js';
import { personToken } from '../payee.js';
import { defaultLimits } from './limits.js';
import { type ListCodes, type ListColumns, type ListedPerson, type ListRow, listColumns, readPeopleList } from './people-list.js';
import { type Applied, fileOf, type ImportContext, keepFile, type Prepared, tableOf } from './prepare.js';
import type { ImportRefusal } from './refusals.js';
import { placeValues, type Tx } from './tx.js';

/** Facts hold at most so many rows (see libs/policies). */
const ROWS_MAX = 200;

export type ListContext = ImportContext & {
  readonly keys: FieldKeys;
  readonly randomBytes: RandomBytes;
  readonly fact: string;
  readonly columns: ListColumns;
  /** of the columns, those that are one of few codes */
  readonly codes?: ListCodes;
  /** the payment of the period the list is of; '' for the whole case */
  readonly period: string;
};

/**
 * Reads a list of people as a policy's fact declares it. The rows of the event name them by tokens; names and numbers are sealed and
 * stored beside the case when the event is heard.
 */
export async function prepareList(
  bytes: Uint8Array,
  context: ListContext,
): Promise<Prepared<Record<string, readonly Readonly<Record<string, unknown>>[]>> | ImportRefusal> {
  const file = fileOf(bytes, context);
  const limits = { ...(context.limits ?? defaultLimits), dataRowsMax: ROWS_MAX };
  const table = await tableOf(bytes, { ...context, limits }, file, listColumns(context.columns));
  if (!table.ok) return table;
  const { rows, problems } = readPeopleList(table.rows, context.columns, context.codes);
  if (problems.count > 0) return problems.refusal(file, table.rows.length);
  const report = problems.report(file, table.rows.length);
  const people = rows.flatMap((row) => row.people);
  const apply = async (tx: Tx): Promise<Applied> => {
    await storePeople(tx, context, people);
    return keepFile(tx, context, bytes, 'list', report, rows.length);
  };
  const facts = { [context.fact]: rows.map((row) => tokens(row, context)) };
  return { ok: true, event: { fileSha256: file.fileSha256, facts }, report, apply };
}

/** The row with a token in the place of every identity number. */
const tokens = ({ values, people }: ListRow, { keys }: ListContext): Readonly<Record<string, unknown>> => ({
  ...values,
  ...Object.fromEntries(people.map(({ column, idNumber }) => [column, personToken(personKey(keys, idNumber))])),
});

async function storePeople(tx: Tx, context: ListContext, people: readonly ListedPerson[]): Promise<void> {
  const { keys, randomBytes, newId, fact, period } = context;
  await tx.query('DELETE FROM listed_people WHERE case_id = $1 AND fact = $2 AND period = $3', [context.caseId, fact, period]);
  const sealed = people.map((person) => {
    const id = newId();
    return {
      ...person,
      id,
      nameCipher: sealField(keys, person.name, `listed_people.name_cipher:${id}`, randomBytes).sealed,
      idCipher: sealField(keys, person.idNumber, `listed_people.id_cipher:${id}`, randomBytes).sealed,
    };
  });
  await tx.query(
    `INSERT INTO listed_people (case_id, organisation_id, district, fact, period, key_id, id, row_no, column_name, name_cipher, name_masked, id_cipher, id_masked, person_key)
     SELECT $1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::text, r.* FROM unnest($7::uuid[], $8::int[], $9::text[], $10::bytea[], $11::text[], $12::bytea[], $13::text[], $14::bytea[]) r`,
    [
      ...placeValues(context),
      fact,
      period,
      keys.currentKeyId,
      sealed.map(({ id }) => id),
      sealed.map(({ row }) => row),
      sealed.map(({ column }) => column),
      sealed.map(({ nameCipher }) => nameCipher),
      sealed.map(({ name }) => maskName(name)),
      sealed.map(({ idCipher }) => idCipher),
      sealed.map(({ idNumber }) => maskIdNumber(idNumber)),
      sealed.map(({ idNumber }) => personKey(keys, idNumber)),
    ],
  );
}
