import { isLuhn, isMod11And10, residentCheck, usccCheck } from './check-digits.js';

/**
 * `wellFormed`: the right characters in the right number. `checkOk`: the check digit fits too (false when not well formed).
 * What a failed check means is the caller's to decide: codes really in use may fail it.
 */
export type Checked = { readonly wellFormed: boolean; readonly checkOk: boolean };

/** A resident ID number read: the birth date only when it is a day of the calendar, never compared with today. */
export type ResidentId = Checked & {
  readonly birthDate: string | null;
  readonly sex: 'male' | 'female' | null;
  /** well formed, born on a real day, and the check digit fits */
  readonly valid: boolean;
};

const USCC = /^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
const RESIDENT = /^[1-9][0-9]{16}[0-9X]$/;
const BANK_NUMBER = /^[0-9]{12}$/;
const CARD = /^[0-9]{16,19}$/;
const ACCOUNT = /^[0-9](?:[0-9-]{4,30})[0-9]$/;

/**
 * What people type or a spreadsheet holds, as the identifier meant: full-width characters become plain ones, blanks go,
 * letters become capitals. Says nothing about whether the result is an identifier.
 */
export const normaliseIdentifier = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toUpperCase();

const checked = (wellFormed: boolean, check: () => boolean): Checked => ({ wellFormed, checkOk: wellFormed && check() });

/**
 * A unified social credit code (GB 32100-2015), capitals only. Some codes really issued fail the check character:
 * `wellFormed` without `checkOk` is a warning to be confirmed by a person, not a reason to refuse.
 */
export const checkUscc = (code: string): Checked => checked(USCC.test(code), () => usccCheck(code.slice(0, 17)) === code[17]);

function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Digits 7–14 as a date of the calendar, from 1800 on; null when there is no such day. */
function birthDateOf(number: string): string | null {
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)];
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const real = y >= 1800 && m >= 1 && m <= 12 && d >= 1 && d <= daysInMonth(y, m);
  return real ? `${year}-${month}-${day}` : null;
}

/** A resident ID number of 18 characters (GB 11643-1999), capital X. Numbers of 15 digits ended in 2013 and are not well formed. */
export function checkResidentId(number: string): ResidentId {
  if (!RESIDENT.test(number)) return { wellFormed: false, checkOk: false, birthDate: null, sex: null, valid: false };
  const checkOk = residentCheck(number.slice(0, 17)) === number[17];
  const birthDate = birthDateOf(number);
  const sex = Number(number[16]) % 2 === 1 ? 'male' : 'female';
  return { wellFormed: true, checkOk, birthDate, sex, valid: checkOk && birthDate !== null };
}

/** A CNAPS bank number (联行号): twelve digits, the last by ISO 7064 MOD 11,10. */
export const checkBankNumber = (number: string): Checked => checked(BANK_NUMBER.test(number), () => isMod11And10(number));

/** A bank card of 16 to 19 digits with Luhn's check digit. For people's cards only: corporate accounts are not cards. */
export const checkBankCard = (number: string): Checked => checked(CARD.test(number), () => isLuhn(number));

/** Has it the shape of a corporate account number: 6 to 32 digits, hyphens allowed inside? There is no check digit. */
export const isCorporateAccount = (number: string): boolean => ACCOUNT.test(number);
