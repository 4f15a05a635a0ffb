import { isLocalDate } from '@tranche/calendar';
import { checkBankNumber } from '@tranche/identifiers';
import type { BankInstruction, BankParty } from './port.js';

/** Something about a payment that no bank file may carry. `field` is a path such as `creditor.name`. */
export interface FieldFault {
  readonly field: string;
  readonly code:
    | 'reference'
    | 'amount'
    | 'date'
    | 'text'
    | 'account'
    | 'bank-number'
    | 'repeated-reference'
    | 'over-limit'
    | 'rare-character';
  readonly message: { readonly zh: string; readonly en: string };
}

/** Amounts stay below 10^18 fen: ISO 20022 gives an amount at most 18 digits. */
export const MAX_ITEM_FEN = 10n ** 18n - 1n;
/** CMB's unique business reference YURREF holds 30 characters, the shortest we know of. */
export const END_TO_END_ID = /^[A-Z0-9]{1,30}$/;
export const REFERENCE = /^[A-Z0-9]{1,35}$/;
const ACCOUNT = /^[0-9A-Za-z-]{1,34}$/;
const TEXT_MAX = 140;
/** Control, format, surrogate and private-use characters, line separators, non-characters: invisible, or different at each bank. */
const FORBIDDEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\ufdd0-\ufdef\ufffd\ufffe\uffff]|[\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{3fffe}\u{3ffff}]/u;

/** All faults of an instruction, empty when it may go to a bank. Check when a batch is submitted, long before it is sent. */
export function checkInstruction(instruction: BankInstruction): FieldFault[] {
  const { endToEndId, instrId, amountFen, executionDate, remittance, debtor, creditor } = instruction;
  return [
    ...checkReference('endToEndId', endToEndId, END_TO_END_ID),
    ...checkReference('instrId', instrId, REFERENCE),
    ...checkAmount('amountFen', amountFen),
    ...checkDate('executionDate', executionDate),
    ...checkText('remittance', remittance),
    ...checkParty('debtor', debtor),
    ...checkParty('creditor', creditor),
  ];
}

export function checkReference(field: string, value: string, shape: RegExp): FieldFault[] {
  if (shape.test(value)) return [];
  return [
    fault(
      field,
      'reference',
      '编号只能由大写字母和数字组成，且不得超长',
      'a reference consists of A-Z and 0-9 only and keeps its length limit',
    ),
  ];
}

export function checkAmount(field: string, fen: bigint): FieldFault[] {
  if (fen > 0n && fen <= MAX_ITEM_FEN) return [];
  return [fault(field, 'amount', '金额必须大于零且不超过十八位数字', 'an amount is more than zero and has at most 18 digits')];
}

export function checkDate(field: string, day: string): FieldFault[] {
  return isLocalDate(day) ? [] : [fault(field, 'date', '日期应为真实日期，写作 YYYY-MM-DD', 'a date is a real day, YYYY-MM-DD')];
}

/** A text that every bank prints the same way: 1–140 characters, none invisible, no blank at either end. */
export function checkText(field: string, text: string): FieldFault[] {
  const length = [...text].length;
  if (length === 0 || length > TEXT_MAX) return [fault(field, 'text', '文字应为 1 至 140 个字符', 'a text has 1 to 140 characters')];
  if (text !== text.trim()) return [fault(field, 'text', '文字首尾不得有空格', 'a text has no blank at either end')];
  const found = FORBIDDEN.exec(text);
  if (found === null) return [];
  const point = `U+${found[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  return [
    fault(
      field,
      'text',
      `含有银行不接受的字符 ${point}，请更正后重试`,
      `the character ${point} is not accepted by banks; correct it and try again`,
    ),
  ];
}

export function checkParty(field: string, party: BankParty): FieldFault[] {
  return [
    ...checkText(`${field}.name`, party.name),
    ...checkAccount(`${field}.accountNo`, party.accountNo),
    ...checkBankNo(`${field}.bankNo`, party.bankNo),
  ];
}

function checkAccount(field: string, accountNo: string): FieldFault[] {
  if (ACCOUNT.test(accountNo)) return [];
  return [fault(field, 'account', '账号应为 1 至 34 位数字、字母或短横线', 'an account number has 1 to 34 digits, letters or hyphens')];
}

/** The 12 digits of a CNAPS number, the last being the check digit of ISO 7064 MOD 11,10. */
function checkBankNo(field: string, bankNo: string): FieldFault[] {
  if (checkBankNumber(bankNo).checkOk) return [];
  return [fault(field, 'bank-number', '行号应为 12 位数字且校验位正确', 'a bank number has 12 digits, the last being its check digit')];
}

export function fault(field: string, code: FieldFault['code'], zh: string, en: string): FieldFault {
  return { field, code, message: { zh: `${zh}；未发送任何内容。`, en: `${en}; nothing was sent.` } };
}
