/** An exact share or rate, in lowest terms, never negative. */
export type Fraction = { readonly numerator: bigint; readonly denominator: bigint };

export type FractionRefusal = {
  readonly ok: false;
  readonly code: 'fraction-malformed';
  readonly message: { readonly zh: string; readonly en: string };
};
export type ParsedFraction = { readonly ok: true; readonly fraction: Fraction } | FractionRefusal;

const PERCENT = /^(0|[1-9][0-9]{0,8})(?:\.([0-9]{1,9}))?%$/;
const RATIO = /^(0|[1-9][0-9]{0,17})\/([1-9][0-9]{0,17})$/;

const malformed: FractionRefusal = {
  ok: false,
  code: 'fraction-malformed',
  message: {
    zh: '比例无法识别，未作任何更改；请写成 "50%"、"3.62%" 或 "2/3"。',
    en: 'The share was not understood and nothing was changed; write it as "50%", "3.62%" or "2/3".',
  },
};

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

function lowest(numerator: bigint, denominator: bigint): Fraction {
  const divisor = gcd(numerator, denominator);
  return Object.freeze({ numerator: numerator / divisor, denominator: denominator / divisor });
}

function percent(whole: string, decimals: string): Fraction {
  return lowest(BigInt(whole + decimals), 100n * 10n ** BigInt(decimals.length));
}

/** Reads a share: a percentage with up to nine decimals, or a ratio of whole numbers. Refuses with `fraction-malformed`. */
export function parseFraction(text: string): ParsedFraction {
  if (typeof text !== 'string') return malformed;
  const asPercent = PERCENT.exec(text);
  if (asPercent) return { ok: true, fraction: percent(asPercent[1] ?? '', asPercent[2] ?? '') };
  const asRatio = RATIO.exec(text);
  if (asRatio) return { ok: true, fraction: lowest(BigInt(asRatio[1] ?? ''), BigInt(asRatio[2] ?? '')) };
  return malformed;
}

/** A share written in a checked policy or in code; a malformed text is a bug and throws RangeError. */
export function toFraction(text: string): Fraction {
  const parsed = parseFraction(text);
  if (!parsed.ok) throw new RangeError(`${parsed.code}: ${JSON.stringify(text)}`);
  return parsed.fraction;
}

/** Accepts a share as a value or as text, because rules in policies write it as text. */
export const fractionOf = (share: Fraction | string): Fraction => (typeof share === 'string' ? toFraction(share) : share);
