import { createHmac } from 'node:crypto';
import { checkBankCard, checkResidentId, maskIdNumber, maskName, normaliseIdentifier } from '@tranche/identifiers';
import type { Sealing } from '../case-files.js';
import { personKey, sealField } from '../field-cipher.js';
import { personToken } from '../payee.js';
import { CELL } from './cell-facts.js';
import type { FirmField } from './extract-columns.js';
import { cellsOf } from './extract-lines.js';
import type { Reason } from './judge-line.js';
import type { Run } from './run-row.js';

/** A line and, unless nobody can be found by it, the person on it; as the statements take them. */
export type PersonLine = { readonly line: string; readonly person: string | null };

const unstorable = /[\p{Cc}\p{Cs}]/u;
const personName = /^\p{L}[\p{L}\p{M}·•‧.\-' ]{0,49}$/u;
const truths = new Set(['是', 'true', '1']);
const unionPay = /^62\d{14,17}$/;

/**
 * One line about a person. The identity number is checked, sealed and masked here and stands nowhere else: the line has its blind index,
 * and its hash is keyed, because whoever has name and account could try all numbers against a plain one. A number that is none, or a name
 * that no person has, leaves a line without a person and the reason why.
 */
export function personLine(run: Run, row: number, text: string, sealing: Sealing, organisationId: string): PersonLine {
  const { keys, randomBytes } = sealing;
  const hash = createHmac('sha256', keys.blindIndexKey).update('extract-line\0').update(text).digest('base64');
  const head = [row, hash].join(CELL);
  const cells = unstorable.test(text) ? null : cellsOf(text);
  if (cells === null || cells.length !== run.columns.width) return { line: head + CELL.repeat(9) + ['0', '0'].join(CELL), person: null };
  const of = (field: FirmField): string => cells[run.columns.firm[field] ?? -1]?.trim() ?? '';
  const [name, idNumber] = [of('name'), normaliseIdentifier(of('idNumber').replace(/^'/, ''))];
  const fault = faultOf(name, idNumber);
  const found = fault === null ? personKey(keys, idNumber) : null;
  const accountNo = of('accountNo').replace(/\s/g, '');
  const holder = of('holderName') || name;
  const noted = fault ?? doubtOf(name, holder, accountNo);
  const line = [
    head,
    ...[found ? personToken(found) : '', maskName(name), of('district'), holder, accountNo, of('bankNo'), of('bankName')],
    ...[truths.has(of('accountKnown').toLowerCase()) ? '1' : '0', noted ? JSON.stringify(noted) : '', '1'],
    ...run.columns.facts.map(({ at }) => cells[at] ?? ''),
  ].join(CELL);
  if (!found) return { line, person: null };
  const seal = (plain: string, column: string): string =>
    sealField(keys, plain, `citizens.${column}:${organisationId}`, randomBytes).sealed.toString('base64');
  const person = [
    ...[row, organisationId, found.toString('base64'), seal(name, 'name_cipher'), maskName(name)],
    ...[seal(idNumber, 'id_cipher'), maskIdNumber(idNumber), keys.currentKeyId],
  ].join(CELL);
  return { line, person };
}

/** Why nobody can be found by a line, in the order in which a person would look. */
function faultOf(name: string, idNumber: string): Reason | null {
  const { wellFormed, birthDate, valid } = checkResidentId(idNumber);
  if (!wellFormed) return { code: 'id-malformed' };
  if (birthDate === null) return { code: 'id-birth-date' };
  if (!valid) return { code: 'id-check-failed' };
  return personName.test(name) ? null : { code: 'name-malformed' };
}

/** What a person should look at before money goes there: another's account, a slip of the pen in the number of a card. */
function doubtOf(name: string, holder: string, accountNo: string): Reason | null {
  const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');
  if (accountNo !== '' && plain(holder) !== plain(name)) return { code: 'account-of-another' };
  return unionPay.test(accountNo) && !checkBankCard(accountNo).checkOk ? { code: 'account-check-failed' } : null;
}
