import { dateOf, isLocalDate } from '@tranche/calendar';
import { type Element, firstText, textOf } from './element.js';
import { type Fault, fault, type Position } from './receipt.js';

/** Eighteen digits in all, five behind the point: what an ISO 20022 amount may have. */
const AMOUNT = /^\+?(\d{0,18})(?:\.(\d{0,5}))?$/;

/** Fen of a decimal amount, exactly: five decimals are read, and refused unless the last three are zeros. */
export function fenOf(yuan: string, at: Position): bigint | Fault {
  const found = AMOUNT.exec(yuan);
  const [, whole = '', part = ''] = found ?? [];
  if (found === null || whole + part === '') return fault(at, 'amount-invalid', '金额无法识别', 'the amount cannot be read', yuan);
  if (/[1-9]/.test(part.slice(2))) return fault(at, 'amount-decimals', '金额含有不足一分的部分', 'the amount has parts of a fen', yuan);
  return BigInt(`${whole === '' ? '0' : whole}${part.slice(0, 2).padEnd(2, '0')}`);
}

/** Fen of an amount element in CNY; other currencies and zero are refused. */
export function amountOf(amount: Element | undefined, at: Position): bigint | Fault {
  const text = textOf(amount);
  if (amount === undefined || text === null) return fault(at, 'element-missing', '缺少金额', 'there is no amount');
  const currency = amount.attributes['Ccy'] ?? '';
  if (currency !== 'CNY') return fault(at, 'currency-foreign', '币种不是人民币（CNY）', 'the currency is not CNY', `${text} ${currency}`);
  const fen = fenOf(text, at);
  return fen === 0n ? fault(at, 'amount-invalid', '金额为零', 'the amount is zero', text) : fen;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** The day of an ISO date or date and time; a time with an offset is told as the day it was in Shanghai. Null where it is no day. */
export function dayOf(text: string | null): string | null {
  if (text === null) return null;
  if (INSTANT.test(text)) {
    const ms = Date.parse(text);
    return Number.isNaN(ms) ? null : dateOf(ms);
  }
  // `2020-11-25`, `2020-11-25T10:00:00`, `2020-11-25+08:00`
  const day = text.slice(0, 10);
  return isLocalDate(day) && /^.{10}(?:$|T|Z|[+-]\d{2}:\d{2}$)/.test(text) ? day : null;
}

/** The day of a date choice: `Dt`, `DtTm`, or the element's own text. */
export const dayIn = (element: Element | undefined): string | null => dayOf(firstText(element, ['Dt'], ['DtTm'], []));

/** References that say there is none. */
const NONE = new Set(['NOTPROVIDED', 'NONREF', 'NOTAVAILABLE']);
export const referenceOf = (text: string | null): string | null => (text === null || NONE.has(text.toUpperCase()) ? null : text);

export const isFault = (value: unknown): value is Fault => typeof value === 'object' && value !== null && (value as Fault).kind === 'fault';
