const digits = '零壹贰叁肆伍陆柒捌玖';
const places = ['', '拾', '佰', '仟'];
const groups = ['', '万', '亿', '万亿'];

/** Four digits; a gap of noughts is one 零. */
function fourInWords(four: string): string {
  let words = '';
  for (const [at, digit] of [...four].entries()) {
    if (digit === '0') words += words === '' || words.endsWith('零') ? '' : '零';
    else words += `${digits[Number(digit)]}${places[four.length - 1 - at]}`;
  }
  return words.endsWith('零') ? words.slice(0, -1) : words;
}

function yuanInWords(yuan: string): string {
  const parts: string[] = [];
  for (let end = yuan.length; end > 0; end -= 4) parts.unshift(yuan.slice(Math.max(0, end - 4), end));
  return parts.reduce((words, four, at) => {
    const said = fourInWords(four);
    if (said === '') return words;
    const gap = words !== '' && four.startsWith('0') && !words.endsWith('零') ? '零' : '';
    return `${words}${gap}${said}${groups[parts.length - 1 - at]}`;
  }, '');
}

/**
 * An amount in the capital figures of Chinese vouchers: 22500001 fen is 贰拾贰万伍仟元零壹分, whole yuan end in 整 (《支付结算办法》附一：正确填写票据和结算凭证的
 * 基本规定). Throws RangeError below zero or from 10¹⁶ yuan on.
 */
export function inWords(fen: bigint): string {
  if (fen < 0n || fen >= 10n ** 18n) throw new RangeError(`an amount that cannot be written out: ${fen} fen`);
  const [yuan, jiao, cent] = [fen / 100n, Number((fen / 10n) % 10n), Number(fen % 10n)];
  const whole = yuan === 0n ? '' : `${yuanInWords(String(yuan))}元`;
  if (jiao === 0 && cent === 0) return `${whole || '零元'}整`;
  const gap = whole !== '' && jiao === 0 ? '零' : '';
  return `${whole}${gap}${jiao === 0 ? '' : `${digits[jiao]}角`}${cent === 0 ? '整' : `${digits[cent]}分`}`;
}
