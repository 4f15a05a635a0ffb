/** An amount of money in fen (1 yuan = 100 fen). Never a float, never a JSON number. */
export type Fen = bigint;

/** The range of an int64, in which databases and rules keep fen. */
export const FEN_MAX = 9_223_372_036_854_775_807n;
export const FEN_MIN = -9_223_372_036_854_775_808n;

/** Why a text is not an amount: an expected answer to bad input, never thrown. */
export type FenRefusal = {
  readonly ok: false;
  readonly code: 'fen-malformed' | 'fen-out-of-range' | 'yuan-malformed';
  readonly message: { readonly zh: string; readonly en: string };
};
export type ParsedFen = { readonly ok: true; readonly fen: Fen } | FenRefusal;

const FEN = /^(0|-?[1-9][0-9]*)$/;
const YUAN = /^(-?)(0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]{1,2}))?$/;
/** Digits of the longest accepted text: more is refused unread, so that no input costs time. */
const LENGTH_MAX = 32;

const malformedFen: FenRefusal = {
  ok: false,
  code: 'fen-malformed',
  message: {
    zh: '金额无法识别，未作任何更改；请填写以分为单位的整数，例如 "15000000"。',
    en: 'The amount was not understood and nothing was changed; give whole fen as a decimal string, for example "15000000".',
  },
};
const malformedYuan: FenRefusal = {
  ok: false,
  code: 'yuan-malformed',
  message: {
    zh: '金额无法识别，未作任何更改；请填写以元为单位、至多两位小数的数字，例如 "1,234.56"。',
    en: 'The amount was not understood and nothing was changed; give yuan with at most two decimals, for example "1,234.56".',
  },
};
const outOfRange: FenRefusal = {
  ok: false,
  code: 'fen-out-of-range',
  message: {
    zh: '金额超出可记录的范围，未作任何更改；请检查位数。',
    en: 'The amount is outside the range that can be recorded and nothing was changed; check the number of digits.',
  },
};

/** Is the amount inside the int64 range? */
export const inFenRange = (fen: Fen): boolean => fen >= FEN_MIN && fen <= FEN_MAX;

/** The amount itself; a result outside the int64 range is a bug of the caller and throws RangeError. */
export function checkedFen(fen: Fen): Fen {
  if (!inFenRange(fen)) throw new RangeError(`amount outside int64: ${fen} fen`);
  return fen;
}

const ranged = (fen: Fen): ParsedFen => (inFenRange(fen) ? { ok: true, fen } : outOfRange);

/**
 * Reads whole fen from a strict decimal string: no sign but '-', no leading zero, no blank, no exponent, no '-0'.
 * Refuses with `fen-malformed` or `fen-out-of-range` (int64).
 */
export function parseFen(text: string): ParsedFen {
  if (typeof text !== 'string' || !FEN.test(text)) return malformedFen;
  return text.length > LENGTH_MAX ? outOfRange : ranged(BigInt(text));
}

/** Reads fen that we wrote ourselves (JSON, database): anything else is a bug and throws RangeError. */
export function toFen(text: string): Fen {
  const parsed = parseFen(text);
  if (!parsed.ok) throw new RangeError(`${parsed.code}: ${JSON.stringify(text)}`);
  return parsed.fen;
}

/** Fen as the decimal string used in JSON; `toFen(fenText(x)) === x`. */
export const fenText = (fen: Fen): string => checkedFen(fen).toString();

/** Yuan for people, always with two decimals and thousands commas: 123456n is '1,234.56'. */
export function yuanText(fen: Fen): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
  return `${fen < 0n ? '-' : ''}${whole}.${digits.slice(-2)}`;
}

/**
 * Reads yuan as people write it: '1234', '1234.5', '1,234.56'; commas must group by three, at most two decimals.
 * Refuses with `yuan-malformed` or `fen-out-of-range`.
 */
export function parseYuan(text: string): ParsedFen {
  const match = typeof text === 'string' && text.length <= LENGTH_MAX ? YUAN.exec(text) : null;
  if (!match) return malformedYuan;
  const [, sign = '', whole = '', cents = ''] = match;
  const fen = BigInt(whole.replaceAll(',', '')) * 100n + BigInt(cents.padEnd(2, '0'));
  return ranged(sign ? -fen : fen);
}
