// Money on screens: strings of fen in, strings of yuan out and back; never a floating number.

const form = /^-?(0|[1-9]\d*)$/;

/** `"27000000"` → `"270,000.00"`; a minus stays in front. @throws on anything that is no string of fen */
export function yuan(fen: string): string {
  if (!form.test(fen)) throw new Error(`not an amount of fen: ${fen}`);
  const negative = fen.startsWith('-');
  const digits = (negative ? fen.slice(1) : fen).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${negative ? '-' : ''}${whole}.${digits.slice(-2)}`;
}

/** What a person typed (`1,234.5`, `￥1234.50`, full-width digits too) as fen; null when it is no amount of money. */
export function fenOf(typed: string): string | null {
  const plain = typed.normalize('NFKC').replace(/[\s,¥￥元]/g, '');
  const found = /^(-?)(\d{1,16})(?:\.(\d{1,2}))?$/.exec(plain);
  if (found === null) return null;
  const [, sign = '', whole = '', cents = ''] = found;
  const fen = `${whole}${cents.padEnd(2, '0')}`.replace(/^0+(?=\d)/, '');
  return fen === '0' ? '0' : `${sign}${fen}`;
}

export const sumFen = (amounts: readonly string[]): string => amounts.reduce((sum, fen) => sum + BigInt(fen), 0n).toString();
