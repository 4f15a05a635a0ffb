import { maskIdNumber, maskName } from '@tranche/identifiers';

const SHOWN_MAX = 40;

/** A value as it may stand in a report: names and identity numbers masked, long digit runs hidden wherever they were typed. */
export function maskedValue(field: string, value: string): string {
  if (value === '') return '';
  if (field === 'name') return maskName(value);
  if (/^\d{17}[\dX]$/.test(value)) return maskIdNumber(value);
  // a name that slipped into the column of numbers
  if (field === 'idNumber' && /^\P{Nd}+$/u.test(value)) return maskName(value);
  const shown = value.length > SHOWN_MAX ? `${value.slice(0, SHOWN_MAX)}…` : value;
  return shown
    .replace(/\d{7,}[\dXx]?/g, (digits) => `${digits.slice(0, 3)}${'*'.repeat(digits.length - 3)}`)
    .replace(/[\p{Cc}\p{Co}]/gu, '□');
}
