import { isLocalDate } from '@tranche/calendar';
import { isFenKey, type Scalar } from './cel-types.js';
import type { Choices, Text } from './policy.js';
import { type PolicyRefusal, refuse } from './refusal.js';

/** Largest whole number of a fact (people, hours, months) and of a fact in fen: sums of them stay exact in 64 bits. */
export const COUNT_MAX = 1_000_000_000n;
export const FACT_FEN_MAX = 1_000_000_000_000_000n;
const TEXT_MAX = 200;
/** Not eighteen digits: an identity number is no token. */
const PERSON = /^(?!\d{17}[\dXx]$)[A-Za-z0-9_-]{1,64}$/;
const WHOLE = /^-?(0|[1-9][0-9]{0,24})$/;
const UNWRITABLE = /[\p{Cc}\p{Cs}]/u;

/** A checked value in its stored form: counts as numbers, fen as decimal strings. */
export type Checked = { readonly ok: true; readonly value: unknown } | PolicyRefusal;

/** Where a value stands for programs (`enrolled[0].count`), and what people call it. */
export type Place = { readonly field: string; readonly called: Text };

/** Checks one scalar against its declared type. `name` decides the form of whole numbers (`…Fen`). */
export function checkScalar(type: Scalar, name: string, at: Place, raw: unknown): Checked {
  if (type === 'int') return checkWhole(name, at, raw);
  if (type === 'bool') return typeof raw === 'boolean' ? { ok: true, value: raw } : wrongType(at, '是或否（true/false）', 'true or false');
  if (typeof raw !== 'string') return wrongType(at, '文字', 'a text');
  if (type === 'person')
    return PERSON.test(raw) ? { ok: true, value: raw } : wrongType(at, '人员代码（由名单生成）', 'the token of a person, made from a list');
  if (type === 'date')
    return isLocalDate(raw) ? { ok: true, value: raw } : wrongType(at, '真实日期，如 "2020-11-25"', 'a real date such as "2020-11-25"');
  return checkText(at, raw);
}

function checkText(at: Place, raw: string): Checked {
  if (UNWRITABLE.test(raw)) {
    return refuseAt(
      at,
      'fact-text',
      '含有不可书写的字符（如 U+0000），未作任何更改；请删除该字符。',
      'contains a character that cannot be written (such as U+0000); nothing was changed, remove it.',
    );
  }
  return raw.length > 0 && raw.length <= TEXT_MAX
    ? { ok: true, value: raw }
    : wrongType(at, `1 至 ${TEXT_MAX} 个字`, `1 to ${TEXT_MAX} characters`);
}

function checkWhole(name: string, at: Place, raw: unknown): Checked {
  const whole = wholeOf(raw);
  if (whole === null) return wrongType(at, '整数', 'a whole number');
  if (whole < 0n) return refuseAt(at, 'fact-negative', '不能为负数，未作任何更改。', 'must not be negative; nothing was changed.');
  const most = isFenKey(name) ? FACT_FEN_MAX : COUNT_MAX;
  if (whole > most)
    return refuseAt(
      at,
      'fact-huge',
      `超过上限 ${most}，未作任何更改；请检查位数。`,
      `is above the limit of ${most}; nothing was changed, check the number of digits.`,
    );
  return { ok: true, value: isFenKey(name) ? whole.toString() : Number(whole) };
}

function wholeOf(raw: unknown): bigint | null {
  if (typeof raw === 'number') return Number.isSafeInteger(raw) ? BigInt(raw) : hugeOf(raw);
  return typeof raw === 'string' && WHOLE.test(raw) ? BigInt(raw) : null;
}

/** A number beyond exact whole numbers is certainly too large; a fraction, NaN or an infinity is no whole number. */
const hugeOf = (raw: number): bigint | null => (Number.isInteger(raw) ? BigInt(raw) : null);

export const wrongType = (at: Place, zh: string, en: string): PolicyRefusal =>
  refuseAt(at, 'fact-type', `的类型不符，未作任何更改；应为${zh}。`, `has the wrong type; nothing was changed, it must be ${en}.`);

/** A refusal that begins with what the value is called: “企业规模”的类型不符…, “size of the firm” has the wrong type… */
export const refuseAt = ({ field, called }: Place, code: PolicyRefusal['code'], zh: string, en: string): PolicyRefusal =>
  refuse(code, field, `“${called.zh}”${zh}`, `“${called.en}” ${en}`);

/** A text that is one of few codes must be one of them, unless a parameter may name others. */
export function checkChoiceOf(choices: Partial<Choices> | undefined, at: Place, checked: Checked): Checked {
  const { oneOf, others } = choices ?? {};
  if (!checked.ok || !oneOf || others !== undefined || oneOf.some(({ value }) => value === checked.value)) return checked;
  return refuseAt(
    at,
    'fact-choice',
    `不在可选范围内，未作任何更改；可填：${oneOf.map(({ value, label }) => `${value}（${label.zh}）`).join('、')}。`,
    `is none of its choices; nothing was changed. It takes: ${oneOf.map(({ value, label }) => `${value} (${label.en})`).join(', ')}.`,
  );
}
