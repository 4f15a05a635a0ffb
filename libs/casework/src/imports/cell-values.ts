import type { Text } from '@tranche/policies';
import { type Cell, plainForm, trimCell } from './cells.js';
import { maskedValue } from './masked-value.js';
import type { RowCode } from './refusals.js';
import type { RowProblems } from './row-problems.js';

/** Where a value stands: problems are reported against it. */
export type Place = { readonly row: number; readonly field: string; readonly problems: RowProblems };

/** The text of a cell, or null after reporting why it cannot be used. Empty is a problem unless `optional`. */
export function textOf(cell: Cell, place: Place, optional = false): string | null {
  if (cell.kind === 'formula')
    return bad(
      place,
      'cell-formula',
      '单元格是公式。请复制后“选择性粘贴—数值”。',
      'The cell is a formula. Copy it and paste the value only.',
      '',
    );
  if (cell.kind === 'error')
    return bad(
      place,
      'cell-error',
      '单元格是错误值。请改为正确的内容。',
      'The cell holds an error value. Replace it by the right content.',
      cell.text,
    );
  const text = trimCell(cell.text);
  if (text === '' && !optional) return bad(place, 'cell-empty', '未填写。', 'It is empty.', '');
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\uFFFD]/u.test(text)) {
    return bad(
      place,
      'text-invalid',
      '含有不可见或已损坏的字符。请重新输入。',
      'It contains invisible or damaged characters. Type it again.',
      text,
    );
  }
  return text;
}

/** A whole number within bounds, both included. */
export function integerOf(cell: Cell, place: Place, bounds: { readonly min: number; readonly max: number }): number | null {
  const text = textOf(cell, place);
  if (text === null) return null;
  const plain = plainForm(text);
  const value = /^\d{1,6}(\.0+)?$/.test(plain) ? Number(plain) : Number.NaN;
  if (value >= bounds.min && value <= bounds.max) return value;
  return bad(
    place,
    'number-invalid',
    `须为 ${bounds.min} 至 ${bounds.max} 的整数。`,
    `It must be a whole number from ${bounds.min} to ${bounds.max}.`,
    text,
  );
}

/** A day as `YYYY-MM-DD`; also read as 2020/9/1, 2020.9.1, 20200901 and 2020年9月1日. */
export function dateOf(cell: Cell, place: Place): string | null {
  const text = textOf(cell, place);
  if (text === null) return null;
  const plain = plainForm(text);
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  const day = parts ? realDay(Number(parts[1]), Number(parts[2]), Number(parts[3])) : null;
  return (
    day ?? bad(place, 'date-invalid', '不是有效日期。请写成 2020-09-01 的形式。', 'It is not a real date. Write it like 2020-09-01.', text)
  );
}

function realDay(year: number, month: number, day: number): string | null {
  if (year < 1900 || month < 1 || month > 12 || day < 1) return null;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  const two = (value: number) => String(value).padStart(2, '0');
  return day <= last ? `${year}-${two(month)}-${two(day)}` : null;
}

/** Reports a problem with the value masked and cut, and gives null for the value. */
export function bad(place: Place, code: RowCode, zh: string, en: string, value: string): null {
  const message: Text = { zh, en };
  place.problems.add(place.row, place.field, code, message, maskedValue(place.field, value));
  return null;
}
