/**
 * The check digit systems behind the identifiers. Each takes characters of a known shape; none says who holds a number.
 */

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const RESIDENT_CHECKS = '10X98765432';

const weigh = (values: readonly number[], weights: readonly number[]): number =>
  weights.reduce((total, weight, at) => total + weight * (values[at] ?? 0), 0);

const digitsOf = (text: string): number[] => [...text].map(Number);

/** Check character of the first 17 characters of a unified social credit code: modulo 31 (GB 32100-2015). */
export function usccCheck(first17: string): string {
  const values = [...first17].map((char) => USCC_ALPHABET.indexOf(char));
  return USCC_ALPHABET.charAt((31 - (weigh(values, USCC_WEIGHTS) % 31)) % 31);
}

/** Check character of the first 17 digits of a resident ID number: ISO 7064 MOD 11-2 (GB 11643-1999). */
export const residentCheck = (first17: string): string => RESIDENT_CHECKS.charAt(weigh(digitsOf(first17), RESIDENT_WEIGHTS) % 11);

/** Do the digits, the check digit last, satisfy ISO 7064 MOD 11,10? */
export function isMod11And10(digits: string): boolean {
  const values = digitsOf(digits);
  const product = values.slice(0, -1).reduce((carry, digit) => (((carry + digit) % 10 || 10) * 2) % 11, 10);
  return (product + (values.at(-1) ?? 0)) % 10 === 1;
}

/** Do the digits, the check digit last, satisfy Luhn's rule (modulo 10)? */
export function isLuhn(digits: string): boolean {
  const total = digitsOf(digits)
    .reverse()
    .map((digit, at) => (at % 2 === 0 ? digit : digit < 5 ? digit * 2 : digit * 2 - 9))
    .reduce((sum, digit) => sum + digit, 0);
  return total % 10 === 0;
}
