import { describe, expect, it } from '@jest/globals';
import { maskAccount, maskEmail, maskIdNumber, maskName, maskPhone } from '../src/index.js';

describe('masking', () => {
  it('hides the birth date of an ID number: digits 7 to 14', () => {
    expect(maskIdNumber('210202199001010010')).toBe('210202********0010');
    expect(maskIdNumber('21020219900101007X')).toBe('210202********007X');
  });

  it.each([
    ['210202900101001', '***************'],
    ['1', '*'],
    ['', '*'],
  ])('hides what is no ID number whole: "%s"', (number, masked) => {
    expect(maskIdNumber(number)).toBe(masked);
  });

  it.each([
    ['王小明', '王**'],
    ['李雷', '李*'],
    ['欧阳修', '欧阳*'],
    ['诸葛孔明', '诸葛**'],
    ['东方', '东*'],
    ['王', '*'],
    ['', '*'],
    [' 赵六 ', '赵*'],
    ['𠮷田太郎', '𠮷***'],
  ])('keeps the surname of %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it.each([
    ['6217000000000000004', '***************0004'],
    ['123456789', '*****6789'],
    ['12345678', '********'],
    ['', '*'],
  ])('keeps the last four characters of account %s', (number, masked) => {
    expect(maskAccount(number)).toBe(masked);
  });
});

describe('how somebody is reached', () => {
  it.each([
    ['13812345678', '138******78'],
    ['+86 411-8888 9999', '864********99'],
    ['12345678', '123***78'],
    ['1234567', '*******'],
    ['', '*'],
  ])('shows of the telephone %s no more than %s', (number, masked) => {
    expect(maskPhone(number)).toBe(masked);
  });

  it.each([
    ['li.ming@example.cn', 'l***@example.cn'],
    ['a@example.cn', 'a***@example.cn'],
    ['𠮷田@example.jp', '𠮷***@example.jp'],
    ['@example.cn', '***'],
    ['nothing', '***'],
  ])('shows of the address %s no more than %s', (address, masked) => {
    expect(maskEmail(address)).toBe(masked);
  });
});
