const hidden = (count: number): string => '*'.repeat(Math.max(count, 0));

/**
 * An ID number as it may be published: the first six and the last four characters, the birth date hidden.
 * `210202199001010010` becomes `210202********0010`. Anything not of 18 characters is hidden whole.
 */
export const maskIdNumber = (number: string): string =>
  number.length === 18 ? `${number.slice(0, 6)}${hidden(8)}${number.slice(-4)}` : hidden(Math.max([...number].length, 1));

const DOUBLE_SURNAMES = new Set(
  '欧阳 上官 司马 司徒 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 东方 独孤 南宫 轩辕 端木 百里 呼延 闻人 申屠 太史 澹台 濮阳 淳于 单于 拓跋 完颜 赫连'.split(
    ' ',
  ),
);

/** A person's name with only the surname legible: `王小明` becomes `王**`, `欧阳修` `欧阳*`. A name of one character is hidden whole. */
export function maskName(name: string): string {
  const chars = [...name.trim()];
  const kept = chars.length > 2 && DOUBLE_SURNAMES.has(chars.slice(0, 2).join('')) ? 2 : 1;
  return chars.length < 2 ? '*' : chars.slice(0, kept).join('') + hidden(chars.length - kept);
}

/** An account number with only its last four characters legible; eight characters or fewer are hidden whole. */
export const maskAccount = (number: string): string =>
  number.length > 8 ? hidden(number.length - 4) + number.slice(-4) : hidden(Math.max(number.length, 1));

/** A telephone number with its first three and last two digits legible; seven digits or fewer are hidden whole. Signs and spaces go. */
export function maskPhone(number: string): string {
  const digits = number.replace(/\D/g, '');
  return digits.length > 7 ? digits.slice(0, 3) + hidden(digits.length - 5) + digits.slice(-2) : hidden(Math.max(digits.length, 1));
}

/** An e-mail address with the first letter of its name legible; the length of the name is not told. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '***' : `${[...address][0]}***${address.slice(at)}`;
}
