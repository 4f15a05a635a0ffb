// What places are called: jurisdictions of policies (`CN-2102`) and districts of cases (`210202`), by GB/T 2260. A place not named here shows its code.

import type { Text } from '../text/text.js';

const names: Readonly<Record<string, Text>> = {
  CN: { zh: '全国', en: 'China' },
  '21': { zh: '辽宁省', en: 'Liaoning' },
  '2101': { zh: '沈阳市', en: 'Shenyang' },
  '2102': { zh: '大连市', en: 'Dalian' },
  '210202': { zh: '中山区', en: 'Zhongshan' },
  '210203': { zh: '西岗区', en: 'Xigang' },
  '210204': { zh: '沙河口区', en: 'Shahekou' },
  '210211': { zh: '甘井子区', en: 'Ganjingzi' },
  '210212': { zh: '旅顺口区', en: 'Lüshunkou' },
  '210213': { zh: '金州区', en: 'Jinzhou' },
  '210214': { zh: '普兰店区', en: 'Pulandian' },
  '210224': { zh: '长海县', en: 'Changhai' },
  '210281': { zh: '瓦房店市', en: 'Wafangdian' },
  '210283': { zh: '庄河市', en: 'Zhuanghe' },
};

/** `210200` is the city itself, `CN-21` the province. */
export function placeName(code: string): Text {
  const plain = code.replace(/^CN-/, '');
  const name = names[plain] ?? names[plain.replace(/(00)+$/, '')];
  return name ?? { zh: code, en: code };
}
