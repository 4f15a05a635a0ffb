import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  checkBankCard,
  checkBankNumber,
  checkResidentId,
  checkUscc,
  isCorporateAccount,
  normaliseIdentifier,
  residentCheck,
  usccCheck,
} from '../src/index.js';

const otherDigit = (text: string, at: number): string => `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`;

describe('a unified social credit code (GB 32100-2015)', () => {
  it.each(['91512081MA62K0260E', '91210200MA0000001M', '91210200MA0000002Q', '52210200MJ00000017', '12210200MB0000001W'])(
    'accepts %s',
    (code) => {
      expect(checkUscc(code)).toEqual({ wellFormed: true, checkOk: true });
    },
  );

  it.each(['91350100M000100Y4Z', '91350211M0000XUF46', '91210200MA0000001Q'])('does not pass %s', (code) => {
    expect(checkUscc(code).checkOk).toBe(false);
  });

  it('calls a real code with a failing check character well formed', () => {
    expect(checkUscc('91350211M0000XUF46')).toEqual({ wellFormed: true, checkOk: false });
  });

  it('names the check character that belongs there', () => {
    expect(usccCheck('91350100M000100Y4')).toBe('3');
  });

  it.each([
    ['too short', '91210200MA0000001'],
    ['too long', '91210200MA0000001MM'],
    ['a letter outside the set', '91210200MI0000001M'],
    ['small letters', '91210200ma0000001m'],
    ['a letter in the district', '9121020XMA0000001M'],
    ['empty', ''],
    ['a line break at the end', '91210200MA0000001M\n'],
  ])('is not well formed when it is %s', (_why, code) => {
    expect(checkUscc(code)).toEqual({ wellFormed: false, checkOk: false });
  });
});

describe('a resident ID number (GB 11643-1999)', () => {
  it.each([
    ['513101198201130014', '1982-01-13', 'male'],
    ['370101190102039973', '1901-02-03', 'male'],
    ['210202199001010010', '1990-01-01', 'male'],
    ['21020219900101007X', '1990-01-01', 'male'],
  ])('reads %s', (number, birthDate, sex) => {
    expect(checkResidentId(number)).toEqual({ wellFormed: true, checkOk: true, birthDate, sex, valid: true });
  });

  it('tells women by an even sequence number', () => {
    const first17 = '21020219900101002';
    expect(checkResidentId(first17 + residentCheck(first17))).toMatchObject({ sex: 'female', valid: true });
  });

  it.each([
    ['30 February', '21020219900230001'],
    ['29 February of a common year', '21020219990229001'],
    ['29 February 1900, no leap year', '21020219000229001'],
    ['month 13', '21020219901301001'],
    ['day 31 of April', '21020219900431001'],
    ['month 00', '21020219900001001'],
    ['the year 0199', '21020201990101001'],
  ])('is not valid when born on %s, however well the check digit fits', (_day, first17) => {
    expect(checkResidentId(first17 + residentCheck(first17))).toMatchObject({
      wellFormed: true,
      checkOk: true,
      birthDate: null,
      valid: false,
    });
  });

  it('accepts 29 February of a leap year and a birth in the future, having no clock', () => {
    expect(['21020220000229001', '21020229960229001'].map((first17) => checkResidentId(first17 + residentCheck(first17)).valid)).toEqual([
      true,
      true,
    ]);
  });

  it.each(['', '210202900101001', '21020219900101001x', '21020219900101001A', '010202199001010010', '2102021990010100100'])(
    'is not well formed: "%s"',
    (number) => {
      expect(checkResidentId(number)).toEqual({ wellFormed: false, checkOk: false, birthDate: null, sex: null, valid: false });
    },
  );

  it('notices any single wrong digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), (at) => {
        expect(checkResidentId(otherDigit('210202199001010010', at)).checkOk).toBe(false);
      }),
    );
  });
});

describe('a CNAPS bank number', () => {
  it.each(['313651027012', '313227600155', '313651084017'])('accepts the published number %s', (number) => {
    expect(checkBankNumber(number)).toEqual({ wellFormed: true, checkOk: true });
  });

  it('notices any single wrong digit', () => {
    for (let at = 0; at < 12; at += 1)
      expect(checkBankNumber(otherDigit('313227600155', at))).toEqual({ wellFormed: true, checkOk: false });
  });

  it.each(['31365102701', '3136510270120', '31365102701X', ''])('is not well formed: "%s"', (number) => {
    expect(checkBankNumber(number)).toEqual({ wellFormed: false, checkOk: false });
  });
});

describe('a bank card', () => {
  it.each(['6217000000000000004', '6222020000000000018'])('accepts %s by Luhn', (number) => {
    expect(checkBankCard(number)).toEqual({ wellFormed: true, checkOk: true });
  });

  it('notices any single wrong digit', () => {
    for (let at = 0; at < 19; at += 1) expect(checkBankCard(otherDigit('6217000000000000004', at)).checkOk).toBe(false);
  });

  it.each(['621700000000000', '62170000000000000040', '6217 0000 0000 0000'])('is not well formed: "%s"', (number) => {
    expect(checkBankCard(number).wellFormed).toBe(false);
  });
});

describe('a corporate account', () => {
  it.each(['123456', '2102-0100-0100-0001', '3400200009014412345', '12345678901234567890123456789012'])(
    'accepts the shape of %s without a check digit',
    (number) => {
      expect(isCorporateAccount(number)).toBe(true);
    },
  );

  it.each(['12345', '123456789012345678901234567890123', '-12345', '12345-', '1234 5678', '12345６', 'ABCDEF', ''])(
    'refuses "%s"',
    (number) => {
      expect(isCorporateAccount(number)).toBe(false);
    },
  );
});

describe('normalising what was typed', () => {
  it('reads full-width characters, blanks and small letters as the identifier meant', () => {
    expect(normaliseIdentifier(' ２１０２０２ 19900101 007x\u00a0\n')).toBe('21020219900101007X');
  });
});
