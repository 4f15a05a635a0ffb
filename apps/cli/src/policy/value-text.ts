import type { Language } from '../terminal/language.js';
import { yuan } from '../terminal/money.js';

const yesNo = { zh: ['否', '是'], en: ['no', 'yes'] } as const;
const separators = { zh: { rows: '；', cells: '，' }, en: { rows: '; ', cells: ', ' } } as const;
const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A fact, an amount of fen or a parameter's value as people read it. Whole numbers given as text are fen. */
export function valueText(name: string, value: unknown, language: Language): string {
  if (typeof value === 'boolean') return yesNo[language][Number(value)] ?? '';
  if (typeof value === 'string' && /^(0|[1-9]\d*)$/.test(value)) return yuan(value, language);
  if (Array.isArray(value)) return value.map((row) => rowText(row)).join(separators[language].rows);
  if (isTable(value)) {
    const nested = Object.values(value).some(isTable);
    return Object.entries(value)
      .map(([key, inner]) => `${key} ${valueText(name, inner, language)}`)
      .join(separators[language][nested ? 'rows' : 'cells']);
  }
  return String(value);
}

const rowText = (row: unknown): string => (isTable(row) ? Object.values(row).join(' ') : String(row));
