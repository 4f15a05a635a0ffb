import { toFen, yuanText } from '@tranche/money';
import type { Language } from './language.js';

/** An amount as people read it: `150,000.00 元`; a dash when it is not known. */
export function yuan(fen: string | null, language: Language): string {
  if (fen === null) return '—';
  const amount = yuanText(toFen(fen));
  return language === 'zh' ? `${amount} 元` : `CNY ${amount}`;
}

/** The same with the exact number of fen behind it: `150,000.00 元（15000000 分）`. */
export function yuanAndFen(fen: string | null, language: Language): string {
  if (fen === null) return '—';
  return language === 'zh' ? `${yuan(fen, language)}（${fen} 分）` : `${yuan(fen, language)} (${fen} fen)`;
}
