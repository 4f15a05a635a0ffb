import { checkResidentId, normaliseIdentifier } from '@tranche/identifiers';
import type { Text } from '@tranche/policies';
import { bad, type Place, textOf } from './cell-values.js';
import { type Cell, plainForm } from './cells.js';

/** A person's name: letters of any script, with the signs that names carry. A question mark is the trace of a lost character. */
export function nameOf(cell: Cell, place: Place): string | null {
  const text = textOf(cell, place);
  if (text === null) return null;
  const name = text.replace(/\s+/gu, ' ');
  if (name.length <= 50 && /^\p{L}[\p{L}\p{M}·•‧.\-' ]*$/u.test(name)) return name;
  return bad(
    place,
    'name-invalid',
    '姓名含有文字以外的字符或过长。生僻字丢失时请改用 .xlsx 或 UTF-8。',
    'The name holds characters other than letters, or is too long. If a rare character was lost, use .xlsx or UTF-8.',
    text,
  );
}

/** A resident identity number of 18 characters, checked; blanks inside and a leading apostrophe are taken away, x becomes X. */
export function idNumberOf(cell: Cell, place: Place): string | null {
  const text = textOf(cell, place);
  if (text === null) return null;
  const plain = normaliseIdentifier(plainForm(text).replace(/^'/, ''));
  if (cell.kind === 'number' || /^\d(\.\d+)?E\+?\d+$/.test(plain)) return storedAsNumber(place, plain);
  const fault = residentIdFault(plain);
  if (fault === null) return plain;
  // Spreadsheets keep 15 digits of a number; saved as text afterwards, the last three read 000.
  if (/^\d{15}000$/.test(plain)) return storedAsNumber(place, plain);
  return bad(place, 'id-invalid', fault.zh, fault.en, plain);
}

function storedAsNumber(place: Place, value: string): null {
  return bad(
    place,
    'id-stored-as-number',
    '身份证号被存成了数字，末三位已丢失。请把该列设为“文本”格式后重新输入号码。',
    'The identity number was stored as a number, which loses its last three digits. Set the column to "Text" and type the number again.',
    value,
  );
}

/** What is wrong with an identity number, in the order in which a person would check it. */
function residentIdFault(idNumber: string): Text | null {
  const { wellFormed, birthDate, valid } = checkResidentId(idNumber);
  if (valid) return null;
  if (!wellFormed)
    return { zh: '不是 18 位身份证号（末位可为 X）。', en: 'It is not an identity number of 18 characters (the last may be X).' };
  if (birthDate === null) return { zh: '身份证号中的出生日期不存在。', en: 'The birth date in the identity number does not exist.' };
  return {
    zh: '身份证号校验位不符，请核对是否输错。',
    en: 'The check digit of the identity number does not fit; look for a typing error.',
  };
}
